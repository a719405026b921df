"""All of a round judged, also by a unit's mix of educations; from published figures, so it tells no more."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import nan
from typing import NamedTuple, TypeVar

from indicators.cells import Cell
from indicators.figure import (
    HIDDEN,
    NO_ANSWERS,
    Figure,
    QuestionRow,
    Response,
    Score,
    State,
    ThemeRow,
    everyone_else,
    theme_rows,
)
from indicators.groups import kind_key
from indicators.judgement import LEAST_ANSWERS, JudgedSubject, Judgement, Verdict, judge
from indicators.publication import Publication
from indicators.questionnaire import Question, Questionnaire
from indicators.response import ResponseGroup, badge, is_skewed
from indicators.selection import ALL


class Stratum(NamedTuple):
    """One education: the unit's own answers, and how everyone else answered."""

    own: int
    others_favourable: int
    others: int


class Expected(NamedTuple):
    """The expected share, and the answers of a plain sample that would know it as well."""

    share: float
    worth: float


def expected(own: Figure, others: Figure, by_education: Sequence[tuple[Figure, Figure]]) -> Expected | None:
    """Sum over educations of the unit's own share of answers times everyone else's share.

    `by_education` pairs the unit's figure with everyone else's. Educations that are not published, or
    that fewer than ten others answered in, count together as one; None where they are too few for that.
    """
    if own.share is None or others.share is None:
        return None
    parts = [
        Stratum(figure.n, rest.favourable, rest.n)
        for figure, rest in by_education
        if figure.share is not None and rest.share is not None and rest.n >= LEAST_ANSWERS
    ]
    left = Stratum(
        own.n - sum(part.own for part in parts),
        others.favourable - sum(part.others_favourable for part in parts),
        others.n - sum(part.others for part in parts),
    )
    if left.own:
        parts.append(left)
    return None if any(part.others < LEAST_ANSWERS for part in parts) else _standardised(parts)


def _standardised(parts: Sequence[Stratum]) -> Expected:
    answers = sum(part.own for part in parts)
    share = variance = 0.0
    for part in parts:
        weight, theirs = part.own / answers, part.others_favourable / part.others
        share += weight * theirs
        variance += weight**2 * theirs * (1 - theirs) / part.others
    largest = sum(part.others for part in parts)
    return Expected(share, min(share * (1 - share) / variance, largest) if variance else largest)


def together(of_questions: Sequence[Expected | None]) -> Expected | None:
    """A theme's expected share: the mean of its questions'; None when one of them has none."""
    if not of_questions or None in of_questions:
        return None
    shares = [expected.share for expected in of_questions]
    return Expected(sum(shares) / len(shares), min(expected.worth for expected in of_questions))


Shown = TypeVar("Shown", Figure, Score)


def judged(published: Publication, questionnaire: Questionnaire, least_persons: int) -> Publication:
    """The same publication with responses and figures judged, and with its themes scored."""
    a_round = PublishedFigures(published, questionnaire, least_persons)
    figures = _judged(published.figures, a_round.question_subjects())
    scores, subjects = a_round.themes()
    responses = tuple(a_round.judged_response(cell) for cell in published.cells)
    return replace(published, responses=responses, figures=figures, scores=_judged(scores, subjects))


def _judged(
    shown: Sequence[tuple[int, str, Shown]], subjects: Sequence[JudgedSubject | Judgement | None]
) -> tuple[tuple[int, str, Shown], ...]:
    """Each with its judgement, which may be known beforehand; None stands for what cannot be judged."""
    judgements = judge([subject for subject in subjects if isinstance(subject, JudgedSubject)])
    found = [next(judgements) if isinstance(subject, JudgedSubject) else subject for subject in subjects]
    return tuple(
        (position, about, replace(one, judgement=judgement) if judgement else one)
        for (position, about, one), judgement in zip(shown, found, strict=True)
    )


def compared_within(cell: Cell) -> Cell | None:
    """The total that a cell is held up against: over all units, else all educations, else institutions."""
    for part in ("unit", "education", "institution"):
        if getattr(cell, part) != ALL:
            return replace(cell, **{part: ALL})
    return None


