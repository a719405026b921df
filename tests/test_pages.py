"""Every page through app.py, with the sample as its store."""

import re
import threading
import unicodedata
from types import FrameType

import pytest

from indicators.rights import OPERATOR
from tests.app import APP, HIDDEN, grounds, opened, plotted

pytestmark = pytest.mark.usefixtures("sample_environment")

RESULTS, GROUNDS = "pages/results/results.py", "pages/results/data_quality.py"
STATEMENT = "pages/results/accessibility.py"
BARS = 1  # the layer of a stacked chart that holds them


@pytest.mark.parametrize("page", [None, RESULTS])
def test_a_page_has_one_headline_and_says_its_selection_and_that_it_is_a_sample(page):
    app = opened(page, enhed="kommune:0265")

    assert len(app.title) == 1
    assert "Studerendes praktikevaluering 2025 · Roskilde Kommune" in grounds(app)
    assert "Eksempeldata" in grounds(app)
    assert "Udgivelse 2" in grounds(app)


def test_answers_invited_and_rate_stand_together_and_agree():
    page = grounds(opened(enhed="kommune:0265"))
    answers, invited, rate = re.search(r"(\d+) af (\d+) inviterede svarede \((\d+)\s%\)", page).groups()

    assert round(100 * int(answers) / int(invited)) == int(rate)


def test_a_link_with_keys_or_with_names_opens_the_same_selection():
    by_key = opened(enhed="kommune:0265", aar="2023", uddannelse="sygeplejerske")
    by_name = opened(enhed="Roskilde Kommune", aar="2023", uddannelse="Sygeplejerskeuddannelsen")

    assert by_key.title[0].value == by_name.title[0].value
    assert "2023 · Roskilde Kommune · Sygeplejerskeuddannelsen" in grounds(by_key)


def test_a_link_to_something_that_does_not_exist_falls_back_and_says_so():
    app = opened(enhed="Andeby Kommune", aar="1999")

    assert "2025 · Alle enheder" in grounds(app)
    told = " ".join(warning.value for warning in app.warning)
    assert "«1999» findes ikke her" in told
    assert "«Andeby Kommune» findes ikke her" in told


def test_of_an_endless_word_in_a_link_only_the_beginning_is_told():
    app = opened(enhed="A" * 6000)

    assert f"«{'A' * 80}…» findes ikke her" in app.warning[0].value


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ({"spoergsmaal": "S99"}, "«S99» findes ikke her. Der vises «Godt forberedt fra uddannelsen»"),
        ({"spoergsmaal": "S05", "tema": "modtagelse"}, "«S05» findes ikke her. Der vises «Taget godt imod»"),
        ({"spoergsmaal": "S13"}, "«S13» findes ikke her"),
        ({"fane": "udvikling", "vis_ogsaa": "Andeby Kommune"}, "«Andeby Kommune» findes ikke her."),
    ],
)
def test_a_link_to_another_question_or_further_units_says_what_is_not_there(link, told):
    app = opened(RESULTS, **link)

    assert told in " ".join(warning.value for warning in app.warning).replace("\\", "")


def test_a_link_with_a_hundred_units_shows_the_first_and_says_so():
    units = [f"kommune:{number:04}" for number in range(101, 411)]
    app = opened(RESULTS, fane="udvikling", enhed="kommune:0265", vis_ogsaa=units)

    assert len(app.multiselect(key="vis_ogsaa").value) == 2
    assert "Her vises de første 2" in app.warning[0].value
    assert "og 260 mere findes ikke her" in app.warning[0].value.replace("\\", "")


@pytest.mark.parametrize("encoding", ["NFC", "NFD"])
def test_a_unit_in_a_link_is_found_whichever_way_its_letters_are_encoded(encoding):
    app = opened(enhed=unicodedata.normalize(encoding, "Sundhedsråd Nordsjælland"))

    assert "2025 · Sundhedsråd Nordsjælland" in grounds(app)
    assert not app.warning


