"""What a release publishes of one round: every cell's response and its answers to each question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from indicators.cells import Cell, CellTable, FinestGroup, Tally, cell_table
from indicators.disclosure import Detail, published_detail
from indicators.figure import HIDDEN, Figure, Response, State, share_only
from indicators.questionnaire import Questionnaire, Scale
from indicators.selection import ALL

NOT_ANSWERED, ANSWERED = 0, 1


@dataclass(frozen=True)
class RoundContents:
    """A round by its finest groups, whether it came as answer sheets or as counts.

    `answers` has a tally for each question (options best first, then everything outside the base);
    `response` one with NOT_ANSWERED and ANSWERED; `invited_unknown` are positions in `groups`.
    """

    groups: tuple[FinestGroup, ...]
    response: Tally
    answers: Mapping[str, Tally]
    invited_unknown: frozenset[int]


@dataclass(frozen=True)
class Publication:
    """Cells with their responses (same order), and figures by cell position and question id."""

    cells: tuple[Cell, ...]
    responses: tuple[Response, ...]
    figures: tuple[tuple[int, str, Figure], ...]


def publication(
    contents: RoundContents,
    units_of: Mapping[str, tuple[str, ...]],
    questionnaire: Questionnaire,
    least_persons: int,
) -> Publication:
    """Every non-empty cell; a figure that may not be published comes as hidden.

    Cells in which even the response is hidden carry only the figures that are shown, and a question
    that is not common to all educations is never added up across them.
    """
    table = cell_table(contents.groups, units_of)
    responses = tuple(_responses(table, contents, least_persons))
    figures = (
        (position, question.id, figure)
        for question in questionnaire.questions
        if question.id in contents.answers
        for position, figure in _figures(
            table, contents.answers[question.id], questionnaire.scale_of(question), least_persons
        )
        if question.common or table.cells[position].education != ALL
    )
    worth_saying = tuple(
        row for row in figures if row[2] is not HIDDEN or responses[row[0]].state is State.SHOWN
    )
    return Publication(table.cells, responses, worth_saying)


def _responses(table: CellTable, contents: RoundContents, least_persons: int) -> Iterator[Response]:
    sheets = table.counts(contents.response, 2)
    persons = table.persons(contents.response.where(contents.response.option == ANSWERED))
    unknown = np.zeros(len(table.cells), dtype=bool)
    unknown[table.cell_index[np.isin(table.group_index, list(contents.invited_unknown))]] = True
    for cell in range(len(table.cells)):
        if published_detail(int(persons[cell]), least_persons) is Detail.HIDDEN:
            yield Response(State.HIDDEN)
        else:
            invited = None if unknown[cell] else int(sheets[cell].sum())
            yield Response(State.SHOWN, int(sheets[cell, ANSWERED]), invited)


def _figures(
    table: CellTable, tally: Tally, scale: Scale, least_persons: int
) -> Iterator[tuple[int, Figure]]:
    size = len(scale.base)
    counts = table.counts(tally, size + 1)
    persons = table.persons(tally.where(tally.option < size))
    for cell in np.flatnonzero(counts[:, :size].sum(axis=1)):
        detail = published_detail(int(persons[cell]), least_persons)
        yield int(cell), _figure(counts[cell].tolist(), int(persons[cell]), scale, detail)


def _figure(counts: list[int], persons: int, scale: Scale, detail: Detail) -> Figure:
    if detail is Detail.HIDDEN:
        return HIDDEN
    in_base, outside = counts[:-1], counts[-1]
    n, favourable = sum(in_base), sum(in_base[: scale.top])
    if detail is Detail.SHARE:
        return share_only(n, favourable, persons)
    return Figure(State.SHOWN, n, favourable, persons, tuple(in_base), outside)
