"""Several units that a reader adds up: the sum of what is published of each, on every page and in every file."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.dashboard import queries, store
from data_access.dashboard.cells import Which, groups
from data_access.problems import SelectionProblem
from indicators.cells import Cell
from indicators.figure import HIDDEN, NO_ANSWERS, Bound, Figure, Response, State
from indicators.intervals import wilson
from indicators.joined import added_figures, added_responses
from indicators.partnership.board import Choice
from indicators.rights import OPERATOR
from indicators.selection import ALL, Option, Years, joined, parts_of
from tests.app import grounds, opened
from views.all_subjects import all_views
from views.documents.files.workbook import written
from views.foundation import figures, places
from views.foundation.controls import KeptChoices, selection_of_keys
from views.subjects.distribution.distribution import Distribution
from views.subjects.distribution.report import distribution

GLADSAXE, BALLERUP, GENTOFTE = (
    Option(f"kommune:{code}", f"{name} Kommune")
    for code, name in (("0159", "Gladsaxe"), ("0151", "Ballerup"), ("0157", "Gentofte"))
)
THREE = {"enhed": GLADSAXE.key, "flere_enheder": [BALLERUP.key, GENTOFTE.key]}
LINK = f"enhed={GLADSAXE.key}&flere_enheder={BALLERUP.key}&flere_enheder={GENTOFTE.key}"

sample = pytest.mark.usefixtures("sample_environment")


def shown(favourable: int, n: int, persons: int | None = None, outside: int | None = 1) -> Figure:
    return Figure(State.SHOWN, n, favourable, persons or n, (favourable, n - favourable), outside)


def test_units_are_named_as_they_were_chosen_and_keyed_alike_whatever_the_order():
    both, turned = joined([GLADSAXE, BALLERUP]), joined([BALLERUP, GLADSAXE])

    assert (both.name, turned.name) == (
        "Gladsaxe Kommune og Ballerup Kommune",
        "Ballerup Kommune og Gladsaxe Kommune",
    )
    assert both.key == turned.key
    assert parts_of(both.key) == (BALLERUP.key, GLADSAXE.key)
    assert joined([GLADSAXE]) == GLADSAXE
    assert joined([GLADSAXE, BALLERUP, GENTOFTE, Option("kommune:0101", "Københavns Kommune")]).name == (
        "Gladsaxe Kommune, Ballerup Kommune, Gentofte Kommune og 1 mere"
    )


def test_the_sum_of_shown_figures_has_their_answers_and_an_interval_and_no_verdict():
    found = added_figures([shown(8, 12), shown(30, 40), NO_ANSWERS])

    assert (found.n, found.favourable, found.persons) == (52, 38, 52)
    assert (found.counts, found.outside_base) == ((38, 14), 2)
    assert (found.judgement.low, found.judgement.high) == pytest.approx(wilson(38, 52), abs=1e-6)
    assert found.judgement.verdict is None


@pytest.mark.parametrize("one", [HIDDEN, Figure(State.SHOWN, 6, None, 6, bound=Bound.AT_LEAST)])
def test_where_one_cannot_be_read_there_is_no_sum(one):
    assert added_figures([shown(8, 12), one]) == HIDDEN


def test_a_distribution_that_one_of_them_lacks_is_not_shown_of_them_all():
    few = Figure(State.SHOWN, 7, 4, 7)

    found = added_figures([shown(8, 12), few])

    assert (found.n, found.counts, found.withheld) == (19, None, True)


def test_where_nobody_answered_there_is_nothing_to_add():
    assert added_figures([NO_ANSWERS, NO_ANSWERS]) == NO_ANSWERS
    assert added_responses([Response(State.NO_ANSWERS)]) == Response(State.NO_ANSWERS)


@given(st.lists(st.tuples(st.integers(10, 400), st.floats(0, 1)), min_size=1, max_size=9))
def test_a_sum_is_the_sum_of_its_parts_whatever_they_are(parts):
    some = [shown(round(share * n), n) for n, share in parts]

    found = added_figures(some)

    assert found.n == sum(figure.n for figure in some)
    assert found.share == sum(figure.favourable for figure in some) / found.n
    assert min(figure.share for figure in some) <= found.share <= max(figure.share for figure in some)


def test_responses_are_added_and_one_that_is_hidden_hides_them_all():
    ten, twenty = Response(State.SHOWN, 10, 20), Response(State.SHOWN, 20, None)

    assert (added_responses([ten, ten]).answers, added_responses([ten, ten]).rate) == (20, 0.5)
    assert added_responses([ten, twenty]).invited is None
    assert added_responses([ten, Response(State.HIDDEN)]) == Response(State.HIDDEN)


@sample
@pytest.mark.parametrize("years", [Years(2025), Years(2025, 2023)], ids=str)
def test_what_is_shown_of_several_is_a_sum_of_published_cells_for_every_education_and_question(years):
    """All that follows from them follows from the cells already: there is no new number to attack."""
    with store.reading(OPERATOR) as session:
        release = queries.release_in_force(session)
        rounds = queries.rounds(session, release, "student", years)
        every = [unit for unit in queries.units(session, "kommune") if unit.key in offered(session)]
        for first, second in pairwise(every):
            both = joined([first, second])
            found = groups(session, rounds, Which((both.key,), education="*"))
            found |= groups(session, rounds, Which((both.key,)))
            alone = groups(session, rounds, Which((first.key, second.key), education="*"))
            alone |= groups(session, rounds, Which((first.key, second.key)))
            for cell, group in found.items():
                parts = [alone.get(Cell(one, cell.education, ALL)) for one in parts_of(both.key)]
                there = [part for part in parts if part]
                for question, figure in group.figures.items():
                    own = [part.figure(question) for part in there]
                    if figure.state is State.SHOWN:
                        assert all(one.state is not State.HIDDEN for one in own)
                        assert figure.n == sum(one.n or 0 for one in own)
                        assert figure.favourable == sum(one.favourable or 0 for one in own)


def offered(session) -> set[str]:
    release = queries.release_in_force(session)
    return {unit.key for unit in queries.choices(session, release, "student").units}


@sample
def test_a_link_with_several_units_opens_them_together_and_says_what_a_sum_is():
    app = opened(**THREE)

    assert "Gladsaxe Kommune, Ballerup Kommune og Gentofte Kommune" in grounds(app)
    assert "for få" not in app.title[0].value
    [note] = [info.value for info in app.info if "lagt sammen" in info.value]
    assert note.startswith("3 enheder er lagt sammen")


@sample
@pytest.mark.parametrize("link", [{"fane": "fordeling"}, {"fane": "sammenlign"}, {"fane": "udvikling"}])
def test_every_tab_of_the_results_takes_several_units(link):
    app = opened("pages/results/results.py", **THREE, **link)

    assert len(app.title) == 1
    assert "for få svar" not in app.title[0].value


@sample
def test_on_min_enhed_they_are_the_members_and_on_sammenlign_the_marked_ones():
    unit = opened("pages/results/unit.py", **THREE)
    assert "Medlemmer" in [header.value for header in unit.header]

    view = all_views.kept_view(places.RESULTS, KeptChoices(f"{LINK}&fane=sammenlign&raekker_vist=medlemmer"))
    assert {one.key for one in view.report().own} == {GLADSAXE.key, BALLERUP.key, GENTOFTE.key}
    assert view.rows.name == "Vis kun de valgte"


@sample
def test_the_address_of_several_units_is_read_back_as_the_same_view():
    view = all_views.kept_view(places.RESULTS, KeptChoices(f"{LINK}&fane=fordeling"))

    assert view.query()["enhed"] in {BALLERUP.key, GENTOFTE.key, GLADSAXE.key}
    assert {view.query()["enhed"], *view.query()["flere_enheder"]} == set(parts_of(view.selection.unit.key))


@sample
def test_the_workbook_holds_the_sum_and_does_not_let_it_be_added_to_its_parts():
    with store.reading(OPERATOR) as session:
        chosen = selection_of_keys(session, "student", 2025, {"unit": joined([GLADSAXE, BALLERUP]).key})
        expected = distribution(session, chosen).rows[0].figure
    data = pd.read_excel(BytesIO(written(Distribution(chosen).sections())), sheet_name="Data", dtype=str)
    own = data[data["Enhed-id"] == chosen.unit.key].iloc[0]

    assert int(own["Antal svar"]) == expected.n
    assert pd.isna(own["Kommunekode"])
    assert pd.isna(own["Sumgruppe"])
    assert own["Enhedstype"] == "Flere enheder"


@sample
def test_what_is_hidden_of_one_is_hidden_of_all_and_never_called_unanswered():
    with store.reading(OPERATOR) as session:
        rounds = queries.rounds(session, queries.release_in_force(session), "student", Years(2025))
        both = joined([GLADSAXE, BALLERUP])
        every = groups(session, rounds, Which((both.key, *parts_of(both.key)), education="*"))
        hidden = 0
        for cell in (cell for cell in every if cell.unit == both.key):
            parts = [every.get(Cell(one, cell.education, ALL)) for one in parts_of(both.key)]
            for theme in rounds.now.questionnaire["themes"]:
                states = {part.score(theme["id"]).state for part in parts if part}
                if State.HIDDEN in states:
                    hidden += 1
                    assert every[cell].score(theme["id"]).state is State.HIDDEN, (cell, theme["id"])
    assert hidden > 20


@sample
def test_a_unit_without_answers_is_named_as_missing_from_the_sum_and_a_hidden_one_as_what_hides_it():
    silent = opened(enhed=GLADSAXE.key, flere_enheder=["kommune:0326"], aar="2022", uddannelse="jordemoder")
    notes = " ".join(info.value for info in silent.info).replace("\\", "")

    assert "2 enheder er lagt sammen: " in notes
    assert ("så de tæller ikke med i summen" in notes) or ("Summen kan ikke vises, for svarene fra" in notes)


@sample
@pytest.mark.parametrize("level", ["uddannelse", "institution"])
def test_over_the_parts_of_several_units_nothing_is_judged_and_the_title_says_so(level):
    app = opened("pages/results/results.py", **THREE, fane="sammenlign", niveau=level)

    assert "lagt sammen, får ingen vurdering" in app.title[0].value
    assert "Vurderet mod" not in " ".join(text.value for text in app.markdown)


@sample
@pytest.mark.parametrize(
    "key",
    ["klynge:rh-midt+kommune:0159", "alle+kommune:0159", "+kommune:0159", "kommune:0159+kommune:0159"],
)
def test_the_command_line_refuses_what_cannot_be_added_up(key):
    with store.reading(OPERATOR) as session, pytest.raises(SelectionProblem, match="kan ikke lægges sammen"):
        selection_of_keys(session, "student", 2025, {"unit": key})


@sample
def test_what_is_compared_with_is_none_of_the_units_and_another_unit_lets_them_go():
    app = opened(**THREE)
    beside = next(box for box in app.selectbox if box.label == "Sammenlign med")
    assert "Ballerup Kommune" not in beside.options

    unit = next(box for box in app.selectbox if box.label == "Enhed")
    unit.select(next(option for option in unit.options if "Roskilde Kommune" in option)).run()

    assert "· Roskilde Kommune ·" in grounds(app)


@sample
def test_an_initiative_about_one_of_them_is_about_them_together():
    both = Choice(unit=joined([GLADSAXE, BALLERUP]))
    alone = [Choice(unit=one) for one in (GLADSAXE, BALLERUP)]
    every = figures.initiatives(figures.today())

    together = {one.id for one in every if both.matches(one)}

    assert together == {one.id for one in every for unit in alone if unit.matches(one)}
    assert together


@sample
def test_over_the_years_they_are_shown_together_or_each_by_itself():
    link = {**THREE, "fane": "udvikling"}
    together, apart = (opened("pages/results/results.py", **link, opdel=split) for split in ("", "medlemmer"))

    assert "Samlet" in str(together.get("button_group")[0].proto) or "Samlet" in str(together)
    assert all(
        name in grounds(apart) for name in ("Gladsaxe Kommune", "Ballerup Kommune", "Gentofte Kommune")
    )

    view = all_views.kept_view(places.RESULTS, KeptChoices(f"{LINK}&fane=udvikling&opdel=medlemmer"))
    report = view.report()
    assert {series.about.key for series in report.parts} == {GLADSAXE.key, BALLERUP.key, GENTOFTE.key}
    assert view.split.name == "Hver for sig"
    for series in report.parts:
        alone = replace(
            view, selection=replace(view.selection, unit=series.about), split=Option("enheder", "")
        )
        own = alone.report().series[0]
        assert series.points == own.points, "the same figures and changes as of the unit alone"


@sample
def test_a_cluster_over_the_years_can_be_split_into_its_members():
    view = all_views.kept_view(
        places.RESULTS, KeptChoices("enhed=klynge:rh-midt&fane=udvikling&opdel=medlemmer")
    )
    report = view.report()

    assert view.split.name == "Medlemmer"
    with store.reading(OPERATOR) as session:
        members = queries.members_of(session, "klynge:rh-midt", 2025)
    assert {series.about.key for series in report.parts} == {one.key for one in members}
    assert {datum.unit.key for datum in report.data()} == {"klynge:rh-midt", *(one.key for one in members)}
    assert "enheder" in report.title