@dataclass(frozen=True)
class PublishedFigures:
    """A publication by cell, and everyone else beside each cell."""

    published: Publication
    questionnaire: Questionnaire
    least_persons: int

    @cached_property
    def _position(self) -> Mapping[Cell, int]:
        return {cell: position for position, cell in enumerate(self.published.cells)}

    @cached_property
    def _figures(self) -> Mapping[tuple[int, str], Figure]:
        return {(position, question): figure for position, question, figure in self.published.figures}

    @cached_property
    def _others(self) -> dict[tuple[Cell, str], Figure]:
        """What `others` has found already: themes and expected shares ask for the same again."""
        return {}

    @cached_property
    def _educations(self) -> Mapping[Cell, list[Cell]]:
        """The cells by education of each cell that holds all of them."""
        found = defaultdict(list)
        for cell in self.published.cells:
            if cell.education != ALL:
                found[replace(cell, education=ALL)].append(cell)
        return found

    def response(self, cell: Cell) -> Response:
        return self.published.responses[self._position[cell]]

    def figure(self, cell: Cell, question: str) -> Figure:
        """The cell's figure; without one of its own it is hidden where the response is, else unanswered."""
        position = self._position.get(cell)
        if position is None:
            return NO_ANSWERS
        hidden = self.published.responses[position].state is State.HIDDEN
        return self._figures.get((position, question), HIDDEN if hidden else NO_ANSWERS)

    def others(self, cell: Cell, question: str) -> Figure:
        """Everyone else's figure: the total that the cell is compared within, without the cell."""
        if (cell, question) not in self._others:
            total = compared_within(cell)
            both = self.figure(total, question), self.figure(cell, question)
            rest = everyone_else(*both, self.least_persons) if total else NO_ANSWERS
            self._others[cell, question] = rest
        return self._others[cell, question]

    def is_compared(self, cell: Cell, question: Question) -> bool:
        """Whether anybody else was asked: a question of one education has others at other units alone."""
        return compared_within(cell) is not None and (question.common or cell.unit != ALL)

    def expected(self, cell: Cell, question: str) -> Expected | None:
        """The share to expect with the unit's own educations; None unless it is a unit's over all of them."""
        if cell.unit == ALL or cell.education != ALL:
            return None
        by_education = [
            (self.figure(part, question), self.others(part, question)) for part in self._educations[cell]
        ]
        return expected(self.figure(cell, question), self.others(cell, question), by_education)

    def question_subjects(self) -> list[JudgedSubject | Judgement | None]:
        """For each published figure what there is to be judged."""
        questions = {question.id: question for question in self.questionnaire.questions}
        return [
            self._question_subject(self.published.cells[position], questions[about], figure)
            for position, about, figure in self.published.figures
        ]

    def _question_subject(
        self, cell: Cell, question: Question, figure: Figure
    ) -> JudgedSubject | Judgement | None:
        if figure.bound:  # said of fewer than ten persons only, and no limits may tell where the share is
            return Judgement(verdict=Verdict.TOO_FEW if self.is_compared(cell, question) else None)
        if figure.favourable is None:
            return None
        others = self.others(cell, question.id)
        mixed = self.expected(cell, question.id) if figure.detailed else None
        options = self.questionnaire.scale_of(question).best_first
        return JudgedSubject(
            family=(*_family(cell), question.id),
            favourable=figure.favourable,
            n=figure.n,
            detailed=figure.detailed and others.detailed,
            is_compared=self.is_compared(cell, question),
            others_favourable=nan if others.favourable is None else others.favourable,
            others=nan if others.favourable is None else others.n,
            expected=mixed.share if mixed else nan,
            worth=mixed.worth if mixed else nan,
            invited=self.response(cell).invited or nan,
            counts=figure.counts,
            values=tuple(option.value for option in options),
            high_is_bad=question.high_is_bad,
        )

    def themes(self) -> tuple[list[tuple[int, str, Score]], list[JudgedSubject | None]]:
        """The score of every theme of every cell, and what there is to be judged of each."""
        answered = [
            self.published.cells[position]
            for position in dict.fromkeys(position for position, _, _ in self.published.figures)
        ]
        rows = [(cell, row) for cell in answered for row in theme_rows(self._rows(cell))]
        scores = [(self._position[cell], row.theme.id, row.score) for cell, row in rows]
        return scores, [self._theme_subject(cell, row) for cell, row in rows]

    def _rows(self, cell: Cell) -> Iterator[QuestionRow]:
        themes = {theme.id: theme for theme in self.questionnaire.themes}
        for question in self.questionnaire.questions:
            if question.common:
                scale = self.questionnaire.scale_of(question)
                both = self.figure(cell, question.id), self.others(cell, question.id)
                yield QuestionRow(themes[question.theme], question, scale, *both)

    def _theme_subject(self, cell: Cell, row: ThemeRow) -> JudgedSubject | None:
        """A theme is judged as one question with as many answers as its least answered one.

        Questions whose answers go up and down together are worth one, and no theme is worth less.
        """
        score, others = row.score, row.benchmark
        if score.share is None:
            return None
        mixed = None
        if score.detailed:  # of few answers there is the share and nothing else
            mixed = together([self.expected(cell, question.id) for question in row.questions])
        known = others.share is not None
        return JudgedSubject(
            family=(*_family(cell), row.theme),
            favourable=score.share * score.fewest,
            n=score.fewest,
            detailed=score.detailed and others.detailed,
            is_compared=compared_within(cell) is not None,
            others_favourable=others.share * others.fewest if known else nan,
            others=others.fewest if known else nan,
            expected=mixed.share if mixed else nan,
            worth=mixed.worth if mixed else nan,
            high_is_bad=row.questions[0].high_is_bad,
        )

    def judged_response(self, cell: Cell) -> Response:
        """With badge, and whether some educations answered so much less that the total leans."""
        given = self.response(cell)
        if given.state is not State.SHOWN:
            return given
        skewed = is_skewed(self._groups(cell, given)) if given.invited and cell.education == ALL else None
        return replace(given, badge=badge(given.answers, given.invited), skewed=skewed)

    def _groups(self, cell: Cell, given: Response) -> list[ResponseGroup]:
        """Invited and answers by education; educations that are not shown count together as one."""
        parts = [self.response(part) for part in self._educations[cell]]
        shown = [ResponseGroup(part.invited, part.answers) for part in parts if part.invited]
        left = ResponseGroup(
            given.invited - sum(group.invited for group in shown),
            given.answers - sum(group.answers for group in shown),
        )
        return [*shown, left] if left.invited else shown


def _family(cell: Cell) -> tuple[str, ...]:
    """Those judged together: the same kind of unit with the same filters."""
    if cell.unit != ALL:
        return kind_key(cell.unit), cell.education, cell.institution
    return ("uddannelse", cell.institution) if cell.education != ALL else ("institution",)
