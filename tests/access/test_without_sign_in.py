"""The page Sekretariat on this machine alone, where nobody signs in: it says so, and prepares for when they do."""

import pytest
from streamlit.testing.v1 import AppTest

from data_access import mode
from data_access.access import invitations
from data_access.access.invitations import Invitation
from data_access.dashboard import store
from indicators.rights import OPERATOR, Grant, Role
from tests.app import opened, unfold
from views.secretariat.access import NOBODY_SIGNS_IN
from views.secretariat.reading_links import ONLY_WITH_SIGN_IN

PAGE = "pages/secretariat/secretariat.py"


@pytest.fixture(autouse=True)
def own_store(store_of_own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that may be written in."""
    monkeypatch.setenv("DATABASE_URL", store_of_own)


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def inviting(address: str) -> AppTest:
    """The page after that address has been typed for an administrator."""
    app = unfold(opened(PAGE), "ny invitation 0")
    app.selectbox(key="rolle 0").set_value("Administrator").run()
    app.text_input(key="invitation 0 Administrator adresse").set_value(address)
    next(button for button in app.button if button.label == "Inviter").click()
    return app.run()


def test_it_says_that_roles_matter_once_people_sign_in():
    app = opened(PAGE)

    assert app.title[0].value == "0 brugere med adgang og ingen åbne invitationer"
    assert [info.value for info in app.info] == [NOBODY_SIGNS_IN]
    assert not app.error


def test_reading_links_are_not_made_where_nobody_signs_in():
    app = opened(PAGE, sekretariatdel="laeselinks")

    assert [info.value for info in app.info] == [ONLY_WITH_SIGN_IN]
    assert "Lav læselink" not in labels(app)


def test_an_invitation_can_be_made_beforehand_and_taken_back():
    with store.writing(OPERATOR) as session:  # the last administrator could not be taken back
        invitations.invite(session, Invitation("anden@kommune.dk", Grant(Role.ADMINISTRATOR)))
    app = inviting("Navn@Kommune.dk")

    assert not app.error
    assert app.title[0].value == "0 brugere med adgang og 2 åbne invitationer"
    with store.reading(OPERATOR) as session:
        [_, promised] = invitations.open_invitations(session)
    assert promised.who == "…@kommune.dk"

    way = "Tag en invitation tilbage 1"
    unfold(app, way)
    app.selectbox(key=f"hvilken {way}").set_value(promised.id).run()
    app.checkbox(key=f"sikker {way} {promised.id}").check().run()
    app.button(key=f"gør {way}").click().run()
    assert app.title[0].value == "0 brugere med adgang og 1 åben invitation"


def test_what_is_no_address_is_told_and_stays_where_it_was_typed():
    app = inviting("navn på kommune.dk")

    assert [error.value for error in app.error] == ["Skriv en mailadresse, fx navn@kommune\\.dk\\."]
    assert app.text_input(key="invitation 0 Administrator adresse").value == "navn på kommune.dk"


def test_nobody_is_signed_in_or_out_here():
    app = opened()

    assert not any("/log-ud" in one.proto.body or "/log-ind" in one.proto.body for one in app.get("html"))


@pytest.mark.parametrize("setting", [{mode.READ_ONLY: "1"}, {mode.MODE: "demo"}])
def test_a_copy_to_be_read_and_a_demonstration_have_no_such_page(setting, monkeypatch):
    for name, value in setting.items():
        monkeypatch.setenv(name, value)

    assert PAGE not in str(opened()._registered_pages)
