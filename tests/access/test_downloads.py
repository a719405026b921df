"""Files are made for whoever clicks, of what they may read."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from data_access.access import sessions
from data_access.dashboard.partnership_tables.changes import ChangeRecord, Event
from indicators.rights import Role
from tests.signed_in import SignInServer
from views.foundation.visitor import SESSION_COOKIE

pytestmark = pytest.mark.slow


def test_somebody_who_is_signed_in_takes_a_workbook_home(server: SignInServer):
    visitor = server.visitor(Role.READER)
    with visitor.tab() as tab:
        tab.run("")
        print(tab.names())
        file = tab.download("Hent Excel")

    assert "Data" in load_workbook(BytesIO(file.content)).sheetnames


def test_the_log_says_who_took_what_home_and_of_which_release(server: SignInServer):
    visitor = server.visitor(Role.READER)
    with visitor.tab() as tab:
        tab.run("", query="enhed=kommune:0265")
        tab.download("Hent Excel")

    with server.changing() as session:
        lines = session.exec(select(ChangeRecord).order_by(ChangeRecord.id.desc()).limit(5)).all()
    line = next(line for line in lines if line.kind == Event.EXPORT)
    assert (line.who, line.action, line.name) == ("En læser", "hentet", "Hent Excel")
    assert line.account_id is not None
    assert (line.after["release"], line.after["unit"], line.after["survey"]) == (2, "kommune:0265", "student")


def test_a_file_of_somebody_whose_session_is_over_is_not_made(server: SignInServer):
    visitor = server.visitor(Role.READER)
    with visitor.tab() as tab:
        tab.run("indsatser")
        with server.changing() as session:
            sessions.end(session, visitor.http.cookies.get(SESSION_COOKIE))

        with pytest.raises(RuntimeError, match="Failed to generate"):
            tab.download("Hent indsatser")
