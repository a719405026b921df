"""A view is one object: its controls are in the address, on agendas and in files by being its fields."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pytest

from indicators.selection import ALL_EDUCATIONS, Option, Selection
from tests.app import opened
from tests.made_up import ROSKILDE
from views.all_subjects import all_views
from views.all_subjects.all_views import BY_PLACE, kept_view
from views.foundation import figures, places
from views.foundation.controls import Control, KeptChoices
from views.meeting.items import saved_view
from views.subjects.comparison.comparison import Comparison
from views.subjects.view import NOT_CHOSEN, choice

pytestmark = pytest.mark.usefixtures("sample_environment")

STUDENTS = Option("student", "Studerendes praktikevaluering")
UNIT = "spoergeskema=student&aar=2025&enhed=kommune:0265"
OF_A_QUESTION = f"{UNIT}&tema=vejledning&spoergsmaal=S05"
HIGHEST, LOWEST = Option("hoejest", "Højeste først"), Option("lavest", "Laveste først")

VIEWS = {
    "overblik": ("", f"{UNIT}&inddeling_klynge=raad"),
    "fordeling": (
        "resultater",
        f"{OF_A_QUESTION}&fane=fordeling&raekkefoelge=skema&svargrupper=grupper",
    ),
    "sammenlign": (
        "resultater",
        f"{OF_A_QUESTION}&fane=sammenlign&niveau=kommune&form=rangering&fremhaev=kommune:0259"
        "&fremhaev=kommune:0253&raekker_vist=alle",
    ),
    "udvikling": ("resultater", f"{OF_A_QUESTION}&fane=udvikling&opdel=enheder&vis_ogsaa=kommune:0259"),
    "min enhed": ("min-enhed", f"{UNIT}&tema=vejledning"),
    "svarprocent": ("datagrundlag", f"{UNIT}&grundlag=svarprocent&opdelt=hospital"),
    "dækning": ("datagrundlag", f"{UNIT}&grundlag=daekning&raekker=klynge"),
    "metode": ("datagrundlag", f"{UNIT}&grundlag=metode"),
}


def test_every_view_of_the_product_is_looked_at_here():
    looked_at = {type(saved_view(page, query).view) for page, query in VIEWS.values()}

    assert looked_at == {view for views in BY_PLACE.values() for view in views}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_the_same_when_its_query_is_read_back(name):
    page, query = VIEWS[name]
    view = saved_view(page, query).view

    again = saved_view(page, urlencode(view.query(), doseq=True))

    assert again.view == view
    assert again.notes == ()


@pytest.mark.parametrize("name", VIEWS)
def test_no_choice_of_a_link_is_lost_on_an_agenda(name):
    page, query = VIEWS[name]

    kept = urlencode(saved_view(page, query).view.query(), doseq=True)

    assert set(query.replace(":", "%3A").split("&")) <= set(kept.split("&"))


@pytest.mark.parametrize("name", VIEWS)
def test_the_address_of_a_page_is_the_query_of_its_view(name):
    page, query = VIEWS[name]
    view = saved_view(page, query).view
    files = {"": None} | {path: place for path, place in places.BY_ADDRESS.items() if path}
    link = {key: value for key, value in view.query().items() if value}

    app = opened(files[page], **link)

    assert [app.query_params[key] for key in link if key not in app.query_params] == []
    assert not app.warning, [one.value for one in app.warning]


@dataclass(frozen=True)
class OrderedComparison(Comparison):
    """Sammenlign with one more control, and no other line about it."""

    direction: Option = choice(Control("retning", "Retning", side_by_side=True), (HIGHEST, LOWEST))

    def sections(self):
        (section,) = super().sections()
        frame = section.frame if self.direction == HIGHEST else section.frame[::-1]
        return (replace(section, table=lambda: frame),)


def test_a_control_that_is_added_to_a_view_is_in_address_agenda_and_files(monkeypatch):
    tabs = tuple(OrderedComparison if view is Comparison else view for view in BY_PLACE[places.RESULTS])
    monkeypatch.setitem(all_views.BY_PLACE, places.RESULTS, tabs)
    page, query = VIEWS["sammenlign"]

    app = opened(places.RESULTS, **dict(part.split("=") for part in query.split("&")), retning="lavest")
    saved = saved_view(page, f"{query}&retning=lavest")

    assert app.query_params["retning"] == "Laveste først", "it is a control of the page"
    assert saved.view.direction == LOWEST, "it is read on an agenda"
    assert saved.keys["retning"] == "lavest", "the way from the agenda to the page has it"
    usual = saved_view(page, query).view.sections()[0].frame
    assert list(saved.view.sections()[0].frame.iloc[:, 0]) == list(usual.iloc[::-1, 0]), "files obey it"


def test_what_is_gone_falls_back_on_the_first_with_a_note_wherever_it_is_asked_for():
    query = f"{UNIT}&tema=vejledning&spoergsmaal=S99&fane=sammenlign&form=lagkage"

    saved = saved_view("resultater", query)
    app = opened(places.RESULTS, **dict(part.split("=") for part in query.split("&")))

    assert [note.split(".")[0] for note in saved.notes] == [
        "«S99» findes ikke her",
        "«lagkage» findes ikke her",
    ]
    shown = " ".join(warning.value for warning in app.warning)
    assert "«S99» findes ikke her" in shown.replace("\\", "")
    assert "«lagkage» findes ikke her" in shown.replace("\\", "")


def test_a_link_can_set_nothing_but_the_controls_of_its_view():
    page, query = VIEWS["fordeling"]

    saved = saved_view(page, f"{query}&hvem=Borgmesteren&niveau=kommune")

    assert {"hvem", "niveau"} & set(saved.keys) == set()


def test_the_choice_that_depends_on_the_figures_is_left_out_where_there_are_none():
    about = Selection(STUDENTS, 2025, Option(ROSKILDE, "Roskilde Kommune"), ALL_EDUCATIONS)
    question = Option("S05", "Vejlederen havde tid")

    view = Comparison.chosen(replace(about, question=question), KeptChoices("form=tabel&raekker_vist=alle"))

    assert view.rows == NOT_CHOSEN
    assert view.highlighted == ()


def test_views_are_read_in_the_release_that_is_pinned():
    with figures.pinned():
        view = kept_view(places.OVERVIEW, KeptChoices(UNIT))

        assert view.report().origin.release == 2


def test_a_page_looks_once_for_each_of_its_reports_however_often_its_view_is_asked(monkeypatch):
    looked_for, look = [], figures._report
    monkeypatch.setattr(
        figures,
        "_report",
        lambda edition, name, selection, more, read: (
            looked_for.append((name, selection, more)) or look(edition, name, selection, more, read)
        ),
    )
    _, query = VIEWS["sammenlign"]

    app = opened(places.RESULTS, **dict(part.split("=") for part in query.split("&")))
    looked_for.clear()
    app.run()

    assert looked_for
    assert len(looked_for) == len(set(looked_for))
