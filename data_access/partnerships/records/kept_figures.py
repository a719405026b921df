"""Figures that meetings have kept: shown as long as they are protected as well as those in force."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from data_access.dashboard.models import Release
from data_access.dashboard.partnership_tables.changes import Action, ChangeRecord, open_log
from data_access.dashboard.queries import in_force
from data_access.partnerships.records.editing import Signature, update
from data_access.partnerships.records.kinds import DECISION, ITEM
from data_access.partnerships.records.records import locked, opened
from indicators.danish import day, local_day

WHO = "Sekretariatet"
FIGURE = "figure"
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
    why = WITHDRAWN.format(number=release_number, day=day(local_day(on)))
    signed = Signature(WHO, Action.EDITED)
    for kind in (ITEM, DECISION):
        for record in session.exec(select(kind.table).where(kind.table.figure.is_not(None))).all():
            if record.figure.get("release") == release_number:
                form = opened(session, kind, record).form
                gone = form.model_copy(update={FIGURE: _withheld(record.figure, why)})
                update(session, signed, kind, locked(session, kind, record.id), gone)
    # The log is only added to, but it may not tell what has been taken back.
    query = select(ChangeRecord).where(ChangeRecord.kind.in_([ITEM.name, DECISION.name]))
    with open_log(session):
        for change in session.exec(query):
            for side in ("before", "after"):
                figure = (getattr(change, side) or {}).get(FIGURE) or {}
                if figure.get("release") == release_number and not figure.get("withheld"):
                    setattr(change, side, {**getattr(change, side), FIGURE: _withheld(figure, why)})
                    session.add(change)
        session.flush()


def _withheld(figure: Mapping, why: str) -> dict:
    """A figure that holds no numbers but the reason; its headline had some too."""
    kept = {name: figure[name] for name in ("selection", "release") if name in figure}
    return {"title": NOT_SHOWN, **kept, "columns": ["Hvorfor"], "rows": [[why]], "withheld": True}
