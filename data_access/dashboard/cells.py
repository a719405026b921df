"""The published figures of a round, by cell: what every report is put together from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, select

from data_access.dashboard.models import (
    DashboardTable,
    PublishedCell,
    PublishedChange,
    PublishedFigure,
    PublishedRound,
    PublishedScore,
)
from indicators.cells import Cell
from indicators.figure import HIDDEN, NO_ANSWERS, Bound, Figure, Response, Score, State, score
from indicators.joined import added_figures, added_responses
from indicators.judgement import LEAST_ANSWERS, Change, Judgement, Verdict, YearChange
from indicators.response import Badge
from indicators.selection import ALL, is_joined, parts_of

EACH = "*"
JUDGEMENT = tuple(field.name for field in fields(Judgement))
VERDICTS = ("verdict", "verdict_on_mix")


@dataclass(frozen=True)
class Which:
    """The cells that are asked for: these units or all of a kind, one education or institution or EACH.

    With a `question` only its figure comes along, else all figures and all themes' scores.
    """

    units: tuple[str, ...] = (ALL,)
    kind: str = ""
    education: str = ALL
    institution: str = ALL
    question: str = ""

    def conditions(self) -> Iterable[ColumnElement[bool]]:
        """What the cells have to fulfil."""
        of_kind = PublishedCell.unit_key.startswith(f"{self.kind}:", autoescape=True)
        yield of_kind if self.kind else PublishedCell.unit_key.in_(self.units)
        for column, key in (
            (PublishedCell.education_id, self.education),
            (PublishedCell.institution_id, self.institution),
        ):
            yield column != ALL if key == EACH else column == key


@dataclass(frozen=True)
class GroupFigures:
    """One group's published response, figures by question, scores by theme, and changes by either.

    Changes are since the round before; those of themes are under `about_theme`.
    """

    response: Response
    figures: dict[str, Figure] = field(default_factory=dict)
    scores: dict[str, Score] = field(default_factory=dict)
    changes: dict[str, YearChange] = field(default_factory=dict)

    def figure(self, question_id: str) -> Figure:
        """The figure; without one of its own it is hidden where the response is, else nobody answered."""
        silent = HIDDEN if self.response.state is State.HIDDEN else NO_ANSWERS
        return self.figures.get(question_id, silent)

    def score(self, theme_id: str) -> Score:
        """The theme's score; without one it is hidden, or nobody answered."""
        silent = State.NO_ANSWERS if self.response.state is State.NO_ANSWERS else State.HIDDEN
        return self.scores.get(theme_id, Score(silent))


NOBODY = GroupFigures(Response(State.NO_ANSWERS))


@dataclass(frozen=True)
class Rounds:
    """A published round, and the survey's round before it in the same release."""

    now: PublishedRound
    before: PublishedRound | None = None


def group(session: Session, rounds: Rounds, unit: str, education: str, institution: str) -> GroupFigures:
    """One cell of the round: unit x education x institution, each possibly "alle"."""
    which = Which((unit,), education=education, institution=institution)
    return groups(session, rounds, which).get(Cell(unit, education, institution), NOBODY)


def groups(session: Session, rounds: Rounds, which: Which) -> dict[Cell, GroupFigures]:
    """The cells that somebody was invited in, in the order they were published, then units added up."""
    parts = {part for unit in which.units for part in parts_of(unit)}
    found = _published(session, rounds, replace(which, units=tuple(parts)))
    wanted = {cell: one for cell, one in found.items() if which.kind or cell.unit in which.units}
    for unit in filter(is_joined, which.units):
        wanted |= _added_up(unit, found, rounds.now)
    return wanted


def _added_up(
    unit: str, found: Mapping[Cell, GroupFigures], published: PublishedRound
) -> dict[Cell, GroupFigures]:
    """What is shown of several units together, by education and institution."""
    units = parts_of(unit)
    where = dict.fromkeys((cell.education, cell.institution) for cell in found if cell.unit in units)
    cells = {}
    for education, institution in where:
        parts = [found.get(Cell(part, education, institution), NOBODY) for part in units]
        questions = dict.fromkeys(question for part in parts for question in part.figures)
        figures = {one: added_figures([part.figure(one) for part in parts]) for one in questions}
        response = added_responses([part.response for part in parts])
        cells[Cell(unit, education, institution)] = GroupFigures(
            response, figures, _scores(published, figures) if figures else {}
        )
    return cells


