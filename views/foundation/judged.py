"""The words of a judgement, and their chip: wherever a verdict is said, so is that the mix explains it."""

from collections.abc import Iterable, Iterator

from indicators.danish import listed, lower_first, upper_first
from indicators.figure import QuestionRow, ThemeRow
from indicators.judgement import Judgement
from indicators.overview import Overview, UnitColumn, judgement_of
from indicators.profile import Profile
from indicators.ranking import Ranking
from indicators.report import FigureTable, Report
from indicators.verdicts import Verdict
from views.foundation import readings
from views.foundation.drawings import TRIANGLES
from views.foundation.verdict_styles import VERDICTS

BY_MIX = "kan forklares af uddannelserne"
"""Of a clear verdict that is gone once the unit's educations are allowed for."""

STAR = "*"
"""The same in a picture, which has no room for words; `explained` says what it means."""


def words(judgement: Judgement | None) -> str:
    """E.g. "Klart under (kan forklares af uddannelserne)"; nothing where nothing is said."""
    if judgement is None or judgement.verdict is None:
        return ""
    return f"{judgement.verdict} ({BY_MIX})" if judgement.explained_by_mix else judgement.verdict.value


def chip(verdict: Verdict) -> str:
    """The word as HTML in its colour, with the triangle that says the same to those who see no colours."""
    look = VERDICTS[verdict].css_class
    return f'<span class="vurdering {look}">{TRIANGLES.get(verdict, "")}{verdict}</span>'


def html(judgement: Judgement | None) -> str:
    """The same as a chip."""
    if judgement is None or judgement.verdict is None:
        return ""
    why = f"<small>{BY_MIX}</small>" if judgement.explained_by_mix else ""
    return f"{chip(judgement.verdict)}{why}"


def star(judgement: Judgement | None) -> str:
    """What a picture puts after the verdict or the name."""
    return STAR if judgement and judgement.explained_by_mix else ""


def of_counted(judgements: Iterable[Judgement | None]) -> str:
    """After a count of clear verdicts, of how many that is: " (2 kan forklares af uddannelserne)"."""
    clear = [one.explained_by_mix for one in judgements if one and one.is_clear]
    explained = sum(clear)
    if not explained:
        return ""
    return f" ({BY_MIX})" if explained == len(clear) else f" ({explained} {BY_MIX})"


def explained(report: Report | None) -> tuple[str, ...]:
    """Which clear verdicts of the report the mix explains, in a sentence; none where there are none."""
    if names := list(_explained(report)):
        return (f"{STAR} {upper_first(listed(names))}: {lower_first(readings.MIX_EXPLAINS)}",)
    return ()


def _explained(report: Report | None) -> Iterator[str]:
    if isinstance(report, Ranking):
        yield from (line.about.name for line in report.lines if line.judgement.explained_by_mix)
    elif isinstance(report, FigureTable):
        yield from (f"«{row.question.short}»" for row in _of_mix(report.rows))
    elif isinstance(report, Overview):
        yield from _themes_and_questions(report.themes, report.rows)
        yield from _of_groups(report.groups, report.themes)
    elif isinstance(report, Profile):
        yield from _themes_and_questions([line.row for line in report.themes], report.rows)


def _themes_and_questions(themes: Iterable[ThemeRow], rows: Iterable[QuestionRow]) -> Iterator[str]:
    yield from (lower_first(row.theme.name) for row in _of_mix(themes))
    if questions := len(_of_mix(rows)):
        yield f"{questions} spørgsmål"


def _of_groups(groups: Iterable[UnitColumn], themes: Iterable[ThemeRow]) -> Iterator[str]:
    for column in groups:
        for row in themes:
            if star(column.judgement(row.theme)):
                yield f"{lower_first(row.theme.name)} ({column.unit.name})"


def _of_mix(rows: Iterable[QuestionRow] | Iterable[ThemeRow]) -> list:
    return [row for row in rows if star(judgement_of(row))]
