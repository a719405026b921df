"""The answers as a file to take home."""

from indicators.report import FigureTable
from views import workbook
from views.answers import table

SHEET = "Fordeling"


def written(report: FigureTable) -> bytes:
    """The workbook of a selection's answers."""
    return workbook.workbook(report, SHEET, table.answers(report.rows, report.selection))
