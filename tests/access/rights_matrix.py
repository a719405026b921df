"""What each kind of visitor can really do, tried on a running dashboard: page, action, export and route.

docs/security.md shows the outcome; `WRITE_MATRIX=1 pytest tests/access/test_rights_matrix.py` writes it anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import streamlit as st
from sqlmodel import Session, select
from websockets.exceptions import ConnectionClosed

from data_access.access import invitations, reading_links
from data_access.access.invitations import Invitation
from data_access.dashboard import store
from data_access.dashboard.access_tables import ReadingLinkForm
from data_access.dashboard.admission import Credential, refuse_without
from data_access.dashboard.partnership_tables.agreements import AgreementRecord, PartnershipRecord
from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord
from data_access.dashboard.partnership_tables.meetings import MeetingRecord
from data_access.dashboard.scope import principal_of
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    DECISION,
    INITIATIVE,
    MEETING,
    MILESTONE,
    PARTNERSHIP,
    PARTY,
    UPDATE,
    Kind,
)
from data_access.partnerships.records.records import filled, live, open_record
from data_access.problems import AccessProblem, EditProblem
from indicators.partnership.meeting import MeetingStatus
from indicators.rights import OPERATOR, Grant, Right, Role
from tests.access.conftest import SignInServer
from tests.raw_client import Visitor
from views.chrome import gate, service
from views.foundation import places
from views.foundation.visitor import LINK_COOKIE, SESSION_COOKIE

YES, NO = "yes", "–"
Row = tuple[str, ...]
Deed = Callable[[Session, str], object]
"""Something that is tried in a transaction which is always taken back, and who signs it."""


@dataclass(frozen=True)
class Someone:
    """A column of the matrix: a browser, and what the store admits it by."""

    name: str
    browser: Visitor

    @property
    def credential(self) -> Credential:
        """The tokens of its cookies."""
        cookies = self.browser.http.cookies
        return Credential(cookies.get(SESSION_COOKIE) or "", cookies.get(LINK_COOKIE) or "")


def everybody(server: SignInServer) -> list[Someone]:
    """Nobody, whoever has a link, and somebody in every role of the first partnership."""
    reads = server.visitor()
    reads.get(server.link)
    return [
        Someone("nobody", server.visitor()),
        Someone("reading link", reads),
        *(
            Someone(role.name.lower().replace("_", " "), server.visitor(role))
            for role in Role
            if role in server.grants
        ),
    ]


def pages(people: Sequence[Someone]) -> list[Row]:
    """Which pages open, each asked for by its path."""
    return [(page.title, *(YES if _opens(one, page.path) else NO for one in people)) for page in places.PAGES]


def _opens(one: Someone, path: str) -> bool:
    """Whoever may not is shown the first page instead, or nothing at all."""
    try:
        with one.browser.tab() as tab:
            tab.run(path)
            return tab.page == tab.pages.get(path)
    except ConnectionClosed:
        return False


def routes(people: Sequence[Someone]) -> list[Row]:
    """What is answered on every route that the server registers, and on the pages' own addresses."""
    return [(path, *(_answer(one, path) for one in people)) for path in registered_routes()]


@cache
def registered_routes() -> list[str]:
    """The paths of the server's routes, with something in the place of what varies."""
    app = st.App("app.py", **service.settings())
    known = (getattr(route, "path", "") for route in app._build_starlette_app().routes)
    return sorted({path.partition("{")[0] for path in known if path} | {"/resultater"})


def _answer(one: Someone, path: str) -> str:
    if path == "/_stcore/stream":
        return "open" if _opens(one, "") else "closed"
    if path.endswith("/") and gate.rule_of(path) is not gate.Rule.NOBODY:
        path += "x"
    return str(one.browser.http.get(one.browser.server + path, timeout=30, allow_redirects=False).status_code)


def exports(people: Sequence[Someone]) -> list[Row]:
    """Which files can be taken home, by the page and the button."""
    files = (("", "Hent Excel"), ("indsatser", "Hent indsatser"), ("moede", "Hent referatudkast"))
    return [
        (f"«{button}»", *(YES if _downloads(one, path, button) else NO for one in people))
        for path, button in files
    ]


def _downloads(one: Someone, path: str, button: str) -> bool:
    query = "moededel=referat" if path == "moede" else ""
    try:
        with one.browser.tab() as tab:
            tab.run(path, query=query)
            return tab.download(button).status_code == 200
    except (ConnectionClosed, LookupError):
        return False


def actions(people: Sequence[Someone], server: SignInServer) -> list[Row]:
    """What can be done to the store, each deed tried by everybody; needs the server's environment."""
    with store.reading(OPERATOR) as session:
        deeds = _deeds(session, server.grants[Role.PARTY_EDITOR])
    return [(name, *(YES if _does(one, deed) else NO for one in people)) for name, deed in deeds.items()]


class _TakenBackError(Exception):
    """Nothing that was tried stays."""


def _does(one: Someone, deed: Deed) -> bool:
    try:
        with store.writing(one.credential) as session:
            deed(session, principal_of(session).name)
            raise _TakenBackError
    except _TakenBackError:
        return True
    except (AccessProblem, EditProblem):
        return False


