"""The buttons that take a figure home. Nothing is made before somebody clicks."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from views.documents import csv_text, workbook
from views.documents.pictures import picture
from views.documents.sections import Section, file_name
from views.foundation import unfolding

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
CSV, PNG, SVG = "text/csv", "image/png", "image/svg+xml"


def under_figure(section: Section) -> None:
    """The workbook, and the other formats behind one small button."""
    with st.container(horizontal=True, key=f"hent {section.sheet}"):
        download("Hent Excel", partial(workbook.written, [section]), _name(section, "xlsx"), XLSX)
        unfolding.popover("Flere formater", f"formater {section.sheet}", partial(_other_formats, section))


def _other_formats(section: Section) -> None:
    download("CSV (semikolon)", partial(csv_text.csv, section), _name(section, "csv"), CSV)
    if section.charts:
        download("Billede (PNG)", partial(picture.png, section), _name(section, "png"), PNG)
        download("Tegning (SVG)", partial(picture.svg, section), _name(section, "svg"), SVG)


def download(
    label: str, made: Callable[[], bytes], name: str, mime: str, icon: str = ":material/download:"
) -> None:
    """A button whose file is made when it is clicked."""
    st.download_button(
        label,
        made,
        file_name=name,
        mime=mime,
        on_click="ignore",
        icon=icon,
        key=f"{label} {name}",
    )


def _name(section: Section, ending: str) -> str:
    return file_name(section.report, ending, section.sheet)
