"""Of few answers there are shares and no bars: a table in HTML. Every text is escaped here."""

from html import escape

from indicators.danish import number, percent
from indicators.figure import Figure, QuestionRow
from indicators.report import FigureTable
from views.foundation import readings, tables


def shares(report: FigureTable) -> str:
    """One row a question, as asked, the chosen one in bold."""
    figures = [row.figure for row in report.rows]
    asked = [_asked(row, report.selection.question.key) for row in report.rows]
    measure = f"Andel {readings.share_label(report.rows)}"
    columns = [
        tables.Column("Spørgsmål", asked),
        tables.Column(measure, [_share(figure) for figure in figures], tables.NUMBERS),
        tables.Column("Svar", [_answers(figure) for figure in figures], tables.NUMBERS),
    ]
    return f'<div class="smal">{tables.table(columns)}</div>'


def _asked(row: QuestionRow, chosen: str) -> str:
    text = escape(row.question.short)
    return f"<b>{text}</b>" if row.question.id == chosen else text


def _share(figure: Figure) -> str:
    return f"<small>{figure.status}</small>" if figure.share is None else f"<b>{percent(figure.share)}</b>"


def _answers(figure: Figure) -> str:
    return "" if figure.n is None else number(figure.n)
