"""The sheet Figurer: charts that Excel draws itself of the tables, so that they can be edited and copied."""

from collections.abc import Iterator, Sequence
from math import ceil

from openpyxl.chart._chart import ChartBase
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from indicators.data_quality import CoverageTable, NationalParticipation
from indicators.ranking import Ranking
from indicators.report import FigureTable
from indicators.trend import Trend
from views.documents.excel_charts import bars, lines
from views.documents.excel_charts.parts import SHEET, Place
from views.documents.sections import Section, Years
from views.documents.sheets import Workbook, clean, fit_to_page, font, put
from views.foundation import theme

ABOUT = (
    "Hvert diagram bygger på tabellen i det ark, der er nævnt over det, og følger med, når tallene dér "
    "ændres. De kan rettes og kopieres til andre programmer."
)
ROW_HEIGHT = 0.53
"""Centimetres."""
NEITHER_SHARES_NOR_LIMITS = ("Nedre grænse", "Øvre grænse", "Forventet")
BETWEEN = ("#4292C6", "#807DBA", "#7F2704", "#F16913")


def draw(book: Workbook, sections: Sequence[Section]) -> None:
    """Adds the sheet, if any of the sections can be drawn; their sheets are there already."""
    found = [
        (section, sheet.title, chart)
        for section, sheet in zip(sections, book.worksheets[1:], strict=False)
        if (chart := chart_of(section, _place(sheet)))
    ]
    if not found:
        return
    figures = book.create_sheet(SHEET)
    put(figures, 1, 1, SHEET).font = font(14, bold=True)
    put(figures, 2, 1, ABOUT).font = font()
    row = 4
    for number, (section, name, chart) in enumerate(found, start=1):
        if number > 1:
            figures.row_breaks.append(Break(id=row - 1))
        put(figures, row, 1, f"Figur {number} bygger på arket {name}. {section.about}").font = font()
        chart.alt_text = clean(f"{section.title}. {section.about}. Tallene står i arket {name}.")
        figures.add_chart(chart, f"A{row + 1}")
        row += ceil(chart.height / ROW_HEIGHT) + 3
    fit_to_page(figures, "landscape")


def _place(sheet: Worksheet) -> Place:
    (table,) = sheet.tables.values()
    first_column, top, _, _ = range_boundaries(table.ref)
    return Place(sheet, top, first_column)


def chart_of(section: Section, place: Place) -> ChartBase | None:
    """The chart of a section, if there is one that says something."""
    report = section.report
    if report is None or isinstance(report, CoverageTable | NationalParticipation | Years):
        return None
    if isinstance(report, Trend):
        return lines.years(report, section.title, place)
    columns = _bars(section)
    return bars.bars(columns, place) if columns and columns.rows else None


def _bars(section: Section) -> bars.Bars | None:
    """Which columns are drawn, and how."""
    frame, report = section.frame, section.report
    label = "Spørgsmål" if "Spørgsmål" in frame else frame.columns[0]
    if isinstance(report, FigureTable) and len({row.scale for row in report.rows}) == 1:
        options = [option.text for option in report.rows[0].scale.best_first]
        if set(options) <= set(frame.columns):
            colours = dict(zip(options, theme.answer_colours(len(options)), strict=True))
            return bars.Bars(section.title, frame, label, colours, stacked=True)
    numbers = frame.select_dtypes("float").columns
    shares = [name for name in numbers if name not in NEITHER_SHARES_NOR_LIMITS]
    if not shares:
        return None
    if isinstance(report, Ranking):
        return _ranking(section, label, shares[0])
    shares = shares[:1] if isinstance(report, FigureTable) else shares
    return bars.Bars(section.title, frame, label, dict(_colours(shares)))


def _ranking(section: Section, label: str, share: str) -> bars.Bars:
    """Each with its uncertainty, the own ones marked."""
    own = {one.name for one in section.report.own}
    marked = tuple(at for at, name in enumerate(section.frame[label]) if name in own)
    return bars.Bars(
        section.title, section.frame, label, {share: theme.OTHER_UNITS}, limits=True, marked=marked
    )


def _colours(headings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The own one dark, everyone else grey, and others in between."""
    between = iter(BETWEEN * len(headings))
    for number, heading in enumerate(headings):
        grey = heading.startswith("Alle andre")
        yield heading, theme.OWN if number == 0 else theme.OTHERS if grey else next(between)
