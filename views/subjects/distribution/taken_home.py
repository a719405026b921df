"""What of the answers is taken home besides chart and table: measure, signs, and bars that Excel draws."""

from openpyxl.chart import BarChart

from indicators.overview import verdict_on
from indicators.report import FigureTable
from views.documents.excel_charts.bars import Bars, bars, label_column, share_columns
from views.documents.legends import LegendEntry, of_verdicts
from views.documents.sections import Section
from views.documents.sheets import Place
from views.foundation import readings, theme
from views.foundation.verdict_styles import CLEAR_STYLES


def measure(report: FigureTable) -> str:
    """A share of what."""
    return f"Fed = andel {readings.share_label(report.rows)}."


def legend(report: FigureTable) -> tuple[LegendEntry, ...]:
    """The triangles of clear verdicts; of few answers there are no bars to put them at."""
    verdicts = {verdict_on(row) for row in report.rows} if report.has_counts else set()
    return of_verdicts(verdicts & set(CLEAR_STYLES))


def excel_chart(section: Section, place: Place) -> BarChart | None:
    """All answers stacked; the shares alone where questions have different ones, or answers are grouped."""
    frame, scales = section.frame, {row.scale for row in section.report.rows}
    stacked = len(scales) == 1
    if stacked:
        options = [option.text for option in next(iter(scales)).best_first]
        colours = dict(zip(options, theme.answer_colours(len(options)), strict=True))
        stacked = set(options) <= set(frame.columns)
    if not stacked:
        colours = dict.fromkeys(share_columns(frame)[:1], theme.OWN)
    return bars(Bars(section.title, frame, label_column(frame), colours, stacked), place)
