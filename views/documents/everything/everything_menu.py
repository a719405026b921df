"""Asking for everything: begun with one click, made beside the page, fetched when it is done."""

from functools import partial

import streamlit as st

from indicators.danish import number
from indicators.report import Report
from indicators.selection import ALL
from views.documents.everything import jobs
from views.documents.everything.jobs import FileRequest
from views.documents.files.page_figures import CSV, XLSX, download
from views.documents.sections import file_name_of_all
from views.foundation import figures, problems
from views.foundation.page_parts import literal

EXCEL_OR_CSV = {"xlsx": ("Hent alt (Excel)", XLSX), "csv": ("Hent alt (CSV)", CSV)}
WHAT = "Hent alt: alle enheder og år for {survey}, {education}. Filen laves først; arbejd bare videre imens."
EVERY_SECOND = 1.0


def offer(report: Report) -> None:
    """Everything of the report's survey and education, as a workbook or as csv."""
    chosen = report.selection
    education = "alle uddannelser" if chosen.education.key == ALL else chosen.education.name
    st.caption(literal(WHAT.format(survey=chosen.survey.name, education=education)))
    for ending in EXCEL_OR_CSV:
        file = wanted(report, ending)
        job = jobs.known(file)
        waits = job is not None and job.is_running
        problems.fragment(partial(_one, report), run_every=EVERY_SECOND if waits else None)(file, waits)


def wanted(report: Report, ending: str) -> FileRequest:
    """The file of the release that the page is of."""
    chosen, release = report.selection, report.origin.release
    return FileRequest(release, chosen.survey.key, chosen.education.key, ending, figures.made_at())


def _one(report: Report, file: FileRequest, waits: bool) -> None:
    """A button, then how far it is, then the file."""
    label, mime = EXCEL_OR_CSV[file.ending]
    job = jobs.known(file)
    if waits and not (job and job.is_running):
        st.rerun()  # the page, which then does not ask every second any more
    if job is None or job.problem:
        if job:
            st.error(literal(job.problem))
        if st.button(label, icon=":material/inventory_2:", key=f"alt {file}"):
            with problems.told_to_the_reader():
                jobs.begin(file)
                st.rerun()
    elif job.is_running:
        done, total = job.progress
        said = f"{number(done)} af {number(total)} linjer" if total else "Begynder …"
        st.progress(min(done / total, 1.0) if total else 0.0, said)
    else:
        download(label, job.content, file_name_of_all(report, file.ending), mime, report.selection)
