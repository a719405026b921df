"""The matrix of docs/security.md is what has really been tried, and each rule of it is as it should be."""

import os

import pytest

from tests.access import rights_matrix
from tests.access.rights_matrix import NO, YES
from tests.running_server import ROOT
from tests.signed_in import SignInServer
from views.chrome import gate

pytestmark = pytest.mark.slow

DOCUMENT = ROOT / "docs" / "security.md"
ADMINISTERED = {"invite a reader to another partnership"}
"""Whoever gives roles in every partnership must know which there are."""
BEGIN, END = "<!-- matrix -->\n", "<!-- end of matrix -->"


@pytest.fixture(scope="module")
def matrix(server: SignInServer) -> dict[str, list[rights_matrix.Row]]:
    """Everything tried by everybody, by part."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in server.settings.items():
            environment.setenv(name, value)
        people = rights_matrix.everybody(server)
        heading = ("", *(one.name for one in people))
        parts = {
            "Pages": rights_matrix.pages(people),
            "Actions": rights_matrix.actions(people, server),
            "Exports": rights_matrix.exports(people),
            "Routes": rights_matrix.routes(people),
        }
    return {name: [heading, *rows] for name, rows in parts.items()}


def drawn(matrix: dict[str, list[rights_matrix.Row]]) -> str:
    """As tables of a document."""
    return "\n".join(
        f"\n{name}:\n\n"
        + "".join(
            f"| {' | '.join(row)} |\n" + (f"|{'---|' * len(row)}\n" if place == 0 else "")
            for place, row in enumerate(rows)
        )
        for name, rows in matrix.items()
    )


def test_the_document_shows_what_has_been_tried(matrix):
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    shown, _, after = rest.partition(END)
    if os.environ.get("WRITE_MATRIX"):
        DOCUMENT.write_text(f"{before}{BEGIN}{drawn(matrix)}\n{END}{after}", "utf-8")
        return

    assert shown.strip() == drawn(matrix).strip()


def column(matrix: dict[str, list[rights_matrix.Row]], part: str, name: str) -> dict[str, str]:
    """What one kind of visitor can do."""
    heading, *rows = matrix[part]
    place = heading.index(name)
    return {row[0]: row[place] for row in rows}


@pytest.mark.parametrize("part", ["Pages", "Actions", "Exports"])
def test_nobody_can_do_nothing(matrix, part):
    assert set(column(matrix, part, "nobody").values()) == {NO}


def test_a_reading_link_is_for_results_alone(matrix):
    can = {
        name
        for part in ("Pages", "Actions", "Exports")
        for name, yes in column(matrix, part, "reading link").items()
        if yes == YES
    }

    assert can == {"Overblik", "Resultater", "Min enhed", "Datagrundlag", "«Hent Excel»"}


def test_a_reader_reads_its_own_partnership_and_changes_nothing(matrix):
    can = {name for name, yes in column(matrix, "Actions", "reader").items() if yes == YES}

    assert can == {"read what own partnership is about"}


def test_an_editor_keeps_what_its_own_organisation_answers_for(matrix):
    can = {name for name, yes in column(matrix, "Actions", "party editor").items() if yes == YES}

    assert can == {
        "read what own partnership is about",
        "start an initiative of own organisation",
        "change an initiative of own organisation",
        "delete an initiative of own organisation",
        "post an update of own organisation's",
        "add a milestone to own organisation's",
        "follow up a decision of own organisation",
    }


def test_nobody_reaches_into_another_partnership_or_signs_as_another(matrix):
    for name in matrix["Actions"][0][1:]:
        can = column(matrix, "Actions", name)
        reaches = {
            deed
            for deed, yes in can.items()
            if yes == YES and ("another partnership" in deed or deed == "sign as somebody else")
        }
        assert reaches <= (ADMINISTERED if name == "administrator" else set())


def test_only_administrators_make_administrators(matrix):
    heading, *rows = matrix["Actions"]
    row = next(row for row in rows if row[0] == "invite an administrator")

    assert [name for name, yes in zip(heading, row, strict=True) if yes == YES] == ["administrator"]


def test_every_route_that_the_server_registers_has_a_rule_of_its_own():
    own = [route for route in gate.ROUTES if route.path != "/"]
    without = [
        path
        for path in rights_matrix.registered_routes()
        if path != "/resultater" and not any(path.startswith(route.path.rstrip("/")) for route in own)
    ]

    assert without == []


def test_nothing_but_the_way_in_answers_nobody(matrix):
    answered = {
        path
        for path, status in column(matrix, "Routes", "nobody").items()
        if status in ("200", "302", "307", "open")
    }

    assert answered <= {"/healthz", "/readyz", "/log-ind", "/_stcore/health", "/_stcore/host-config"}
