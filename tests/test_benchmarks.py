"""The benchmarks measure what they say: both sides go through the same rows, answers, cells and sheets."""

import json
import platform
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from benchmarks import __main__ as command
from benchmarks import clicking, importing, releasing, round_trip, selecting, stage, turning, workbooks
from benchmarks.disclosure_risk import made_up_round, measure_risk
from benchmarks.measuring import fresh_copies, medians, peak_memory
from indicators.figure import State
from views.documents.files.workbook import written
from views.subjects.distribution.distribution import section
from views.subjects.distribution.report import distribution

pytestmark = pytest.mark.slow

TWENTIETH = 0.05
DONT_KNOW = 9


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> stage.Stage:
    """A twentieth of the sample's round, imported and published."""
    return stage.prepare(tmp_path_factory.mktemp("tiny"), TWENTIETH)


def rows_in(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def answered_sheets(tiny: stage.Stage) -> list[dict]:
    store = tiny.imported / stage.CONFIDENTIAL_STORE
    return [
        json.loads(answers)
        for (answers,) in rows_in(store, "SELECT answers FROM answer_sheet WHERE answered")
    ]


def hold(megabytes: int) -> int:
    return len(b"x" * megabytes * 1_000_000)


def test_a_round_twice_as_large_has_the_same_answers_from_new_persons(tmp_path):
    rows = stage.write_export(tmp_path, 2)
    written = pd.read_csv(tmp_path / "dataset.csv", sep=";", dtype=str)
    first, second = written[: rows // 2], written[rows // 2 :].reset_index(drop=True)
    new = ["responde", "studienr", "email"]

    pd.testing.assert_frame_equal(first.drop(columns=new), second.drop(columns=new))
    assert [set(first[column]) & set(second[column]) for column in new] == [set(), set(), set()]
    assert first["studienr"].nunique() == second["studienr"].nunique()


def test_both_imports_go_through_every_row_of_the_file(tiny, tmp_path):
    report = stage.import_export(tmp_path, tiny.export)
    importing.load_with_pandas(tmp_path, tiny.export)
    plain = rows_in(tmp_path / importing.BASELINE_STORE, "SELECT count(*) FROM dataset")

    assert report.rows_read == tiny.rows == plain[0][0] == 413
    assert rows_in(tmp_path / stage.CONFIDENTIAL_STORE, "SELECT count(*) FROM answer_sheet") == [
        (tiny.sheets,)
    ]
    assert report.added + report.left_out.total() == tiny.rows


def test_the_plain_groupby_counts_every_answer_once(tiny, tmp_path):
    releasing.count_groups(tmp_path, tiny.imported)
    counts = rows_in(
        tmp_path / releasing.BASELINE_STORE,
        "SELECT question, sum(count) FROM group_counts GROUP BY question",
    )

    assert dict(counts) == Counter(question for answers in answered_sheets(tiny) for question in answers)


def test_the_fairer_groupby_finds_the_very_numbers_that_the_release_publishes(tiny, tmp_path):
    releasing.count_cells(tmp_path, tiny.imported, releasing.units_by_place(tiny))
    counted = Counter()
    for *cell, option, count in rows_in(
        tmp_path / releasing.BASELINE_STORE,
        "SELECT unit, education_id, institution_id, question, option, count FROM cell_counts",
    ):
        counted[tuple(cell)] += count * (option != DONT_KNOW)
    shown = rows_in(
        tiny.published / stage.DASHBOARD_STORE,
        "SELECT unit_key, education_id, institution_id, question_id, n "
        "FROM published_cell JOIN published_figure ON cell_id = id WHERE n IS NOT NULL",
    )

    assert len(shown) > 800
    assert [row for row in shown if counted[row[:-1]] != row[-1]] == []


@pytest.mark.slow
def test_each_turn_of_a_release_begins_with_the_reference_data_and_nothing_published(tiny):
    copies = fresh_copies(tiny.unpublished, 2)
    first = next(copies)
    stage.publish(first, tiny.imported)
    published = rows_in(first / stage.DASHBOARD_STORE, "SELECT round_id FROM published_round")
    second = next(copies) / stage.DASHBOARD_STORE

    assert published == [(stage.ROUND_ID,)]
    assert rows_in(second, "SELECT count(*) > 100 FROM unit") == [(1,)]
    assert rows_in(second, "SELECT count(*) FROM release") == [(0,)]
    assert not first.exists()
    copies.close()


def test_the_bare_query_brings_the_figures_of_the_same_selection(tiny):
    path = tiny.published / stage.DASHBOARD_STORE
    with stage.reading(path) as session, closing(sqlite3.connect(path)) as connection:
        chosen = selecting.selections(session)
        for selection in chosen:
            table = distribution(session, selection)
            rows = selecting.bare_query(connection, selection)
            bare = {question: n for _answers, _invited, question, n, *_ in rows}
            told = {r.question.id: r.figure.n for r in table.rows if r.figure.state is not State.NO_ANSWERS}
            assert bare
            assert bare == told

    assert len(set(chosen)) == len(chosen) > 40
    assert len({selection.unit.key.partition(":")[0] for selection in chosen}) >= 5
    assert len({selection.education for selection in chosen}) >= 5


def test_both_workbooks_hold_the_same_cells(tiny):
    with stage.reading(tiny.published / stage.DASHBOARD_STORE) as session:
        table = distribution(session, selecting.selections(session)[0])
    ours = workbooks.frames_in(written([section(table)]))
    theirs = workbooks.frames_in(workbooks.write_with_pandas(ours))

    assert list(ours) == list(theirs) == ["Forside", "Fordeling", "Figurer", "Data", "Kodebog"]
    assert len(ours["Fordeling"]) == len(table.rows) + 3
    for name, frame in ours.items():
        pd.testing.assert_frame_equal(frame, theirs[name])


def test_both_readers_of_the_sheet_of_initiatives_go_through_every_row(tiny, tmp_path):
    store = shutil.copytree(tiny.published, tmp_path / "store") / stage.DASHBOARD_STORE
    round_trip.fill(store, 120)
    file = round_trip.edited_sheet(store)

    found = round_trip.previewed(store, file)
    assert (len(found.changes), found.refused, found.unchanged) == (120, (), 0)
    assert len(round_trip.read_with_pandas(file)) == 120


def test_all_works_take_turns_and_the_slower_one_shows():
    turns = []

    def quick(subject: int) -> None:
        turns.append(("quick", subject))

    def slow(subject: int) -> None:
        turns.append(("slow", subject))
        sum(range(300_000))

    seconds = medians({"quick": quick, "slow": slow}, [1, 2, 3])

    assert turns == [(name, subject) for subject in (1, 2, 3) for name in ("quick", "slow")]
    assert seconds["slow"] > seconds["quick"] > 0


def test_peak_memory_is_that_of_the_work_alone():
    large, small = (peak_memory(hold, megabytes) for megabytes in (200, 60))

    assert 195 < large < 230
    assert 55 < small < 90


@pytest.mark.slow
def test_the_command_writes_a_table_that_says_nothing_of_the_machine_but_its_size(
    tmp_path, capsys, monkeypatch
):
    """All but the clicks and page turns, for which so small a round has too few charts."""
    in_a_browser = (clicking.measure, turning.measure)
    without_clicks = tuple(measure for measure in command.MEASUREMENTS if measure not in in_a_browser)
    monkeypatch.setattr(command, "MEASUREMENTS", without_clicks)
    command.main(sizes="0.01", out=tmp_path / "table.md")
    text = (tmp_path / "table.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if "0.01 ×" in line]

    assert capsys.readouterr().out.strip() == text.strip()
    assert [row[0].removeprefix("| ") for row in rows] == [
        "Import",
        "Import, peak memory",
        "Release",
        "Release",
        "Release, peak memory",
        "Selection to figures",
        "Workbook",
        "Workbook of everything",
        "Sheet of initiatives",
        "Sheet of initiatives, peak memory",
    ]
    assert f"Python {platform.python_version()}" in text
    assert platform.node() not in text
    assert str(Path(__file__).parent.parent) not in text


def test_the_risk_is_that_of_the_round_that_was_decided_on():
    made_up = made_up_round(500, questions=1)

    five, ten = (measure_risk(made_up, least_persons) for least_persons in (5, 10))

    assert five.answers == 500
    for risk in (five, ten):
        assert risk.visible_answers[0] == risk.visible_responses[0] == 1
        assert 0 < risk.visible_answers[3] < 1
        assert risk.details.hidden_few > risk.details.known_few > 0
    assert five.details.bounds > 0
    assert ten.details.bounds == 0, "ten persons are enough for a share near unanimity"
    assert len([*five.lines()]) == 10
