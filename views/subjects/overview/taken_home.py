"""What of the overview is taken home besides chart and table: the measure and the signs."""

from collections.abc import Iterator

from indicators.figure import State
from indicators.overview import Overview
from views.documents.legends import HATCHED, LegendEntry, of_verdicts
from views.foundation import readings
from views.foundation.verdict_styles import CLEAR_STYLES


def measure(report: Overview) -> str:
    """A share of what."""
    return f"Andel {readings.share_label(report.rows)}, gennemsnit af temaets spørgsmål."


def legend(report: Overview) -> tuple[LegendEntry, ...]:
    """The triangles of clear verdicts, and the hatching."""
    return tuple(_signs(report))


def _signs(report: Overview) -> Iterator[LegendEntry]:
    columns = (report.own, *report.groups, *report.beside)
    scores = [score for column in columns for score in column.scores.values()]
    verdicts = {score.judgement and score.judgement.verdict for score in scores}
    yield from of_verdicts(verdicts & set(CLEAR_STYLES))
    if any(score.state is State.HIDDEN for score in scores):
        yield LegendEntry(HATCHED, State.HIDDEN)
