"""The answers to every question of a selection, under a title that counts stored verdicts."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from data_access.dashboard.models import Release
from indicators.danish import listed, lower_first, percent, upper_first, whole_percent
from indicators.disclosure import PERSONS_FOR_DETAIL
from indicators.figure import QuestionRow, State, theme_rows
from indicators.judgement import Verdict
from indicators.overview import judgement_of, verdict_on
from indicators.profile import everyone_else_of, subject
from indicators.report import FigureTable
from indicators.selection import EVERYONE_ELSE, Option, Selection
from views.foundation import readings
from views.foundation.readings import CLEAR
from views.foundation.report_source import Source


def distribution(session: Session, selection: Selection, release: Release | None = None) -> FigureTable:
    """Every question of the theme beside the comparison, in the release in force unless one is named."""
    source = Source.of(session, selection, release)
    unit = source.group(selection.unit)
    rows = tuple(
        row for row in source.rows(unit) if _was_asked(row) or row.question.id == selection.question.key
    )
    return FigureTable(
        title=title(selection, rows),
        selection=selection,
        origin=source.origin,
        response=unit.response,
        rows=rows,
        themes=theme_rows(rows),
        notes=source.notes,
        visible=source.visible(rows) if selection.compared_with.key == EVERYONE_ELSE else (),
    )


def _was_asked(row: QuestionRow) -> bool:
    """Whether it is for the chosen education: a question for others nobody here has answered."""
    answered = {row.figure.state, row.benchmark.state} != {State.NO_ANSWERS}
    return row.question.common or answered


def title(selection: Selection, rows: Sequence[QuestionRow], about: Option | None = None) -> str:
    """On how many questions the unit is clearly under or over; without verdicts the highest and lowest.

    It begins with the unit, or whatever else it is `about`.
    """
    about = about or subject(selection) or selection.unit
    shown = [row for row in rows if row.figure.share is not None]
    if not shown:
        return readings.nothing(replace(selection, unit=about), rows)
    verdicts = [verdict_on(row) for row in rows]
    if readings.judged(verdicts):
        said = _judged(rows, verdicts, lower_first(everyone_else_of(selection).name))
        return readings.fitting(f"{about.name}: {lower_first(said)}", said)
    said = _highest_and_lowest(shown)
    return readings.fitting(f"{about.name}: {said}", said)


def _judged(rows: Sequence[QuestionRow], verdicts: Sequence[Verdict | None], others: str) -> str:
    by_mix = readings.of_counted(map(judgement_of, rows))
    if len(rows) == 1:
        beside = f"{lower_first(verdicts[0])}{' fra' if verdicts[0] is Verdict.ALIKE else ''} {others}"
        return f"«{rows[0].question.short}» er {beside}{by_mix}: {_share(rows[0])}"
    what = readings.of_judged(verdicts, "spørgsmål")
    nothing = f"ingen af {what} skiller sig klart ud fra {others}"
    if readings.judged(verdicts) == 1:
        nothing = f"det ene vurderede spørgsmål skiller sig ikke klart ud fra {others}"
    counted = readings.counted(verdicts, CLEAR, what, others)
    return f"{counted}{by_mix}" if counted else upper_first(nothing)


def _highest_and_lowest(shown: Sequence[QuestionRow]) -> str:
    """All that show the highest or lowest share: of two that look alike neither is said to be it."""
    low, high = (pick(shown, key=lambda row: row.figure.share) for pick in (min, max))
    if min(low.figure.n, high.figure.n) < PERSONS_FOR_DETAIL:
        return "få svar, så andelene er usikre"
    lowest, highest = (_alike(shown, one) for one in (low, high))
    if lowest == highest:
        return f"{_named(highest)} ligger på {_share(high)}"
    least = percent(low.figure.share) if high.scale.share_label == low.scale.share_label else _share(low)
    return f"{_named(highest)} ligger højest ({_share(high)}), {_named(lowest)} lavest ({least})"


def _alike(shown: Sequence[QuestionRow], one: QuestionRow) -> list[QuestionRow]:
    share = whole_percent(one.figure.share)
    return [row for row in shown if whole_percent(row.figure.share) == share]


def _named(rows: Sequence[QuestionRow]) -> str:
    return listed([f"«{row.question.short}»" for row in rows]) if len(rows) < 3 else f"{len(rows)} spørgsmål"


def _share(row: QuestionRow) -> str:
    return f"{percent(row.figure.share)} {row.scale.share_label}"
