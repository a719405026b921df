"""Figures that meetings have kept: shown as long as they are protected as well as those in force."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from data_access.dashboard.models import Release
from data_access.dashboard.partnership_tables.changes import (
    Action,
    ChangeRecord,
    lock,
    open_log,
    withhold,
)
from data_access.dashboard.queries import in_force
from data_access.log_chain import FIGURE, SIDES, STAYS
from data_access.partnerships.records.editing import Signature, update
from data_access.partnerships.records.kinds import DECISION, ITEM
from data_access.partnerships.records.records import locked, opened
from indicators.danish import day, local_day

WHO = "Sekretariatet"
NOT_SHOWN = "Tallene vises ikke længere"
WITHDRAWN = "Udgivelse {number} er trukket tilbage den {day}, og dens tal er slettet."
LESS_PROTECTED = (
    "Tallene er fra udgivelse {number}, hvor hvert tal hviler på mindst {then} personer; "
    "nu kræves der mindst {now}."
)
UNKNOWN = "Tallene er fra en udgivelse, som ikke kendes her."


def protected(session: Session, figure: Mapping | None) -> dict | None:
    """The figure, or in its place why it is not shown: it never tells more than the release in force may."""
    current = in_force(session)
    if not figure or figure.get("withheld") or current is None:
        return figure and dict(figure)
    number = figure.get("release")
    release = session.get(Release, number) if number else None
    if release is None:
        return _withheld(figure, UNKNOWN)
    if release.least_persons < current.least_persons:
        then, now = release.least_persons, current.least_persons
        return _withheld(figure, LESS_PROTECTED.format(number=number, then=then, now=now))
    return dict(figure)


def take_back(session: Session, release_number: int, on: datetime) -> None:
    """Takes the figures of a release out of agendas, decisions and the log of changes."""
    lock(session)  # so that no line with such a figure is on its way
    signed = Signature(WHO, Action.EDITED)
    for kind in (ITEM, DECISION):
        for record in session.exec(select(kind.table).where(kind.table.figure.is_not(None))).all():
            if _is_of(record.figure, release_number):
                form = opened(session, kind, record).form
                gone = form.model_copy(update={FIGURE: withdrawn(record.figure, on)})
                update(session, signed, kind, locked(session, kind, record.id), gone)
    # The log is only added to, but it may not tell what has been taken back.
    query = select(ChangeRecord).where(ChangeRecord.kind.in_([ITEM.name, DECISION.name]))
    sides = [
        (line, side, (getattr(line, side) or {}).get(FIGURE))
        for line in session.exec(query)
        for side in SIDES
    ]
    if told := [one for one in sides if _is_of(one[-1], release_number)]:
        with open_log(session):
            for line, side, figure in told:
                withhold(line, side, withdrawn(figure, on))
            session.flush()


def _is_of(figure: Mapping | None, release_number: int) -> bool:
    """Whether it holds numbers of that release."""
    return bool(figure) and figure.get("release") == release_number and not figure.get("withheld")


def withdrawn(figure: Mapping, on: datetime) -> dict:
    """What stands in the place of a figure of a release that was withdrawn then."""
    return _withheld(figure, WITHDRAWN.format(number=figure["release"], day=day(local_day(on))))


def _withheld(figure: Mapping, why: str) -> dict:
    """A figure that holds no numbers but the reason; its headline had some too."""
    kept = {name: figure[name] for name in STAYS if name in figure}
    return {"title": NOT_SHOWN, **kept, "columns": ["Hvorfor"], "rows": [[why]], "withheld": True}
