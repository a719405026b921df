"""What the page has drawn in this run, so that files are made of the very charts and tables on the screen."""

from collections.abc import Callable

import pandas as pd

from indicators.report import Report
from views.documents.sections import Drawing, Section
from views.foundation import filter_bar

CHARTS, SECTIONS = "tegnede diagrammer", "viste figurer"


def begin() -> None:
    """Nothing has been drawn yet."""
    filter_bar.let_go(CHARTS)
    filter_bar.let_go(SECTIONS)


def note_chart(report: Report, draw: Callable[[], Drawing]) -> None:
    """A chart of the report, or HTML, is on the page, and this draws it."""
    # The report is kept along, so that no later one can get its identity.
    filter_bar.held(CHARTS, dict).setdefault(id(report), (report, []))[1].append(draw)


def note_table(
    report: Report, sheet: str, table: Callable[[], pd.DataFrame], title: str = "", **more: object
) -> Section:
    """The report's figure is complete: its table with the charts noted before it, none of them made yet.

    `more` is what else the section carries.
    """
    _, charts = filter_bar.held(CHARTS, dict).pop(id(report), (report, []))
    about = report.selection.describe()
    section = Section(sheet, title or report.title, about, table, report, tuple(charts), **more)
    filter_bar.held(SECTIONS, dict)[sheet] = section
    return section


def sections() -> tuple[Section, ...]:
    """The figures of the page, in their order."""
    return tuple(filter_bar.held(SECTIONS, dict).values())
