"""The command line, as a process of its own: what the secretariat types and reads."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parent.parent


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Runs manage.py; the environment says which stores."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def stores(tmp_path: Path) -> dict[str, str]:
    """Addresses of stores that are not there yet."""
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path}/dashboard.sqlite",
        "CONFIDENTIAL_DATABASE_URL": f"sqlite:///{tmp_path}/confidential.sqlite",
    }


SUPERVISORS = ["sample_data/rounds/supervisor-2025/answers.csv", "--round", "supervisor-2025"]
MAPPING = ["--mapping", "sample_data/mappings/supervisor.toml"]


def test_the_whole_line_from_import_to_workbook(stores, tmp_path):
    dry = manage("import", *SUPERVISORS, *MAPPING, "--dry-run", **stores)
    first = manage("import", *SUPERVISORS, *MAPPING, **stores)
    again = manage("import", *SUPERVISORS, *MAPPING, **stores)
    published = manage("publish", **stores)
    listed = manage("releases", **stores)
    out = tmp_path / "greve.xlsx"
    exported = manage("export", "--survey", "supervisor", "--year", "2025", "--out", str(out), **stores)

    assert "Intet er ændret" in dry.stdout
    assert "Importen er gemt" in first.stdout
    assert "Intet er ændret" in again.stdout
    assert "Udgivelse 1 gælder nu (styregruppe): supervisor-2025" in published.stdout
    assert listed.stdout.startswith("*   1")
    assert exported.returncode == 0, exported.stderr
    data = pd.read_excel(BytesIO(out.read_bytes()), sheet_name="Data")
    assert len(data) == 10
    assert data["Antal svar"].min() > 1000


def test_an_earlier_release_is_restored_by_its_number(stores):
    manage("import", *SUPERVISORS, *MAPPING, **stores)
    manage("publish", **stores)
    manage("publish", **stores)
    restored = manage("restore-release", "1", **stores)
    listed = manage("releases", **stores).stdout.splitlines()

    assert "Udgivelse 1 gælder nu" in restored.stdout
    assert [line[0] for line in listed] == [" ", "*"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["publish"], "Der er endnu intet datalager"),
        (["releases"], "Der er endnu intet datalager"),
        (["restore-release", "3"], "Udgivelse 3 findes ikke"),
        (
            ["export", "--survey", "student", "--year", "2025", "--out", "x.xlsx"],
            "Der er endnu intet datalager",
        ),
        (["import", "findes-ikke.csv", "--round", "supervisor-2025", *MAPPING], "findes-ikke.csv"),
    ],
)
def test_an_expected_problem_is_one_danish_sentence_and_exit_code_1(stores, arguments, message):
    done = manage(*arguments, **stores)

    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_check_finds_a_figure_that_rests_on_too_few_persons(sample_stores, tmp_path):
    import sqlite3

    whole = manage(
        "check",
        DATABASE_URL=sample_stores.dashboard_url,
        CONFIDENTIAL_DATABASE_URL=sample_stores.confidential_url,
    )
    assert whole.returncode == 0, whole.stdout
    copy = tmp_path / "tampered.sqlite"
    with (
        sqlite3.connect(sample_stores.dashboard_url.removeprefix("sqlite:///")) as source,
        sqlite3.connect(copy) as target,
    ):
        source.backup(target)
        target.execute(
            "UPDATE published_figure SET persons = 4 WHERE rowid = (SELECT max(rowid) FROM published_figure WHERE n > 5)"
        )
    for connection in (source, target):
        connection.close()

    tampered = manage(
        "check",
        DATABASE_URL=f"sqlite:///{copy}",
        CONFIDENTIAL_DATABASE_URL=f"sqlite:///{tmp_path}/none.sqlite",
    )

    assert tampered.returncode == 1
    assert "FEJL 1 viste tal hviler på færre end 5 personer" in tampered.stdout
