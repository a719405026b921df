"""What a chart measures, for a picture that has left the page and the words above the chart behind."""

from indicators.overview import Overview
from indicators.ranking import Ranking
from indicators.report import FigureTable, Report
from indicators.trend import Trend
from views.foundation import headlines
from views.subjects.comparison import words


def measure(report: Report | None) -> str:
    """A share of what; nothing where the title says it."""
    if isinstance(report, Overview):
        return f"Andel {headlines.share_label(report.rows)}, gennemsnit af temaets spørgsmål."
    if isinstance(report, FigureTable):
        return f"Fed = andel {headlines.share_label(report.rows)}."
    if isinstance(report, Ranking):
        return words.against(report)
    if isinstance(report, Trend):
        return f"{report.asked.question.text} Andel {report.asked.scale.share_label}."
    return ""
