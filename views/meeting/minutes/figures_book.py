"""The figures of a meeting as one workbook: a front page, and a sheet a figure."""

from collections.abc import Iterator, Sequence

from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import Meeting
from indicators.figure import State
from indicators.report import ListingColumn
from views.documents.files.workbook import TITLE, CoverLine, put_cover
from views.documents.sheets import new_book, saved, widths, work_sheet
from views.foundation import frozen_figure
from views.foundation.figures import query, today
from views.meeting import items, markup
from views.meeting.items import Numbered

NONE = "Ingen af mødets punkter viser tal."
HIDDEN = f"Hvor et felt er tomt, siger kolonnen Status hvorfor, fx «{State.HIDDEN}»."


def figures_workbook(meeting: Meeting) -> bytes:
    """Forside, then the figures in the order of the agenda."""
    found = items.figures_of(query(meetings.agenda, today(), meeting.id))
    names = list(_names(found))
    book = new_book(f"Tal til {meeting.title}")
    put_cover(book.active, _cover(meeting, found, names))
    for name, numbered in zip(names, found, strict=True):
        columns = [str(column) for column in numbered.figure["columns"]]
        rows = list(frozen_figure.numbers(numbered.figure))
        fitted = zip(columns, widths(columns, rows), strict=True)
        work_sheet(
            book.create_sheet(name),
            name,
            [ListingColumn(heading, width=width) for heading, width in fitted],
            rows,
        )
    return saved(book)


def _names(found: Sequence[Numbered]) -> Iterator[str]:
    """Punkt 2, and of several figures Punkt 2 nr. 1, Punkt 2 nr. 2."""
    for index, one in enumerate(found):
        same = [other.place for other in found].count(one.place)
        number = [other.place for other in found[: index + 1]].count(one.place)
        yield f"Punkt {one.place}" if same == 1 else f"Punkt {one.place} nr {number}"


def _cover(meeting: Meeting, found: Sequence[Numbered], names: Sequence[str]) -> Iterator[CoverLine]:
    yield CoverLine(f"Tal til {meeting.title}", TITLE)
    yield CoverLine(markup.facts(meeting))
    for name, numbered in zip(names, found, strict=True):
        yield CoverLine(f"{name}: {numbered.figure['title']}", link=name)
        yield CoverLine(f"{numbered.called}. {frozen_figure.source(numbered.figure)}")
    yield CoverLine(HIDDEN if found else NONE)
