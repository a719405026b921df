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
        one
        for one in agreements(session, today())
        if one.partnership in partnerships or selection.unit.name in {party.name for party in one.parties}
    ]
    if agreed:
        yield _section("Aftaler", AGREEMENTS, map(_agreement, agreed), selection)


def _section(sheet: str, headings: Iterable[str], rows: Iterable[tuple], selection: Selection) -> Section:
    columns = tuple(map(ListingColumn, headings))
    about = f"{selection.unit.name} · {selection.education.name}"
    who = (subject(selection) or selection.unit).name
    return of_listing(sheet, Listing(f"{sheet} for {who}", columns, tuple(rows)), about)


def _initiative(one: Initiative, unit: Option) -> tuple:
    responsible = one.responsible.name if one.responsible else ""
    news = f"{one.freshness.describe()}: {one.last_update}" if one.last_update else one.freshness.describe()
    areas = "; ".join(area.name for area in one.focus_areas)
    way = "" if unit == ALL_UNITS else one.way_to(unit) or DIRECTLY
    return one.id, areas, one.title, way, responsible, one.status.value, one.next_deadline, news


def _agreement(one: Agreement) -> tuple:
    parties = "; ".join(party.name for party in one.parties)
    return one.title, one.partnership.name, parties, one.period.describe(), one.status.value, notice(one)