def _deeds(session: Session, editor: Grant) -> dict[str, Deed]:
    own, party = editor.partnership, editor.party
    other = session.exec(select(PartnershipRecord.id).where(PartnershipRecord.id != own)).first()
    its = _first(session, InitiativeRecord, own, InitiativeRecord.responsible_id == party)
    others = _made(INITIATIVE, {"partnership_id": own, "title": "En andens"})
    elsewhere = _first(session, InitiativeRecord, other)
    meeting = _first(session, MeetingRecord, own, MeetingRecord.status != MeetingStatus.CLOSED)
    agreement = _first(session, AgreementRecord, own)
    day, soon = {"decided_on": "2026-12-01"}, "2027-12-01"
    decision = {"partnership_id": own, "text": "Vi gør det", "responsible_id": party, **day}
    return {
        "read what own partnership is about": lambda session, _: open_record(session, PARTNERSHIP, own),
        "read what another partnership is about": lambda session, _: open_record(session, PARTNERSHIP, other),
        "read an initiative of another partnership": lambda session, _: open_record(
            session, INITIATIVE, elsewhere
        ),
        "start an initiative of own organisation": _new(
            INITIATIVE, partnership_id=own, title="Ny", responsible_id=party
        ),
        "start an initiative of another organisation": _new(INITIATIVE, partnership_id=own, title="Ny"),
        "start an initiative in another partnership": _new(INITIATIVE, partnership_id=other, title="Ny"),
        "change an initiative of own organisation": _renamed(INITIATIVE, its),
        "change an initiative of another organisation": _renamed(INITIATIVE, others),
        "delete an initiative of own organisation": _deleted(INITIATIVE, its),
        "move an initiative to another partnership": _moved(its, other),
        "post an update of own organisation's": _new(UPDATE, initiative_id=its, text="Sket", written_on=soon),
        "add a milestone to own organisation's": _new(MILESTONE, initiative_id=its, title="Nået", due=soon),
        "follow up a decision of own organisation": _followed_up(decision),
        "decide": _new(DECISION, **decision),
        "decide in another partnership": _new(DECISION, **{**decision, "partnership_id": other}),
        "call a meeting": _new(MEETING, partnership_id=own, title="Møde", held_on=soon),
        "change a meeting": _renamed(MEETING, meeting),
        "change an agreement": _renamed(AGREEMENT, agreement),
        "change the partnership": _renamed(PARTNERSHIP, own),
        "make a partnership": _new(PARTNERSHIP, name="Et nyt"),
        "add a party": _new(PARTY, name="En ny part", kind="Kommune"),
        "change a party": _renamed(PARTY, party),
        "sign as somebody else": lambda session, _: editing.create(
            session,
            "En anden",
            INITIATIVE,
            filled(INITIATIVE, {"partnership_id": own, "title": "Ny", "responsible_id": party}),
        ),
        "import and publish": lambda session, _: refuse_without(principal_of(session), Right.PUBLISH),
        "read the log": lambda session, _: refuse_without(principal_of(session), Right.READ_LOG),
        "lend a reading link": lambda session, _: reading_links.lend(
            session, ReadingLinkForm.model_validate({"name": "Ny", "ends_on": date(2100, 1, 1)})
        ),
        "invite a reader to own partnership": _invited(Grant(Role.READER, own)),
        "invite a reader to another partnership": _invited(Grant(Role.READER, other)),
        "invite an administrator": _invited(Grant(Role.ADMINISTRATOR)),
    }


def _first(session: Session, table: type, partnership: int, *more: object) -> int:
    return session.exec(live(table).where(table.partnership_id == partnership, *more)).first().id


def _made(kind: Kind, values: Mapping[str, object]) -> int:
    """A record that is there before anybody tries anything."""
    with store.writing(OPERATOR) as session:
        return editing.create(session, "Sekretariatet", kind, filled(kind, dict(values))).id


def _new(kind: Kind, /, **values: object) -> Deed:
    return lambda session, who: editing.create(session, who, kind, filled(kind, values))


def _renamed(kind: Kind, record_id: int) -> Deed:
    def deed(session: Session, who: str) -> None:
        base = open_record(session, kind, record_id)
        editing.edit(session, who, base, base.form.model_copy(update={kind.title: "Et andet navn"}))

    return deed


def _deleted(kind: Kind, record_id: int) -> Deed:
    return lambda session, who: editing.delete(session, who, open_record(session, kind, record_id))


def _moved(initiative: int, partnership: int) -> Deed:
    moved = {"partnership_id": partnership, "agreement_id": None, "body_id": None, "focus_areas": ()}

    def deed(session: Session, who: str) -> None:
        base = open_record(session, INITIATIVE, initiative)
        editing.edit(session, who, base, base.form.model_copy(update=moved))

    return deed


def _followed_up(values: Mapping[str, object]) -> Deed:
    """Of a decision that has been made before, by others."""
    made = _made(DECISION, values)

    def deed(session: Session, who: str) -> None:
        base = open_record(session, DECISION, made)
        editing.edit(session, who, base, base.form.model_copy(update={"outcome": "Det gik godt"}))

    return deed


def _invited(grant: Grant) -> Deed:
    return lambda session, _: invitations.invite(session, Invitation("ny@kommune.example", grant))
