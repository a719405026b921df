"""What Streamlit runs apart from the page: callbacks, fragments and dialogs are trusted with nothing."""

import pytest
from sqlmodel import Session, select

from data_access.access import sessions
from data_access.dashboard.admission import token_hash
from data_access.dashboard.partnership_tables.meetings import DecisionRecord, ItemRecord, MeetingRecord
from data_access.partnerships.records.records import live
from indicators.partnership.meeting import MeetingStatus
from indicators.rights import Role
from tests.raw_client import Tab, identity_of
from tests.signed_in import SignInServer
from views.foundation.visitor import SESSION_COOKIE

pytestmark = pytest.mark.slow


@pytest.fixture
def meeting(server: SignInServer) -> int:
    """A meeting of the partnership that is not closed and has several items."""
    with server.changing() as session:
        query = live(MeetingRecord).where(
            MeetingRecord.partnership_id == server.grants[Role.READER].partnership,
            MeetingRecord.status != MeetingStatus.CLOSED,
        )
        return next(one.id for one in session.exec(query) if len(order(session, one.id)) > 1)


def order(session: Session, meeting: int) -> list[int]:
    query = live(ItemRecord).where(ItemRecord.meeting_id == meeting).order_by(ItemRecord.position)
    return [item.id for item in session.exec(query)]


def end_session(server: SignInServer, tab: Tab) -> None:
    with server.changing() as session:
        sessions.end(session, tab.visitor.http.cookies.get(SESSION_COOKIE))


def test_a_writers_button_pressed_by_a_reader_does_nothing(server: SignInServer, meeting: int):
    address = f"moede={meeting}&moededel=dagsorden"
    with server.changing() as session:
        before = order(session, meeting)
    with server.visitor(Role.STEERING_GROUP).tab() as writers:
        button = identity_of(writers.run("moede", query=address).find(f"Flyt ned {before[0]}"))

    with server.visitor(Role.READER).tab() as readers:
        readers.run("moede", query=address)
        readers.hold(button, trigger_value=True)
        readers.run()

    with server.changing() as session:
        assert order(session, meeting) == before
    with server.visitor(Role.STEERING_GROUP).tab() as writers:
        writers.run("moede", query=address).click(f"Flyt ned {before[0]}")
    with server.changing() as session:
        assert order(session, meeting) != before


def test_a_button_of_an_open_page_saves_nothing_when_the_session_is_over(server: SignInServer, meeting: int):
    with server.changing() as session:
        before = order(session, meeting)
    with server.visitor(Role.STEERING_GROUP).tab() as tab:
        tab.run("moede", query=f"moede={meeting}&moededel=dagsorden")
        end_session(server, tab)

        tab.click(f"Flyt ned {before[0]}")

        assert tab.says("Du er ikke logget ind")
    with server.changing() as session:
        assert order(session, meeting) == before


def test_a_part_of_the_page_that_is_drawn_alone_is_refused_when_the_session_is_over(
    server: SignInServer, meeting: int
):
    with server.visitor(Role.READER).tab() as tab:
        tab.run("moede", query=f"moede={meeting}&moededel=skaerm&rolle=foelg")
        parts = {delta.fragment_id for delta in tab.shown.values()} - {""}
        assert parts
        end_session(server, tab)

        for part in sorted(parts):
            tab.run(fragment_id=part)
            assert tab.says("Du er ikke logget ind")


def test_a_dialog_that_is_open_saves_nothing_when_the_session_is_over(server: SignInServer, meeting: int):
    with server.visitor(Role.STEERING_GROUP).tab() as tab:
        tab.run("moede", query=f"moede={meeting}&moededel=skaerm&rolle=vis")
        tab.click("Beslutning")
        tab.set("Hvad blev besluttet?", "Noget, der ikke må gemmes")
        end_session(server, tab)

        tab.click("Gem beslutning")

        assert tab.says("Du er ikke logget ind")
    with server.changing() as session:
        texts = session.exec(select(DecisionRecord.text)).all()
    assert "Noget, der ikke må gemmes" not in texts


def test_a_session_is_not_taken_up_again_by_somebody_else_who_knows_its_name(
    server: SignInServer, meeting: int
):
    """Streamlit keeps what somebody has typed for a page that comes back."""
    owner, other = server.visitor(Role.STEERING_GROUP), server.visitor(Role.READER)
    with owner.tab() as tab:
        session = tab.run("moede", query=f"moede={meeting}").session

    with other.tab(session) as theirs:
        assert theirs.run("").session != session
    other.headers = {"x-praktik-visitor": token_hash(owner.http.cookies.get(SESSION_COOKIE))}
    with other.tab(session) as theirs:
        assert theirs.run("").session != session
    with owner.tab(session) as again:
        assert again.run("moede").session == session
