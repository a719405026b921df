"""An institution as a filter: whom the page is about then, whom it is held up against, and what its parts are."""

import pytest

from data_access.dashboard import queries, store
from data_access.dashboard.cells import Which, groups
from indicators.profile import everyone_else_of, group_of_everyone_else, subject
from indicators.rights import OPERATOR
from indicators.selection import Option, Selection, Years
from tests.app import grounds, opened
from views.foundation import readings
from views.foundation.controls import selection_of_keys
from views.subjects.profile.report import profile

KP = Option("kp", "Københavns Professionshøjskole")
NURSING = Option("sygeplejerske", "Sygeplejerskeuddannelsen")
TOWN = Option("kommune:0101", "Københavns Kommune")
STUDENTS = Option("student", "Studerendes praktikevaluering")

sample = pytest.mark.usefixtures("sample_environment")


@pytest.mark.parametrize(
    ("chosen", "about", "others", "part"),
    [
        ({"institution": KP}, KP, "Alle andre uddannelsessteder", "institution"),
        ({"institution": KP, "education": NURSING}, NURSING, "Alle andre uddannelser", "education"),
        ({"institution": KP, "unit": TOWN}, TOWN, "Alle andre", "unit"),
    ],
)
def test_the_page_is_about_what_is_judged_and_names_those_it_is_judged_against(chosen, about, others, part):
    selection = Selection(STUDENTS, 2025, **chosen)

    assert subject(selection) == about
    assert everyone_else_of(selection).name == others
    assert group_of_everyone_else(selection)[part].name == others
    assert readings.who_others_are(selection).startswith(f"«{others}»")


@sample
def test_the_parts_of_a_unit_are_those_of_the_chosen_institution():
    with store.reading(OPERATOR) as session:
        chosen = selection_of_keys(session, "student", 2025, {"unit": TOWN.key, "institution": KP.key})
        found = profile(session, chosen)
        rounds = queries.rounds(session, queries.release_in_force(session), "student", Years(2025))
        cells = groups(session, rounds, Which((TOWN.key,), education="*", institution=KP.key))

    by_key = {cell.education: group for cell, group in cells.items()}
    assert {part.about.key for part in found.parts} == set(by_key)
    for part in found.parts:
        for theme, score in part.scores.items():
            assert score == by_key[part.about.key].score(theme)
    assert all(datum.institution.key == KP.key for part in found.parts for datum in part.figures)


@sample
@pytest.mark.parametrize("page", [None, "pages/results/results.py", "pages/results/unit.py"])
def test_every_page_is_about_the_institution_where_nothing_else_is_chosen(page):
    app = opened(page, uddannelsessted=KP.key)

    assert "andre uddannelser" not in app.title[0].value
    assert "Københavns Professionshøjskole" in grounds(app)
    assert not any("alle andre uddannelser" in text.value for text in app.markdown)
