"""An expected problem is its Danish sentence wherever it happens, and nothing that was typed is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from streamlit.testing.v1 import AppTest

from data_access import engines
from data_access.dashboard import store
from data_access.partnerships.lists import showing
from indicators.rights import OPERATOR
from tests.app import opened
from tests.partnerships.coming_meeting import ROLE, agenda, the_meeting
from views.meeting.stage.deciding import SAVED

BUSY = "Dashboardlageret er optaget af et andet program. Vent et øjeblik, og prøv igen."
MEETING, INITIATIVES = "pages/partnership/meeting.py", "pages/partnership/initiatives.py"
pytestmark = pytest.mark.usefixtures("own_copy")
DECIDED = "Vi begynder hos de tre kommuner"


@pytest.fixture
def locked(own_copy: str, monkeypatch: pytest.MonkeyPatch) -> Callable:
    """While it lasts another program writes in the store, and nobody waits for it."""

    @contextmanager
    def while_it_lasts() -> Iterator[None]:
        with monkeypatch.context() as impatient, closing(sqlite3.connect(own_copy)) as other:
            impatient.setattr(engines, "_WAIT_SECONDS", 0)
            other.execute("BEGIN IMMEDIATE")
            yield

    return while_it_lasts


def told(app: AppTest) -> list[str]:
    """The errors on the page, as a reader reads them."""
    return [one.value.replace("\\", "") for one in app.error]


def press(app: AppTest, *keys: str) -> AppTest:
    """Several at once: what is in a dialog is there only in the run that opens it."""
    for key in keys:
        app.button(key=key).click()
    return app.run()


def draft_of(item_id: int) -> dict:
    with store.reading(OPERATOR) as session:
        return showing.draft(session, item_id)


@pytest.fixture
def dialog() -> AppTest:
    """The dialog of a decision under the first item, with the role and what was decided typed in it."""
    link = {"moede": str(the_meeting().id), "moededel": "skaerm", "rolle": "selv", "punkt": "1"}
    app = press(opened(MEETING, **link), "beslutning")
    app.text_area(key=f"beslutning under {agenda()[0].id} tekst").set_value(DECIDED)
    app.text_input(key="hvem").set_value(ROLE)
    return app


def test_a_decision_that_meets_a_busy_store_is_still_in_its_dialog_and_saved_at_the_next_try(dialog, locked):
    item = agenda()[0].id
    with locked():
        press(dialog, "beslutning", "gem-beslutning")

    assert told(dialog) == [BUSY]
    assert dialog.text_area(key=f"beslutning under {item} tekst").value == DECIDED
    assert SAVED not in dialog.session_state, "the browser would let go of what it keeps"

    press(dialog, "beslutning", "gem-beslutning")
    assert not dialog.error
    assert agenda()[0].decisions[-1].text == DECIDED


def test_a_draft_that_meets_a_busy_store_is_told_and_kept_at_the_next_step(dialog, locked):
    item = agenda()[0].id
    with locked():
        press(dialog, "beslutning")
    assert told(dialog) == [BUSY]
    assert draft_of(item) == {}

    press(dialog, "beslutning")
    assert draft_of(item)["text"] == DECIDED


def test_a_form_that_meets_a_busy_store_keeps_what_was_typed(locked):
    app = opened(INITIATIVES, indsats="1")
    app.text_input(key="hvem").set_value(ROLE)
    box = next(one for one in app.text_input if one.label == "Hvad er der sket?")
    box.set_value("Første hold er begyndt")
    save = next(one for one in app.button if one.label == "Gem opdatering")
    with locked():
        save.click().run()

    assert told(app) == [BUSY]
    assert (
        next(one for one in app.text_input if one.label == "Hvad er der sket?").value
        == "Første hold er begyndt"
    )


@pytest.mark.parametrize(
    "typed",
    ["Ring til 010190\u20111234", "Skriv til anna@example.org", "Om 01011990-1234"],
)
def test_a_draft_refuses_what_the_decision_refuses(dialog, typed):
    item = agenda()[0].id
    press(dialog, "beslutning")
    dialog.text_area(key=f"beslutning under {item} tekst").set_value(typed)

    press(dialog, "beslutning")

    assert "Beslutning: må ikke rumme cpr-numre eller mailadresser" in told(dialog)[0]
    assert draft_of(item)["text"] == DECIDED


def test_a_callback_and_a_fragment_tell_their_problem_and_the_page_goes_on():
    def page():
        import streamlit as st

        from data_access.problems import StoreProblem
        from views.foundation import problems

        def fails(about: str) -> None:
            raise StoreProblem(f"{about} kan ikke gemmes")

        st.button("Gem", key="gem", on_click=problems.bounded(fails), args=("Valget",))
        problems.fragment(fails)("Uret")
        st.markdown("Resten af siden")

    app = AppTest.from_function(page, default_timeout=20).run()
    assert told(app) == ["Uret kan ikke gemmes"]

    app.button(key="gem").click().run()
    assert sorted(told(app)) == ["Uret kan ikke gemmes", "Valget kan ikke gemmes"]
    assert app.markdown[0].value == "Resten af siden"
    assert not app.exception
