"""Every page through app.py, with the sample as its store."""

import pytest

from tests.app import HIDDEN, opened, plotted

pytestmark = pytest.mark.usefixtures("sample_environment")

RESULTS = "pages/results/results.py"


@pytest.mark.parametrize("page", [None, RESULTS])
def test_a_page_has_one_headline_and_says_its_selection_and_that_it_is_a_sample(page):
    app = opened(page, enhed="kommune:0265")

    assert len(app.title) == 1
    assert "Studerendes praktikevaluering 2025 · Roskilde Kommune" in app.markdown[0].value
    assert "Eksempeldata" in "".join(element.value for element in app.markdown)
    assert "Udgivelse 1" in app.caption[-1].value


def test_answers_invited_and_rate_stand_together_and_agree():
    answers, invited, rate = (metric.value for metric in opened(enhed="kommune:0265").metric)

    assert round(100 * int(answers) / int(invited)) == int(rate.removesuffix("\N{NO-BREAK SPACE}%"))


def test_a_link_with_keys_or_with_names_opens_the_same_selection():
    by_key = opened(enhed="kommune:0265", aar="2023", uddannelse="sygeplejerske")
    by_name = opened(enhed="Roskilde Kommune", aar="2023", uddannelse="Sygeplejerskeuddannelsen")

    assert by_key.title[0].value == by_name.title[0].value
    assert "2023 · Roskilde Kommune · Sygeplejerskeuddannelsen" in by_key.markdown[0].value


def test_a_link_to_something_that_does_not_exist_falls_back_and_says_so():
    app = opened(enhed="Andeby Kommune", aar="1999")

    assert "2025 · Alle enheder" in app.markdown[0].value
    told = " ".join(warning.value for warning in app.warning)
    assert "«1999» findes ikke her" in told
    assert "«Andeby Kommune» findes ikke her" in told


def test_the_selection_is_kept_when_the_page_changes():
    app = opened(enhed="kommune:0265", aar="2024")
    app.switch_page(RESULTS).run()

    assert "2024 · Roskilde Kommune" in app.markdown[0].value


def test_the_bars_are_the_figures_of_the_release():
    app = opened(RESULTS, enhed="kommune:0265")

    by_question: dict[str, list[dict]] = {}
    for segment in plotted(app):
        by_question.setdefault(segment["row"], []).append(segment)
    assert len(by_question) == 12
    for segments in by_question.values():
        assert segments[0]["start"] == 0
        assert segments[-1]["end"] == pytest.approx(100)


def test_choosing_a_theme_leaves_only_its_questions():
    app = opened(RESULTS, enhed="kommune:0265", tema="modtagelse")

    assert {segment["row"] for segment in plotted(app)} == {"S03", "S04"}


def test_a_question_of_one_education_is_not_pooled_with_the_others():
    everyone = opened(RESULTS)
    nursing = opened(RESULTS, uddannelse="sygeplejerske")

    assert (
        len({row["question"] for row in plotted(nursing)})
        == len({row["question"] for row in plotted(everyone)}) + 1
    )


def test_a_hidden_unit_says_one_wording_and_shows_no_number():
    app = opened(enhed="hospital:psyk-bornholm", uddannelse="ergoterapeut")

    page = " ".join(element.value for element in [*app.title, *app.info])
    assert HIDDEN in page or "ingen svar" in page.lower()
    assert not app.metric


def test_everything_is_compared_with_nothing():
    app = opened()

    assert "sammenlignet" not in app.markdown[0].value


def test_a_missing_store_is_one_danish_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    app = opened()

    assert "Der er endnu intet datalager" in app.error[0].value
    assert "manage" in app.error[0].value


def test_a_store_without_a_release_is_one_danish_sentence(tmp_path, monkeypatch):
    from data_access.dashboard import store

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite")
    with store.writing():
        pass
    app = opened()

    assert "Der er endnu ikke udgivet noget" in app.error[0].value


def test_the_method_page_says_what_the_audit_found_and_that_it_is_a_sample():
    app = opened("pages/results/grounds.py")

    assert app.title[0].value == "Ingen gruppe på under 5 personer kan udledes af tallene"
    page = " ".join(element.value for element in app.markdown)
    assert "0 grupper på under 5 personer kan udledes" in page
    assert "Eksempeldata" in page
    assert app.dataframe[0].value["Grupper, der kan udledes"].tolist() == [0] * 8
