"""The answers as a file to take home."""

from indicators.report import FigureTable
from views.documents import workbook
from views.subjects.distribution import table

SHEET = "Fordeling"


def written(report: FigureTable) -> bytes:
    """The workbook of a selection's answers."""
    return workbook.workbook(report, SHEET, table.answers(report.rows, report.selection))
