"""What a file is made of: one table each, with its report and the charts that show it."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd
from openpyxl.chart._chart import ChartBase

from indicators.report import Listing, Report
from indicators.selection import ALL
from views.documents.legends import LegendEntry
from views.documents.sheets import Place
from views.foundation.vega import Clicks


@dataclass(frozen=True)
class Picture:
    """A chart, or HTML, as a function of a report and the reader's choices; a click on it may choose."""

    draw: Callable[..., alt.TopLevelMixin | str]
    report: Report
    choices: tuple[Hashable, ...] = ()
    is_html: bool = False
    says: str = ""
    """Its finding in words, where that is not the report's title: for those who do not see it."""
    clicks: Clicks | None = None

    def drawn(self) -> alt.TopLevelMixin | dict | str:
        """The chart, itself or as Vega-Lite, or the HTML."""
        return self.draw(self.report, *self.choices)


@dataclass(frozen=True)
class Section:
    """A figure as the reader sees it: title, selection in words, table, pictures, and how it is read.

    A listing, such as the initiatives, has no report. What a file needs to know of the subject is given by
    whoever makes the section.
    """

    sheet: str
    title: str
    about: str
    table: Callable[[], pd.DataFrame]
    report: Report | None = None
    pictures: tuple[Picture, ...] = ()
    reading: str = ""
    """How the figure is read."""
    measure: str = ""
    """What the charts measure, for a picture that has left the words above them behind."""
    legend: tuple[LegendEntry, ...] = ()
    """The signs of the charts, beside the colours that these give names to themselves."""
    credit: str = ""
    """Whom a drawing owes its outlines."""
    excel_chart: "Callable[[Section, Place], ChartBase | None] | None" = None
    """Draws of the table, which stands in that place, a chart that Excel can edit."""

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The table, made when it is first asked for."""
        return self.table()

    @property
    def note(self) -> str:
        """Where the table is from, in one line."""
        return self.report.origin.describe() if self.report else ""


def of_report(
    report: Report,
    sheet: str,
    table: Callable[[], pd.DataFrame],
    pictures: Iterable[Picture] = (),
    **more: Any,
) -> Section:
    """The section of a report, under its title and about its selection unless `more` says otherwise."""
    about = {"title": report.title, "about": report.selection.describe()}
    return Section(sheet=sheet, table=table, report=report, pictures=tuple(pictures), **(about | more))


def of_listing(sheet: str, listing: Listing, about: str) -> Section:
    """The section of rows that are public as they stand."""
    headings = [column.heading for column in listing.columns]
    frame = pd.DataFrame(list(listing.rows), columns=headings, dtype=object)
    return Section(sheet, listing.title, about, lambda: frame)


def file_name(report: Report, ending: str = "xlsx", part: str = "") -> str:
    """E.g. praktik_student_2025_roskilde-kommune_udgivelse-3_2025-12-08.xlsx."""
    chosen = report.selection
    return _name(
        report, (chosen.survey.key, str(chosen.years), chosen.unit.name, _education(report), part), ending
    )


def file_name_of_all(report: Report, ending: str) -> str:
    """E.g. praktik_student_alt_udgivelse-3_2025-12-08.xlsx: no year and no unit, for it holds them all."""
    return _name(report, (report.selection.survey.key, "alt", _education(report)), ending)


def _education(report: Report) -> str:
    education = report.selection.education
    return "" if education.key == ALL else education.name


def _name(report: Report, words: Iterable[str], ending: str) -> str:
    origin = report.origin
    edition = f"udgivelse-{origin.release}_{origin.released_on.isoformat()}"
    return f"praktik_{'_'.join(_plain(word) for word in words if word)}_{edition}.{ending}"


def _plain(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-")