def test_units_to_show_too_are_found_whichever_way_their_letters_are_encoded():
    decomposed = unicodedata.normalize("NFD", "Sundhedsråd Nordsjælland")
    app = opened(RESULTS, fane="udvikling", enhed="kommune:0265", vis_ogsaa=[decomposed])

    assert [unit.name for unit in app.multiselect(key="vis_ogsaa").value] == ["Sundhedsråd Nordsjælland"]


@pytest.mark.parametrize(
    "written", ["gladsaxe KOMMUNE", "Glad\u00adsaxe Kommune\u200b", "Gladsaxe\u00a0Kommune"]
)
def test_a_unit_in_a_link_is_found_in_small_letters_and_with_signs_that_nobody_sees(written):
    app = opened(enhed=written)

    assert "2025 · Gladsaxe Kommune" in grounds(app)
    assert not app.warning


@pytest.mark.parametrize("escaped", ["amp;", "amp;amp;", "AMP;"])
def test_a_link_copied_out_of_html_opens_the_same_selection(escaped):
    app = opened(
        aar="2024", **{f"{escaped}enhed": "Gladsaxe Kommune", f"{escaped}uddannelse": "ergoterapeut"}
    )

    assert "2024 · Gladsaxe Kommune · Ergoterapeutuddannelsen" in grounds(app)
    assert not app.warning
    assert f"{escaped}enhed" not in app.query_params


def test_a_part_of_a_link_that_no_control_goes_by_is_said_once():
    app = opened(enhed="kommune:0265", Aar="2024", fejl="x", tema="vejledning")

    [warning] = app.warning
    assert "sprunget over: «Aar», «fejl» og «tema»." in warning.value.replace("\\", "")
    assert not app.run().warning


def test_of_a_link_that_names_two_units_where_one_is_shown_the_last_counts_and_it_is_said():
    app = opened(enhed=["Gladsaxe Kommune", "Roskilde Kommune"])

    assert "2025 · Roskilde Kommune" in grounds(app)
    assert "«enhed» flere gange" in app.warning[0].value


def test_choosing_a_theme_without_the_question_in_focus_is_no_stale_link():
    app = opened(RESULTS, spoergsmaal="S05")
    app.selectbox(key="tema").set_value(app.selectbox(key="tema").options[2]).run()

    assert app.selectbox(key="spoergsmaal").value.key == "S03"
    assert not app.warning


def test_the_selection_is_kept_when_the_page_changes():
    app = opened(enhed="kommune:0265", aar="2024")
    app.switch_page(RESULTS).run()

    assert "2024 · Roskilde Kommune" in grounds(app)


def test_the_bars_are_the_figures_of_the_release():
    app = opened(RESULTS, enhed="kommune:0265")

    by_question: dict[str, list[dict]] = {}
    for segment in plotted(app, BARS):
        by_question.setdefault(segment["row"], []).append(segment)
    assert len(by_question) == 12
    for segments in by_question.values():
        assert segments[0]["start"] == 0
        assert segments[-1]["end"] == pytest.approx(100)


def test_choosing_a_theme_leaves_only_its_questions():
    app = opened(RESULTS, enhed="kommune:0265", tema="modtagelse")

    assert {segment["row"] for segment in plotted(app, BARS)} == {"S03", "S04"}


def test_a_question_of_one_education_is_not_pooled_with_the_others():
    everyone = opened(RESULTS)
    nursing = opened(RESULTS, uddannelse="sygeplejerske")

    assert (
        len({row["question"] for row in plotted(nursing, BARS)})
        == len({row["question"] for row in plotted(everyone, BARS)}) + 1
    )


def test_a_hidden_unit_says_one_wording_and_shows_no_number():
    app = opened(enhed="hospital:psyk-bornholm", uddannelse="ergoterapeut")

    page = " ".join(element.value for element in [*app.title, *app.info])
    assert HIDDEN in page or "ingen svar" in page.lower()


def test_everything_is_compared_with_nothing():
    app = opened()

    assert "sammenlignet" not in grounds(app)


