"""What Excel's own charts have in common: where their numbers stand, typeface, axes and alternative text."""

from collections.abc import Sequence

import pandas as pd
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.data_source import NumData, NumDataSource, NumVal
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import GraphicFrame, SpreadsheetDrawing
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun

from views.documents.sheets import SHARE, clean

SHEET = "Figurer"
WIDTH = 25.5
"""Centimetres: a landscape A4 without its margins."""
INK, GRID = "1A1A1A", "D9D9D9"


def letters(size: int, bold: bool = False) -> CharacterProperties:
    """The typeface of a chart, in points."""
    return CharacterProperties(
        sz=100 * size, b=bold, solidFill=INK, latin=Font(typeface="Arial"), lang="da-DK"
    )


def plain_text(size: int) -> RichText:
    """The typeface of an axis, a legend or labels."""
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters(size)), endParaRPr=letters(size))])


def _title(text: str) -> Title:
    """In our typeface, above the chart."""
    run = RegularTextRun(rPr=letters(13, bold=True), t=clean(text))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters(13, bold=True)), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def dress(chart: ChartBase, text: str, height: float) -> None:
    """Title, size and legend as all our charts have them."""
    chart.title, chart.width, chart.height = _title(text), WIDTH, height
    chart.roundedCorners = False
    chart.legend.position, chart.legend.txPr = "t", plain_text(10)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # openpyxl hides them unless it is told not to
        axis.txPr = plain_text(10)
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.y_axis.number_format, chart.y_axis.majorUnit = SHARE, 0.25
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))


def uncertainty(shares: Sequence[float], limits: Sequence[tuple], direction: str | None = None) -> ErrorBars:
    """Lines from the lower to the upper limit of each share; none where there are no limits."""
    pairs = list(zip(shares, limits, strict=True))
    down = [0 if pd.isna(low) else share - low for share, (low, _) in pairs]
    up = [0 if pd.isna(high) else high - share for share, (_, high) in pairs]
    return ErrorBars(
        errDir=direction,
        errBarType="both",
        errValType="cust",
        minus=_literal(down),
        plus=_literal(up),
        spPr=GraphicalProperties(ln=LineProperties(solidFill="707070", w=12700)),
    )


def _literal(numbers: Sequence[float]) -> NumDataSource:
    points = [NumVal(idx=at, v=str(round(value, 6))) for at, value in enumerate(numbers)]
    return NumDataSource(numLit=NumData(formatCode="General", ptCount=len(points), pt=points))


def _described(self: SpreadsheetDrawing, number: int) -> GraphicFrame:
    frame = _frame(self, number)
    frame.nvGraphicFramePr.cNvPr.descr = getattr(self.charts[number - 1], "alt_text", "")
    return frame


_frame = SpreadsheetDrawing._chart_frame
SpreadsheetDrawing._chart_frame = _described  # there is no public way to give a chart its alternative text

# openpyxl writes minus before plus, against the schema, and Excel would call the file damaged.
ErrorBars.__elements__ = ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr")
