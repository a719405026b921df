"""What has been agreed about a unit, and whether it happens: initiatives and agreements as sections."""

from collections.abc import Iterable, Iterator

from sqlmodel import Session

from data_access.partnerships.lists.agreements import Agreement, agreements
from data_access.partnerships.lists.initiatives import initiatives
from indicators.partnership.board import Initiative
from indicators.profile import subject
from indicators.report import Listing, ListingColumn
from indicators.selection import ALL_UNITS, Option, Selection
from views.documents.sections import Section, of_listing
from views.foundation.figures import today
from views.partnership.agreements.partnership_page import notice
from views.partnership.board import board_filter

INITIATIVES = (
    *("Nr.", "Fokusområde", "Indsats", "Gælder enheden", "Ansvarlig", "Status", "Næste frist"),
    "Seneste opdatering",
)
DIRECTLY = "direkte"
AGREEMENTS = ("Aftale", "Partnerskab", "Parter", "Periode", "Status", "Opsigelse")


def sections(session: Session, selection: Selection) -> Iterator[Section]:
    """The initiatives of the unit and the agreements it is a party of, where there are any."""
    found = initiatives(session, today(), board_filter.of_strip(selection))
    if found:
        rows = (_initiative(one, selection.unit) for one in found)
        yield _section("Indsatser", INITIATIVES, rows, selection)
    partnerships = {one.partnership for one in found}
    agreed = [
        agreement
        for agreement in agreements(session, today())
        if agreement.partnership in partnerships
        or selection.unit.name in {party.name for party in agreement.parties}
    ]
    if agreed:
        yield _section("Aftaler", AGREEMENTS, map(_agreement, agreed), selection)


def _section(sheet: str, headings: Iterable[str], rows: Iterable[tuple], selection: Selection) -> Section:
    columns = tuple(map(ListingColumn, headings))
    about = f"{selection.unit.name} · {selection.education.name}"
    who = (subject(selection) or selection.unit).name
    return of_listing(sheet, Listing(f"{sheet} for {who}", columns, tuple(rows)), about)


def _initiative(initiative: Initiative, unit: Option) -> tuple:
    responsible = initiative.responsible.name if initiative.responsible else ""
    news = (
        f"{initiative.freshness.describe()}: {initiative.last_update}"
        if initiative.last_update
        else initiative.freshness.describe()
    )
    areas = "; ".join(area.name for area in initiative.focus_areas)
    way = "" if unit == ALL_UNITS else initiative.way_to(unit) or DIRECTLY
    return (
        initiative.id,
        areas,
        initiative.title,
        way,
        responsible,
        initiative.status.value,
        initiative.next_deadline,
        news,
    )


def _agreement(agreement: Agreement) -> tuple:
    parties = "; ".join(party.name for party in agreement.parties)
    return (
        agreement.title,
        agreement.partnership.name,
        parties,
        agreement.period.describe(),
        agreement.status.value,
        notice(agreement),
    )
