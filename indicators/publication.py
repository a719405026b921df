"""What a release publishes of one round: every cell's response and its answers to each question."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.cells import Cell, CellTable, FinestGroup, Tally, cell_table
from indicators.disclosure import Detail, Persons, System, choose, published_detail
from indicators.figure import HIDDEN, Figure, Response, Score, State, share_only
from indicators.questionnaire import Question, Questionnaire, Scale
from indicators.selection import ALL

NOT_ANSWERED, ANSWERED = 0, 1

Chosen = NDArray[np.bool_]
ChooseAll = Callable[[Sequence[System], int], Sequence[Chosen]]
"""Decides on several systems; a release does it on all cores."""


def one_by_one(systems: Sequence[System], least_persons: int) -> list[Chosen]:
    """Decides on one system after the other."""
    return [choose(system, least_persons) for system in systems]


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
    """Cells with their responses (same order), and figures by cell position and question id.

    `scores`, by cell position and theme id, come with the judging.
    """

    cells: tuple[Cell, ...]
    responses: tuple[Response, ...]
    figures: tuple[tuple[int, str, Figure], ...]
    scores: tuple[tuple[int, str, Score], ...] = ()


def publication(
    contents: RoundContents,
    units_of: Mapping[str, tuple[str, ...]],
    questionnaire: Questionnaire,
    least_persons: int,
    choose_all: ChooseAll = one_by_one,
) -> Publication:
    """Every non-empty cell; a figure that may not be published comes as hidden.

    Cells in which even the response is hidden carry only the figures that are shown, and a question
    that is not common to all educations is never added up across them.
    """
    table = cell_table(contents.groups, units_of)
    asked = [question for question in questionnaire.questions if question.id in contents.answers]
    systems = [*response_systems(table, contents)]
    for question in asked:
        systems += question_systems(table, question, questionnaire, contents)
    answered, invited, *decided = choose_all(systems, least_persons)
    responses = tuple(_responses(table, contents, answered & invited))
    figures: list[tuple[int, str, Figure]] = []
    for question, safe, outside_safe in zip(asked, decided[::2], decided[1::2], strict=True):
        counted = _Counted(
            table, contents.answers[question.id], questionnaire.scale_of(question), least_persons
        )
        for position, figure in _figures(counted, safe, outside_safe):
            pooled = not question.common and table.cells[position].education == ALL
            untold = figure is HIDDEN and responses[position].state is State.HIDDEN
            if not pooled and not untold:
                figures.append((position, question.id, figure))
    return Publication(table.cells, responses, tuple(figures))


def response_systems(table: CellTable, contents: RoundContents) -> tuple[System, System]:
    """Those who answered, and those who were invited: neither may be told of a few."""
    everything = np.ones(len(table.cells), dtype=bool)
    answered = contents.response.where(contents.response.option == ANSWERED)
    return _system(table, answered, everything), _system(table, contents.response, everything)


def question_systems(
    table: CellTable, question: Question, questionnaire: Questionnaire, contents: RoundContents
) -> tuple[System, System]:
    """Those whose answers count in the share, and those with any answer, "ved ikke" too.

    The number of "ved ikke" is published where at most one dimension is crossed.
    """
    tally, base = contents.answers[question.id], len(questionnaire.scale_of(question).base)
    offered = np.array([question.common or cell.education != ALL for cell in table.cells], dtype=bool)
    in_base = _system(table, tally.where(tally.option < base), offered)
    return in_base, _system(table, tally, offered & (table.crossed <= 1))


def _system(table: CellTable, tally: Tally, offered: Chosen) -> System:
    persons = Persons.counted(table.groups, tally.group, tally.person, tally.count)
    return System(table.cell_index, table.group_index, table.crossed, persons, offered)


def _responses(table: CellTable, contents: RoundContents, shown: Chosen) -> Iterator[Response]:
    sheets = table.counts(contents.response, 2)
    unknown = np.zeros(len(table.cells), dtype=bool)
    unknown[table.cell_index[np.isin(table.group_index, list(contents.invited_unknown))]] = True
    for cell in range(len(table.cells)):
        if shown[cell]:
            invited = None if unknown[cell] else int(sheets[cell].sum())
            yield Response(State.SHOWN, int(sheets[cell, ANSWERED]), invited)
        else:
            yield Response(State.HIDDEN)


@dataclass(frozen=True)
class _Counted:
    """One question's answers, and how they are counted."""

    table: CellTable
    tally: Tally
    scale: Scale
    least_persons: int


def _figures(counted: _Counted, safe: Chosen, outside_safe: Chosen) -> Iterator[tuple[int, Figure]]:
    size = len(counted.scale.base)
    counts = counted.table.counts(counted.tally, size + 1)
    persons = counted.table.persons(counted.tally.where(counted.tally.option < size))
    for cell in np.flatnonzero(counts[:, :size].sum(axis=1)):
        if not safe[cell]:
            yield int(cell), HIDDEN
            continue
        in_base = tuple(counts[cell, :size].tolist())
        outside = int(counts[cell, size]) if outside_safe[cell] else None
        yield int(cell), _figure(in_base, outside, int(persons[cell]), counted)


def _figure(in_base: tuple[int, ...], outside: int | None, persons: int, counted: _Counted) -> Figure:
    n, favourable = sum(in_base), sum(in_base[: counted.scale.top])
    if published_detail(persons, counted.least_persons) is Detail.SHARE:
        return share_only(n, favourable, persons)
    return Figure(State.SHOWN, n, favourable, persons, in_base, outside)