def test_a_missing_store_is_one_danish_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    app = opened()

    assert "Der er endnu intet datalager" in app.error[0].value
    assert "manage" in app.error[0].value


def test_a_store_without_a_release_is_one_danish_sentence(tmp_path, monkeypatch):
    from data_access.dashboard import store

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite")
    with store.writing(OPERATOR):
        pass
    app = opened()

    assert "Der er endnu ikke udgivet noget" in app.error[0].value


def test_the_method_page_says_what_the_audit_found_and_that_it_is_a_sample():
    app = opened(GROUNDS, grundlag="metode")

    assert app.title[0].value == "Ingen gruppe på under 5 personer kan udledes af tallene"
    page = " ".join(element.value for element in app.markdown)
    assert "0 grupper på under 5 personer kan udledes" in page
    assert "Eksempeldata" in grounds(app)
    assert app.dataframe[0].value["Grupper, der kan udledes"].tolist() == [0] * 10


def test_the_method_page_says_the_rule_the_breaks_and_the_sources():
    page = " ".join(element.value for element in opened(GROUNDS, grundlag="metode").markdown)

    assert "mindst **10 svar** på begge sider, mindst **5\N{NO-BREAK SPACE}procentpoint** til forskel" in page
    assert "Studerendes praktikevaluering 2024: Spørgsmålet fik ny ordlyd i 2024" in page
    assert "**B Læs med forbehold**: mindst 30\N{NO-BREAK SPACE}%" in page
    assert "Klimadatastyrelsen (DAGI), CC BY 4.0" in page
    assert "gennemsnittet af andelene for temaets fælles spørgsmål" in page


def test_the_method_documents_stand_on_the_page_below_its_own_headings():
    app = opened(GROUNDS, grundlag="metode")

    documents = [one for one in app.expander if one.label.startswith("Hele notatet")]
    assert len(documents) == 2
    for one in documents:
        assert one.markdown[0].value.startswith("### ")
        assert "](statistics.md" not in one.markdown[0].value


@pytest.mark.parametrize(("page", "link"), [(GROUNDS, {"grundlag": "metode"}), (STATEMENT, {})])
def test_an_owner_that_has_not_been_named_is_told_where_to_write_it(page, link):
    page = " ".join(element.value for element in opened(page, **link).markdown)

    assert "Kontakt: ikke udfyldt" in page
    assert "contact.toml" in page
    assert "Her er endnu ingen tilgængelighedserklæring" in page


def test_the_owner_s_contact_and_statement_take_the_place_of_that(tmp_path, monkeypatch):
    file = tmp_path / "contact.toml"
    file.write_text(
        'name = "Sekretariatet"\nemail = "praktik@example.dk"\n'
        'accessibility_statement = "https://was.digst.dk/example"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("data_access.contact.FILE", file)

    app = opened(STATEMENT)
    page = " ".join(element.value for element in app.markdown)

    assert "praktik@example\\.dk" in page
    assert "ikke udfyldt" not in page
    assert "Her er endnu ingen" not in page
    assert app.get("link_button")[0].proto.url == "https://was.digst.dk/example"


MODULES_OF_A_DRAW = {
    "pages/results/overview.py": 46,
    RESULTS: 47,
    "pages/results/unit.py": 47,
    GROUNDS: 38,
}
"""How many of the product's modules a reader of a page runs through; fewer is better, and the aim is 30.

Who looks, and what they may, is five of them."""


@pytest.mark.slow
@pytest.mark.parametrize(("page", "most"), MODULES_OF_A_DRAW.items())
def test_a_page_that_somebody_has_seen_is_drawn_through_few_modules(page, most):
    opened(page, enhed="kommune:0265")

    modules = set()
    floors = tuple(
        f"{APP.parent}/{floor}" for floor in ("indicators", "data_access", "views", "pages", "app.py")
    )

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(floors):
            modules.add(frame.f_code.co_filename)

    threading.setprofile(note)
    try:
        opened(page, enhed="kommune:0265")
    finally:
        threading.setprofile(None)

    assert 15 < len(modules) <= most, sorted(modules)
