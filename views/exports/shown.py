"""What the page has drawn in this run, so that files are made of the very charts and tables on the screen."""

import altair as alt
import pandas as pd

from indicators.report import Report
from views import filters
from views.exports.sections import Section, of_report

CHARTS, SECTIONS = "tegnede diagrammer", "viste figurer"


def begin() -> None:
    """Nothing has been drawn yet."""
    filters.let_go(CHARTS)
    filters.let_go(SECTIONS)


def note_chart(report: Report, drawn: alt.LayerChart | alt.Chart) -> None:
    """A chart of the report is on the page."""
    # The report is kept along, so that no later one can get its identity.
    filters.held(CHARTS, dict).setdefault(id(report), (report, []))[1].append(drawn)


def note_table(report: Report, sheet: str, frame: pd.DataFrame) -> Section:
    """The report's figure is complete: its table with the charts noted before it."""
    _, charts = filters.held(CHARTS, dict).pop(id(report), (report, []))
    section = of_report(report, sheet, frame, charts)
    filters.held(SECTIONS, dict)[sheet] = section
    return section


def sections() -> tuple[Section, ...]:
    """The figures of the page, in their order."""
    return tuple(filters.held(SECTIONS, dict).values())
