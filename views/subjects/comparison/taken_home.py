"""What of the comparison is taken home besides chart and table: the signs, and bars that Excel draws."""

from openpyxl.chart import BarChart

from indicators.ranking import Ranking
from views.documents.excel_charts.bars import Bars, bars, label_column, share_columns
from views.documents.legends import LegendEntry, of_verdicts
from views.documents.sections import Section
from views.documents.sheets import Place
from views.foundation import theme


def legend(report: Ranking) -> tuple[LegendEntry, ...]:
    """What the dots and triangles of the ranking and the funnel are."""
    return of_verdicts({line.judgement.verdict for line in report.ranked})


def excel_chart(section: Section, place: Place) -> BarChart | None:
    """Each share with its uncertainty, the own ones marked."""
    frame, label = section.frame, label_column(section.frame)
    own = {one.name for one in section.report.own}
    marked = tuple(at for at, name in enumerate(frame[label]) if name in own)
    colours = dict.fromkeys(share_columns(frame)[:1], theme.OTHER_UNITS)
    return bars(Bars(section.title, frame, label, colours, limits=True, marked=marked), place)
