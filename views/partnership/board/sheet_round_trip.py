"""The initiatives as a workbook: taken home, edited, shown beside what is there, and read back."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from data_access.partnerships.files import initiative_sheet
from data_access.partnerships.files.initiative_sheet import Preview, initiative_listing
from data_access.problems import EditProblem, Problem
from indicators.danish import number
from indicators.partnership.board import Choice
from views.documents.files import page_figures
from views.documents.files.listings import workbook_of
from views.documents.files.page_figures import XLSX
from views.foundation import filter_bar, page_parts, tables
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import markup
from views.partnership.records import commands

UPLOADS = "indlæst"
HOW = (
    "Hent arket, ret i kolonnerne med blå overskrift, og vælg det her. Intet ændres, før du har set, "
    "hvad der vil ske, og har bekræftet. En række, som andre har ændret i dashboardet imens, afvises alene."
)


def download(choice: Choice) -> None:
    """The initiatives of the choice, made when somebody asks for them."""
    page_figures.download(
        "Hent indsatser", partial(_workbook, choice), f"indsatser-{today().isoformat()}.xlsx", XLSX
    )


def _workbook(choice: Choice) -> bytes:
    return workbook_of(query(initiative_listing, today(), choice))


@commands.writes
def upload(who: str) -> None:
    """An edited workbook: what it would change, then whether it shall."""
    with st.expander("Indlæs et rettet ark"):
        st.markdown(HOW)
        times = filter_bar.held(UPLOADS, int)
        file = page_parts.file_box("Ark med indsatser", "xlsx", f"rettet ark {times}")
        if file is None:
            return
        try:
            preview = query(initiative_sheet.preview, today(), file.name, file.getvalue())
        except Problem as problem:
            st.error(literal(str(problem)))
            return
        _preview(preview)
        if preview.changes and st.button(f"Indlæs {_rows(len(preview.changes))}", type="primary"):
            commands.run("Arket er indlæst", who, _apply, preview, times)


def _apply(session: Session, who: str, preview: Preview, times: int) -> None:
    try:
        initiative_sheet.apply(session, who, today(), preview)
    except EditProblem as problem:
        raise EditProblem(f"Intet er indlæst. {problem}") from problem
    page_parts.let_go_of_files()
    # A box for files has no way to be emptied from here; one of another name is a new one, and empty.
    filter_bar.let_go(UPLOADS)
    filter_bar.held(UPLOADS, lambda: times + 1)


def _rows(count: int) -> str:
    return f"{number(count)} {'række' if count == 1 else 'rækker'}"


def _preview(preview: Preview) -> None:
    rows, refused = _rows(len(preview.changes)), len(preview.refused)
    st.markdown(f"**{rows} ændres, {number(refused)} afvises, {number(preview.unchanged)} er som før.**")
    for note in preview.notes:
        st.info(literal(note))
    if preview.refused:
        columns = (
            tables.Column("Afvist række", [markup.escape(row.place) for row in preview.refused]),
            tables.Column("Indsats", [markup.escape(row.title) for row in preview.refused]),
            tables.Column("Fordi", [markup.escape(row.reason) for row in preview.refused]),
        )
        st.html(tables.table(columns))
    if preview.changes:
        st.html(tables.table(_changed(preview)))


def _changed(preview: Preview) -> tuple[tables.Column, ...]:
    cells = [
        (row, heading, before, after)
        for row in preview.changes
        for heading, before, after in (
            *((cell.heading, cell.before, cell.after) for cell in row.cells),
            *([("Ny statusopdatering", "", row.news)] if row.news else []),
        )
    ]
    return (
        tables.Column("Indsats", [markup.escape(f"{row.title} ({row.place})") for row, *_ in cells]),
        tables.Column("Felt", [markup.escape(heading) for _, heading, *_ in cells]),
        tables.Column("Før", [markup.free(before) for *_, before, _ in cells]),
        tables.Column("Efter", [markup.free(after) for *_, after in cells]),
    )
