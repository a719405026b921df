"""The files of a whole page or unit, and of everything: one small popover for every page."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from indicators.profile import subject
from indicators.selection import Selection
from views.all_subjects import unit_file
from views.documents.everything import everything_menu
from views.documents.files import page_figures, workbook
from views.documents.files.page_figures import PPTX, XLSX, download
from views.documents.sections import Section, file_name
from views.foundation import figures, page_parts

LABEL = "Hent visning, enhed eller alt"
CHOOSE = "Vælg en enhed eller en uddannelse for at hente alt om den."


def take_home() -> None:
    """What can be taken home from here; last on the page, when all its figures are known."""
    if shown := [one for one in page_figures.shown() if one.report]:
        page_parts.popover(LABEL, "hent filer", partial(_offer, shown), icon=":material/download:")


def _offer(shown: Sequence[Section]) -> None:
    first = shown[0].report
    download("Hent denne visning", partial(workbook.written, shown), file_name(first), XLSX, first.selection)
    if subject(first.selection) is None:
        st.caption(CHOOSE)
    else:
        about = file_name(first, part="alt om enheden")
        download("Hent min enhed", partial(_unit, first.selection), about, XLSX, first.selection)
        download(
            "PowerPoint", partial(_slides, first.selection), file_name(first, "pptx"), PPTX, first.selection
        )
    everything_menu.offer(first)


def _unit(selection: Selection) -> bytes:
    with figures.pinned():
        return workbook.written(unit_file.sections(selection), _title(selection))


def _slides(selection: Selection) -> bytes:
    """Everything about the unit that has a picture, and its most certain findings over the years."""
    from views.documents.files import slides

    with figures.pinned():
        parts = [slides.Slide(section.title, section) for section in unit_file.slides(selection)]
        return slides.presentation(parts, _title(selection), selection.describe())


def _title(selection: Selection) -> str:
    return f"{subject(selection).name} {selection.years}"
