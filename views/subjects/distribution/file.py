"""The answers as a file to take home."""

from indicators.report import FigureTable
from views.documents import workbook
from views.documents.sections import of_report
from views.subjects.distribution import table, taken_home

SHEET = "Fordeling"


def written(report: FigureTable) -> bytes:
    """The workbook of a selection's answers."""
    frame = table.answers(report.rows, report.selection)
    return workbook.written([of_report(report, SHEET, frame, excel_chart=taken_home.excel_chart)])
