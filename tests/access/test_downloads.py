"""Files are made for whoever clicks, of what they may read."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from indicators.rights import Role
from tests.access.conftest import SignInServer

pytestmark = pytest.mark.slow


def test_somebody_who_is_signed_in_takes_a_workbook_home(server: SignInServer):
    visitor = server.visitor(Role.READER)
    with visitor.tab() as tab:
        tab.run("")
        print(tab.names())
        file = tab.download("Hent Excel")

    assert "Data" in load_workbook(BytesIO(file.content)).sheetnames
