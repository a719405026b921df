"""Everything that is published: streamed, split where a sheet is full, made by a process of its own."""

import subprocess
import sys
import tempfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from data_access.dashboard import queries, store
from data_access.problems import Problem
from indicators.rights import OPERATOR
from indicators.selection import Option, Selection
from tests.exports.conftest import STUDENTS
from tests.exports.test_formats import FORMULAS, ILLEGAL
from tests.exports.test_hidden import NAMES, stores, three_towns  # noqa: F401 - the same three towns
from tests.made_up import ROSKILDE
from views.documents.data_columns import DECIMAL, HEADINGS, DataColumn
from views.documents.everything import everything, everything_menu, jobs, streamed
from views.subjects.distribution.report import distribution

pytestmark = pytest.mark.usefixtures("stores")


def written(target: Path, **more) -> Path:
    with store.reading(OPERATOR) as session:
        published = everything.Published(session, queries.release_in_force(session), STUDENTS)
        (everything.excel if target.suffix == ".xlsx" else everything.csv)(target, published, **more)
    return target


def test_the_workbook_and_the_csv_hold_the_numbers_of_the_screen(tmp_path):
    data = pd.read_excel(written(tmp_path / "alt.xlsx"), sheet_name="Data", dtype={"Kommunekode": str})
    same = pd.read_csv(
        written(tmp_path / "alt.csv"), sep=";", decimal=",", encoding="utf-8-sig", dtype={"Kommunekode": str}
    )

    pd.testing.assert_frame_equal(data, same, check_dtype=False, atol=1e-6)
    assert tuple(data.columns) == HEADINGS
    with store.reading(OPERATOR) as session:
        table = distribution(session, Selection(STUDENTS, 2025, Option(ROSKILDE, NAMES[ROSKILDE])))
    own = data[data["Nøgle"].str.startswith(f"student|{ROSKILDE}|alle|alle|")].set_index("Spørgsmål-id")
    assert len(own) == len(table.rows) == 2
    for row in table.rows:
        found = own.loc[row.question.id]
        assert (found["Antal svar"], found["Antal enige"], found["Status"]) == (
            row.figure.n, row.figure.favourable, row.figure.status,
        )  # fmt: skip


def test_a_full_sheet_goes_on_in_another_with_a_word_on_the_cover(tmp_path):
    whole = pd.read_excel(written(tmp_path / "alt.xlsx"), sheet_name="Data")
    split = load_workbook(written(tmp_path / "delt.xlsx", most_rows=7))
    names = [name for name in split.sheetnames if name.startswith("Data")]

    assert names[:2] == ["Data", "Data (2)"]
    rows = [row for name in names for row in split[name].iter_rows(min_row=2, values_only=True)]
    assert [row[0] for row in rows] == whole["Nøgle"].tolist()
    assert all(split[name].max_row <= 8 for name in names)
    assert any("CSV-filen har det hele" in (cell.value or "") for cell in split["Forside"]["A"])
    tables = [table.displayName for sheet in split for table in sheet.tables.values()]
    assert len(set(tables)) == len(tables)


@pytest.mark.parametrize("words", [*FORMULAS, ILLEGAL, "_x0041_", " luft ", "<b>&"])
def test_no_text_of_a_streamed_sheet_is_worked_out_or_breaks_the_file(tmp_path, words):
    columns = [DataColumn("Tekst", "", str), DataColumn("Tal", "", str, DECIMAL)]
    sheet = streamed.Long("Data", columns, [(words, -0.5)])
    streamed.write(tmp_path / "a.xlsx", words, [sheet], lambda _book, _done: None)

    cell = load_workbook(tmp_path / "a.xlsx")["Data"]["A2"]
    assert cell.data_type in ("s", "inlineStr")
    allowed = "".join(sign for sign in words if sign not in "\x00\x0b\ufffe")
    assert unescape(cell.value) == allowed.replace("\r\n", "\n").replace("\r", "\n")


def stopped(job: jobs.Job) -> None:
    job.process.kill()
    job.process.wait(60)


@pytest.mark.slow
def test_a_process_of_its_own_makes_the_file_once_for_all_who_ask():
    wanted = jobs.FileRequest(1, "student", "alle", "xlsx")
    job = jobs.begin(wanted)

    assert jobs.begin(wanted) is job is jobs.known(wanted)
    job.process.wait(60)
    assert job.problem == ""
    assert len(pd.read_excel(BytesIO(job.file.read_bytes()), sheet_name="Data")) > 10


@pytest.mark.slow
def test_a_store_that_is_made_anew_under_a_running_server_gives_a_new_file():
    with store.reading(OPERATOR) as session:
        report = everything.Published(session, queries.release_in_force(session), STUDENTS).cover()
    before = everything_menu.wanted(report, "csv")
    job = jobs.begin(before)
    job.process.wait(60)

    with store.writing(OPERATOR) as session:
        queries.release_in_force(session).made_at += timedelta(seconds=1)

    after = everything_menu.wanted(report, "csv")
    assert jobs.known(before) is job
    assert jobs.known(after) is None
    assert after.release == before.release


@pytest.mark.slow
def test_what_goes_wrong_in_the_process_is_told_in_danish_and_can_be_tried_again():
    wanted = jobs.FileRequest(99, "student", "alle", "csv")
    job = jobs.begin(wanted)
    job.process.wait(60)

    assert job.problem == "Udgivelse 99 findes ikke længere. Genindlæs siden."
    again = jobs.begin(wanted)
    assert again is not job
    stopped(again)


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_no_half_file_and_a_full_disk_is_told(monkeypatch):
    wanted = jobs.FileRequest(1, "student", "alle", "xlsx")
    job = jobs.Job(wanted)
    stopped(job)
    half = job.folder / "alt.unfinished.xlsx"
    half.write_bytes(b"half")

    assert job.problem == jobs.FAILED
    assert not half.exists()
    monkeypatch.setattr(tempfile, "tempdir", "/dev/full")
    with pytest.raises(Problem, match="Filen kunne ikke dannes"):
        jobs.begin(jobs.FileRequest(1, "student", "alle", "csv"))
    (job.folder / "alt.unfinished.csv").symlink_to("/dev/full")
    child = [sys.executable, "-m", "views.documents.everything.writing_process", str(job.folder / "alt.csv")]
    full = subprocess.run(
        [*child, "--release", "1", "--survey", "student"], capture_output=True, text=True, check=False
    )
    assert "disk er fuld" in full.stderr
    assert not job.file.with_suffix(".csv").exists()


def test_what_a_server_that_was_killed_has_left_is_removed_but_nothing_in_use(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{jobs.PREFIX}left"
    left.mkdir()
    (left / "alt.xlsx").write_bytes(b"old")
    job = jobs.Job(jobs.FileRequest(99, "student", "alle", "csv"))

    jobs.tidy()

    assert [one.name for one in tmp_path.glob(f"{jobs.PREFIX}*")] == [job.folder.name]
    stopped(job)
    folder = job.folder
    del job
    assert not folder.exists()