def _scores(published: PublishedRound, figures: Mapping[str, Figure]) -> dict[str, Score]:
    """The themes of these figures."""
    by_theme = defaultdict(list)
    for question in published.questionnaire["questions"]:
        if question["common"]:
            by_theme[question["theme"]].append(figures.get(question["id"], NO_ANSWERS))
    return {theme: score(some) for theme, some in by_theme.items()}


def _published(session: Session, rounds: Rounds, which: Which) -> dict[Cell, GroupFigures]:
    conditions = (PublishedCell.published_round_id == rounds.now.id, *which.conditions())
    cells = session.execute(select(*CELL).where(*conditions).order_by(PublishedCell.id)).all()
    figures = _by_cell(session, FIGURE, conditions, which.question)
    scores = {} if which.question else _by_cell(session, SCORE, conditions)
    since = (*conditions, PublishedChange.earlier_round_id == rounds.before.id) if rounds.before else None
    changes = _by_cell(session, _CHANGE, since, which.question) if since else {}
    return {
        Cell(unit, education, institution): GroupFigures(
            response_of(*response),
            {about: figure_of(*rest) for about, *rest in figures.get(cell_id, ())},
            {about: score_of(*rest) for about, *rest in scores.get(cell_id, ())},
            {
                about: YearChange(rounds.before.year, Change(change), *numbers)
                for about, change, *numbers in changes.get(cell_id, ())
            },
        )
        for cell_id, unit, education, institution, *response in cells
    }


def judged_together(session: Session, published: PublishedRound, which: Which) -> int:
    """How many of the cells have answers enough to be judged; nearly, for a question may be skipped."""
    query = select(func.count()).select_from(PublishedCell)
    enough = PublishedCell.published_round_id == published.id, PublishedCell.answers >= LEAST_ANSWERS
    return session.exec(query.where(*enough, *which.conditions())).one()


def _columns(table: type[DashboardTable], *names: str) -> tuple:
    return tuple(getattr(table, name) for name in names)


_RESPONSE = ("answers", "invited", "badge", "skewed")
CELL = _columns(PublishedCell, "id", "unit_key", "education_id", "institution_id", *_RESPONSE)
_OWN = ("n", "favourable", "persons", "counts", "outside_base", "bound", "withheld")
FIGURE = _columns(PublishedFigure, "cell_id", "question_id", *_OWN, *JUDGEMENT)
SCORE = _columns(PublishedScore, "cell_id", "theme_id", "share", "fewest", "most", "detailed", *JUDGEMENT)
_CHANGE = _columns(PublishedChange, "cell_id", "about", "change", "difference", "low", "high")


def _by_cell(
    session: Session, columns: tuple, conditions: tuple[ColumnElement[bool], ...], about: str = ""
) -> dict[int, list[tuple]]:
    """Rows by the cell in their first column; columns alone, for whole objects cost three times as much."""
    cell_id, about_column, *_ = columns
    query = select(*columns).join(PublishedCell, PublishedCell.id == cell_id).where(*conditions)
    by_cell = defaultdict(list)
    for cell, *rest in session.execute(query.where(about_column == about) if about else query):
        by_cell[cell].append(rest)
    return by_cell


def response_of(answers: int | None, invited: int | None, badge: str | None, skewed: bool | None) -> Response:
    """The response of a row of CELL, after its keys."""
    if answers is None:
        return Response(State.HIDDEN)
    return Response(State.SHOWN, answers, invited, badge and Badge(badge), skewed)


def figure_of(n: int | None, *rest: object) -> Figure:
    """The figure of a row of FIGURE, after its keys."""
    if n is None:
        return HIDDEN
    favourable, persons, counts, outside_base, bound, withheld, *judgement = rest
    judged = _judgement(judgement)
    options = None if counts is None else tuple(counts)
    numbers = (n, favourable, persons, options, outside_base, bound and Bound(bound))
    return Figure(State.SHOWN, *numbers, judged, withheld)


def score_of(share: float, fewest: int, most: int, detailed: bool, *judgement: object) -> Score:
    """The score of a row of SCORE, after its keys."""
    return Score(State.SHOWN, share, fewest, most, detailed, _judgement(judgement))


def _judgement(columns: Sequence[object]) -> Judgement:
    values = dict(zip(JUDGEMENT, columns, strict=True))
    return Judgement(**values | {name: values[name] and Verdict(values[name]) for name in VERDICTS})
