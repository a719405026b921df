"""What a reader is shown, wherever it stands: in a publication, the files to take home and on the pages."""

from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from openpyxl import load_workbook
from sqlmodel import Session

from data_access.dashboard import queries, streaming
from data_access.dashboard.models import PublishedRound, Release
from indicators.cells import Cell
from indicators.figure import Figure, Response, State
from indicators.publication import Publication
from indicators.selection import (
    ALL,
    ALL_EDUCATIONS,
    ALL_INSTITUTIONS,
    COMPARED_WITH_EVERYONE_ELSE,
    Option,
    Selection,
    Years,
)
from tests.disclosure.attacker import ALL_BUT, ANSWERS, INVITED, CellKey, Shown, with_dont_know
from views.documents.everything import everything
from views.subjects.distribution.report import distribution
from views.subjects.profile.report import profile

STUDENTS = Option("student", "Studerendes praktikevaluering")


def of_publication(published: Publication, release: int = 0) -> list[Shown]:
    """Everything that a release would show of a round."""
    return [
        *_responses(zip(published.cells, published.responses, strict=True), release),
        *_figures(
            ((published.cells[at], question, figure) for at, question, figure in published.figures), release
        ),
    ]


def of_store(session: Session, shown: Release, release: int = 0) -> list[Shown]:
    """What the file with everything streams out of the store."""
    rounds = queries.rounds_of_survey(session, shown, STUDENTS.key)
    return [number for published in rounds for number in of_round(session, published, release)]


def of_round(session: Session, published: PublishedRound, release: int = 0) -> list[Shown]:
    """What it streams of one round."""
    return [
        *_responses(streaming.responses(session, published), release),
        *_figures(streaming.figures(session, published), release),
    ]


def of_pages(session: Session, units: Collection[str], years: Years) -> Iterator[Shown]:
    """What Resultater shows of every unit, education and institution on offer, and of everyone else.

    Of the many units on offer that nobody has answered about there is nothing to read; these are the others.
    """
    choices = queries.choices(session, queries.release_in_force(session), STUDENTS.key)
    for unit in (one for one in choices.units if one.key in units):
        for education in (ALL_EDUCATIONS, *choices.educations):
            for institution in (ALL_INSTITUTIONS, *choices.institutions):
                who = unit, education, institution
                beside = COMPARED_WITH_EVERYONE_ELSE
                chosen = Selection(STUDENTS, years.last, *who, beside, first_year=years.first)
                table = distribution(session, chosen)
                own = Cell(*(one.key for one in who))
                yield from _responses([(own, table.response)])
                for row in table.rows:
                    yield from _figures([(own, row.question.id, row.figure)])
                    if chosen.compares:
                        rest = Cell(ALL_BUT + own.unit, own.education, own.institution)
                        yield from _figures([(rest, row.question.id, row.benchmark)])


def of_profiles(session: Session, units: Collection[str], years: Years) -> Iterator[Shown]:
    """What Min enhed shows of every unit with its educations, and of the members of every group."""
    choices = queries.choices(session, queries.release_in_force(session), STUDENTS.key)
    for unit in (one for one in choices.units if one.key in units):
        shown = profile(session, Selection(STUDENTS, years.last, unit, first_year=years.first))
        for member in shown.members:
            yield from _responses([(Cell(member.about.key, ALL, ALL), member.response)])
        for part in (*shown.parts, *shown.members):
            yield from _figures(
                (
                    Cell(datum.unit.key, datum.education.key, datum.institution.key),
                    datum.question.id,
                    datum.figure,
                )
                for datum in part.figures
            )


def of_workbook(session: Session, folder: Path) -> Iterator[Shown]:
    """The sheets Svarprocent and Data of the file with everything, read back."""
    path = folder / "alt.xlsx"
    release = queries.release_in_force(session)
    everything.excel(path, everything.Published(session, release, STUDENTS))
    book = load_workbook(path, read_only=True)
    for line in _lines(book["Svarprocent"]):
        key = CellKey(*line["Nøgle"].split("|")[1:])
        for kind, heading in ((ANSWERS, "Besvarelser"), (INVITED, "Inviterede")):
            if line[heading] is not None:
                yield Shown(kind, key, line[heading])
    for line in _lines(book["Data"]):
        *key, question = line["Nøgle"].split("|")[1:]
        if line["Antal svar"] is not None:
            yield Shown(question, CellKey(*key), line["Antal svar"], favourable=line["Antal enige"])
    book.close()


def _lines(sheet) -> Iterator[dict]:
    headings, *lines = sheet.iter_rows(values_only=True)
    for line in lines:
        yield dict(zip_longest(headings, line))  # a row ends with its last value


def _responses(found: Iterable[tuple[Cell, Response]], release: int = 0) -> Iterator[Shown]:
    for cell, response in found:
        if response.state is State.SHOWN:
            yield Shown(ANSWERS, _key(cell), response.answers, release)
            if response.invited is not None:
                yield Shown(INVITED, _key(cell), response.invited, release)


def _figures(found: Iterable[tuple[Cell, str, Figure]], release: int = 0) -> Iterator[Shown]:
    for cell, question, figure in found:
        if figure.state is State.SHOWN:
            yield Shown(question, _key(cell), figure.n, release, figure.favourable, figure.counts)
            if figure.outside_base is not None:
                yield Shown(with_dont_know(question), _key(cell), figure.n + figure.outside_base, release)


def _key(cell: Cell) -> CellKey:
    return CellKey(cell.unit, cell.education, cell.institution)
