"""A section on a page: its pictures, and under them the table, how it is read, and what takes it home.

Files are made of the very sections that the page shows, and none before somebody clicks.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data_access.dashboard.events import note_export
from views.documents.files import csv_text, workbook
from views.documents.pictures.picture import png, svg
from views.documents.sections import Picture, Section, file_name
from views.foundation import blocks, figures, filter_bar, page_parts, readings, vega, visitor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SHOWN = "viste figurer"
CSV = "text/csv"
PNG = "image/png"
SVG = "image/svg+xml"


def begin() -> None:
    """Before the page: nothing has been shown yet."""
    filter_bar.let_go(SHOWN)


def shown() -> tuple[Section, ...]:
    """The figures of the page, in their order."""
    return tuple(filter_bar.held(SHOWN, dict).values())


def pictures(section: Section) -> None:
    """The charts of the section, below each other."""
    for one in section.pictures:
        picture(one)


def picture(shown: Picture) -> None:
    """The chart with its finding in words for those who do not see it; a click chooses."""
    if shown.is_html:
        st.html(shown.drawn())
        return
    clicks = shown.clicks
    text = readings.alt_text(shown.says or shown.report.title, shown.report.selection)
    clicked, interaction = (), {}
    if clicks:
        clicked = tuple(filter(None, (clicks.field, clicks.unit)))
        choose = partial(filter_bar.take, clicks)
        interaction = {"key": clicks.chart, "on_select": choose, "selection_mode": vega.CLICKED}
    chart = figures.drawn(shown.draw, shown.report, *shown.choices, clicked=clicked)
    st.vega_lite_chart(chart, width="stretch", theme=None, alt=text, **interaction)


def under(section: Section) -> None:
    """What stands under every figure: the same numbers as a table, how to read it, and the files of it.

    The table is made when somebody unfolds it, or takes it home.
    """
    filter_bar.held(SHOWN, dict)[section.sheet] = section
    page_parts.expander("Vis som tabel", f"tabel {section.sheet}", lambda: blocks.plain_table(section.frame))
    if section.reading:
        show = partial(st.markdown, section.reading)
        page_parts.expander("Sådan læses figuren", f"læsning {section.sheet}", show)
    with st.container(horizontal=True, key=f"hent {section.sheet}"):
        download("Hent Excel", partial(workbook.written, [section]), _name(section, "xlsx"), XLSX)
        page_parts.popover("Flere formater", f"formater {section.sheet}", partial(_other_formats, section))


def _other_formats(section: Section) -> None:
    download("CSV (semikolon)", partial(csv_text.csv, section), _name(section, "csv"), CSV)
    if section.pictures:
        download("Billede (PNG)", partial(png, section), _name(section, "png"), PNG)
        download("Tegning (SVG)", partial(svg, section), _name(section, "svg"), SVG)


def download(
    label: str, made: Callable[[], bytes], name: str, mime: str, icon: str = ":material/download:"
) -> None:
    """A button whose file is made when it is clicked, of what the reader may read then; the log says so."""
    taken_home = visitor.bound(partial(_taken_home, made, label, name))
    key = f"{label} {name}"
    st.download_button(label, taken_home, file_name=name, mime=mime, on_click="ignore", icon=icon, key=key)


def _taken_home(made: Callable[[], bytes], label: str, name: str) -> bytes:
    """The file; its name says of what it is and of which release."""
    content = made()
    note_export(visitor.credential(), label, file=name)
    return content


def _name(section: Section, ending: str) -> str:
    return file_name(section.report, ending, section.sheet)
