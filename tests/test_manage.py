"""The command line: what the secretariat types and reads, in a process of its own where that is what is shown."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, redirect_stderr, redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest

import manage as command
from data_access.access import reading_links, sessions
from data_access.access.sessions import Identity
from tests.conftest import writing
from tests.imports.made_files import written

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """The command as `typed`, without a process of its own, which takes longer to start than most commands."""
    said, told = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as here, redirect_stdout(said), redirect_stderr(told):
        here.chdir(ROOT)
        here.setattr(sys, "argv", ["manage.py", *arguments])
        for name, value in environment.items():
            here.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            command.main()
    return subprocess.CompletedProcess(arguments, end.value.code or 0, said.getvalue(), told.getvalue())


def typed(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Runs manage.py; the environment says which stores."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def addresses(folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{folder}/dashboard.sqlite",
        "CONFIDENTIAL_DATABASE_URL": f"sqlite:///{folder}/confidential.sqlite",
    }


@pytest.fixture
def stores(tmp_path: Path) -> dict[str, str]:
    """Addresses of stores that are not there yet."""
    return addresses(tmp_path)


SUPERVISORS = ["sample_data/rounds/supervisor-2025/answers.csv", "--round", "supervisor-2025"]
MAPPING = ["--mapping", "sample_data/mappings/supervisor.toml"]


def mapping_text() -> str:
    """The sample's mapping, to be used from another folder."""
    text = (ROOT / "sample_data/mappings/supervisor.toml").read_text(encoding="utf-8")
    return text.replace("../questionnaires", str(ROOT / "sample_data/questionnaires"))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What to type for an import of the sample's first 300 supervisors: quick to publish."""
    lines = (ROOT / SUPERVISORS[0]).read_text(encoding="utf-8").splitlines(keepends=True)
    file = tmp_path_factory.mktemp("few") / "answers.csv"
    file.write_text("".join(lines[:301]), encoding="utf-8")
    return ["import", str(file), *SUPERVISORS[1:], *MAPPING]


@pytest.fixture(scope="module")
def once_published(few: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both stores, once those few are imported and published."""
    folder = tmp_path_factory.mktemp("published")
    manage(*few, **addresses(folder))
    manage("publish", **addresses(folder))
    return folder


@pytest.fixture
def published(once_published: Path, tmp_path: Path) -> dict[str, str]:
    """Addresses of copies of them."""
    shutil.copytree(once_published, tmp_path / "published")
    return addresses(tmp_path / "published")


def test_the_whole_line_from_import_to_workbook(stores, few, tmp_path):
    dry = typed(*few, "--dry-run", **stores)
    first = typed(*few, **stores)
    again = manage(*few, **stores)
    published = typed("publish", **stores)
    listed = manage("releases", **stores)
    audited = manage("audit", "--json", **stores)
    out = tmp_path / "greve.xlsx"
    exported = typed("export", "--survey", "supervisor", "--year", "2025", "--out", str(out), **stores)

    assert "Intet er ændret" in dry.stdout
    assert "Importen er gemt" in first.stdout
    assert "Intet er ændret" in again.stdout
    assert "Udgivelse 1 gælder nu (styregruppe, mindst 5 personer): supervisor-2025" in published.stdout
    assert listed.stdout.startswith("*   1")
    assert exported.returncode == 0, exported.stderr
    data = pd.read_excel(BytesIO(out.read_bytes()), sheet_name="Data")
    assert len(data) == 10
    everything = manage("export-all", "--survey", "supervisor", "--out", str(tmp_path / "alt.csv"), **stores)
    assert everything.returncode == 0, everything.stderr
    whole = pd.read_csv(tmp_path / "alt.csv", sep=";", decimal=",", encoding="utf-8-sig")
    assert set(data["Nøgle"]) <= set(whole["Nøgle"])
    nowhere = manage(
        "export-all", "--survey", "supervisor", "--out", str(tmp_path / "ingen" / "a.csv"), **stores
    )
    assert "kan ikke skrives" in nowhere.stderr
    assert data["Antal svar"].min() > 100
    assert audited.returncode == 0
    found = json.loads(audited.stdout)["supervisor-2025"]
    assert found["derivable_groups_below_k"] == 0
    assert found["smallest_derivable_group"] >= 5
    assert found["cells"] == found["published"] + found["hidden"]


def test_an_audit_that_finds_a_small_group_says_so_and_fails(published):
    with sqlite3.connect(published["DATABASE_URL"].removeprefix("sqlite:///")) as dashboard:
        some = "SELECT id FROM published_cell WHERE answers IS NULL ORDER BY id LIMIT 20"  # all would take minutes
        dashboard.execute(f"UPDATE published_cell SET answers = 3, invited = 6 WHERE id IN ({some})")  # noqa: S608
    dashboard.close()
    audited = manage("audit", **published)

    assert audited.returncode == 1
    assert re.search(r"^supervisor-2025: \d+ besvarelser i [\d.]+ felter, hvoraf ", audited.stdout)
    assert re.search(r"[1-9]\d* grupper på under 5 personer kan udledes af de ", audited.stdout)


def test_an_earlier_release_is_restored_by_its_number(published):
    manage("publish", **published)
    restored = manage("restore-release", "1", **published)
    listed = manage("releases", **published).stdout.splitlines()

    assert "Udgivelse 1 gælder nu" in restored.stdout
    assert [line[0] for line in listed] == [" ", "*"]


def test_a_release_is_withdrawn_by_its_number_unless_it_is_in_force(published):
    manage("publish", **published)
    refused = manage("withdraw-release", "2", **published)
    withdrawn = manage("withdraw-release", "1", **published)
    listed = manage("releases", **published).stdout.splitlines()
    restored = manage("restore-release", "1", **published)

    assert "Udgivelse 2 gælder og kan ikke trækkes tilbage" in refused.stderr
    assert withdrawn.stdout == "Udgivelse 1 er trukket tilbage, og dens tal er slettet.\n"
    assert [line[:5] for line in listed] == ["*   2", "-   1"]
    assert "Udgivelse 1 er trukket tilbage. Udgivelser: 2." in restored.stderr
    assert manage("check", **published).returncode == 0


def test_the_end_of_the_log_is_noted_and_given_back_to_check(published):
    said = manage("check", **published).stdout
    noted = re.search(r"Loggens ende er (\d+:[0-9a-f]{64})", said)[1]
    manage("publish", **published)

    again = manage("check", "--log-head", noted, **published)
    assert again.returncode == 0, again.stdout
    assert "er den, der er noteret, og 1 er kommet til siden" in again.stdout
    other = manage("check", "--log-head", f"{noted[:-1]}{'0' if noted[-1] != '0' else '1'}", **published)
    assert other.returncode == 1
    assert "er ikke den, der er noteret: loggen er skrevet om" in other.stdout
    assert "Skriv loggens ende" in manage("check", "--log-head", "57", **published).stderr


@pytest.mark.parametrize("command", ["restore-release", "withdraw-release"])
def test_where_there_is_no_store_none_is_made_by_a_release_s_number(stores, tmp_path, command):
    refused = manage(command, "1", **stores)

    assert refused.returncode == 1
    assert "Der er endnu intet datalager" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_open_release_is_written_in_a_store_of_its_own(published, tmp_path):
    out = tmp_path / "offentlig.sqlite"
    made = manage("publish", "--profile", "offentlig", "--out", str(out), **published)
    again = manage("publish", "--profile", "offentlig", "--out", str(out), **published)
    none = {"CONFIDENTIAL_DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite"}

    assert made.stdout.startswith(f"Udgivelse 2 er skrevet i {out} (offentlig, mindst 10 personer)"), (
        made.stderr
    )
    assert "findes allerede" in again.stderr
    assert manage("check", DATABASE_URL=f"sqlite:///{out}", **none).returncode == 0
    assert manage("releases", **published).stdout.splitlines()[1].startswith("*   1")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["publish"], "Der er endnu intet datalager"),
        (["publish", "--hide", "--replace"], "Vælg enten --hide eller --replace"),
        (["releases"], "Der er endnu intet datalager"),
        (
            ["export", "--survey", "student", "--year", "2025", "--out", "x.xlsx"],
            "Der er endnu intet datalager",
        ),
        (["import", "findes-ikke.csv", "--round", "supervisor-2025", *MAPPING], "findes-ikke.csv"),
        (["import", *SUPERVISORS], "Angiv --round og --mapping"),
        (["import", *SUPERVISORS, "--mapping", "README.md/x"], "Mappingfilen 'x' findes ikke"),
    ],
)
def test_an_expected_problem_is_one_danish_sentence_and_exit_code_1(stores, arguments, message):
    done = manage(*arguments, **stores)

    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("sample_environment")
@pytest.mark.parametrize("release", ["99", "12345678901234567890123"])
def test_a_release_that_does_not_exist_cannot_be_restored(release):
    done = manage("restore-release", release)

    assert done.returncode == 1
    assert f"Udgivelse {release} findes ikke" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("sample_environment")
@pytest.mark.parametrize("out", ["mangler/figurer.xlsx", "."])
def test_a_workbook_that_cannot_be_written_is_one_danish_sentence(tmp_path, out):
    done = manage("export", "--survey", "student", "--year", "2025", "--out", str(tmp_path / out))

    assert done.returncode == 1
    assert done.stderr.splitlines()[0].endswith("kan ikke skrives. Findes mappen, og må der skrives?")
    assert done.stderr.splitlines()[1].startswith("Detalje: [Errno")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--findes-ikke"], "--findes-ikke"),
        (["export", "--year", "2025"], "--survey"),
        (["restore-release", "tre"], "'N'"),
    ],
)
def test_a_command_that_cannot_be_understood_is_told_in_danish_with_the_option(stores, arguments, said):
    done = manage(*arguments, **stores)

    sentence, detail = done.stderr.splitlines()
    assert sentence.startswith("Kommandoen kan ikke forstås.")
    assert said in detail
    assert done.returncode == 2


def test_the_raw_words_of_the_database_and_the_path_come_on_a_line_of_their_own(stores, tmp_path):
    (tmp_path / "dashboard.sqlite").write_bytes(b"not a database " * 1000)
    sentence, detail = typed("releases", **stores).stderr.splitlines()

    assert sentence.startswith("Dashboardlageret er ødelagt")
    assert detail == f"Detalje: {stores['DATABASE_URL']}: file is not a database"


def test_releases_are_listed_with_the_danish_time(published):
    with closing(sqlite3.connect(published["DATABASE_URL"].removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE release SET made_at = '2026-11-21 23:30:00.000000'")
        connection.commit()

    assert "22. november 2026 kl. 00.30" in manage("releases", **published).stdout


def test_a_dry_run_neither_makes_a_store_nor_waits_for_its_lock(stores, tmp_path):
    before_any_store = manage("import", *SUPERVISORS, *MAPPING, "--dry-run", **stores)
    assert "Prøvekørsel: Intet er ændret." in before_any_store.stdout
    assert list(tmp_path.iterdir()) == []

    manage("import", *SUPERVISORS, *MAPPING, **stores)
    changed = written(tmp_path / "mapping.toml", mapping_text().replace("Syntetiske", "Andre syntetiske"))
    file = tmp_path / "confidential.sqlite"
    before = file.read_bytes()
    with closing(sqlite3.connect(file, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        locked = manage("import", *SUPERVISORS, "--mapping", str(changed), "--dry-run", **stores)

    assert "uændrede: 3.030" in locked.stdout, locked.stderr
    assert file.read_bytes() == before


def test_sample_data_are_never_mixed_with_real_rounds(stores, few, tmp_path):
    real = written(tmp_path / "mapping.toml", mapping_text().replace("sample = true", "sample = false"))
    manage(*few, "--mapping", str(real), **stores)
    kept = (tmp_path / "confidential.sqlite").read_bytes()
    for arguments in (["sample"], ["sample", "--if-missing"]):
        refused = manage(*arguments, **stores)
        assert refused.returncode == 1
        assert "rigtige runder (supervisor-2025)" in refused.stderr
        assert "manage.py publish" in refused.stderr
    assert (tmp_path / "confidential.sqlite").read_bytes() == kept
    assert not (tmp_path / "dashboard.sqlite").exists()

    manage("publish", **stores)
    (tmp_path / "confidential.sqlite").unlink()
    assert "rigtige runder (supervisor-2025)" in manage("sample", **stores).stderr
    assert manage("sample", "--if-missing", **stores).returncode == 0
    assert not (tmp_path / "confidential.sqlite").exists()


def test_the_sample_s_partnerships_and_real_rounds_are_refused_beside_each_other(stores, few, tmp_path):
    real = written(tmp_path / "mapping.toml", mapping_text().replace("sample = true", "sample = false"))
    of_sample = ["partnerships", "sample_data/partnerships/syddanmark.toml"]
    assert manage(*of_sample, **stores).returncode == 0
    refused = manage(*few, "--mapping", str(real), **stores)
    assert refused.returncode == 1
    assert (
        "Rigtige runder (supervisor-2025) må ikke blandes med eksempeldatas partnerskaber" in refused.stderr
    )
    assert manage(*few, **stores).returncode == 0, "rounds of the sample may"

    (tmp_path / "dashboard.sqlite").unlink()
    manage(*few, "--mapping", str(real), **stores)
    refused = manage(*of_sample, **stores)
    assert refused.returncode == 1
    assert "Rigtige runder (supervisor-2025)" in refused.stderr
    manage("publish", **stores)
    (tmp_path / "confidential.sqlite").unlink()
    assert "Rigtige runder (supervisor-2025)" in manage(*of_sample, **stores).stderr


@pytest.mark.parametrize("content", [b"not a database " * 1000, bytes(range(256)) * 64])
def test_check_finds_a_destroyed_confidential_store(sample_stores, tmp_path, content):
    (tmp_path / "confidential.sqlite").write_bytes(content)
    done = manage(
        "check",
        DATABASE_URL=sample_stores.dashboard_url,
        CONFIDENTIAL_DATABASE_URL=f"sqlite:///{tmp_path}/confidential.sqlite",
    )

    assert done.returncode == 1
    assert "FEJL Det fortrolige lager er ødelagt eller slet ikke et datalager." in done.stdout


def test_check_finds_a_figure_that_rests_on_too_few_persons(sample_stores, tmp_path):
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


def test_the_sample_makes_its_folder_and_is_not_made_again_when_there_is_something_to_show(built_sample):
    made = built_sample.with_name("sample.said").read_text(encoding="utf-8")
    again = manage("sample", "--if-missing", **addresses(built_sample))

    assert "Eksempeldata er klar: udgivelse 2." in made
    assert (again.returncode, again.stdout) == (0, "")
    assert built_sample.stat().st_mode & 0o777 == 0o700
    assert {"dashboard.sqlite", "confidential.sqlite", "person.key"} <= {
        path.name for path in built_sample.iterdir()
    }


def test_partnerships_come_from_files_all_or_nothing_and_the_sample_is_not_mixed_with_them(stores, tmp_path):
    file = tmp_path / "fjord.toml"
    file.write_text('[partnership]\nkey = "fjord"\nname = "Fjorden"\n[[initiatives]]\nstarts = 2026-01-01\n')
    refused = manage("partnerships", str(file), **stores)
    assert refused.returncode == 1
    assert "- fjord.toml, initiatives 1, title: mangler." in refused.stderr

    file.write_text(file.read_text().replace("starts", 'title = "Kursus"\nstarts'))
    first, again = (manage("partnerships", str(file), **stores) for _ in range(2))
    assert (first.returncode, first.stdout.splitlines()[-1]) == (0, "2 nye, 0 ændrede, 0 uændrede")
    assert again.stdout.splitlines()[-1] == "0 nye, 0 ændrede, 2 uændrede"
    assert "rigtige partnerskaber (Fjorden)" in manage("sample", **stores).stderr


def test_a_backup_of_either_store_is_taken_once_and_can_be_used(published, tmp_path):
    copies = addresses(tmp_path / "kopier")
    (tmp_path / "kopier").mkdir()
    dashboard, confidential = (address.removeprefix("sqlite:///") for address in copies.values())

    first = manage("backup", dashboard, **published)
    assert (first.stdout, first.stderr) == (f"Kopien er hel: {dashboard}\n", "")
    assert manage("backup", confidential, "--confidential", **published).returncode == 0
    again = manage("backup", dashboard, **published)

    assert again.returncode == 1
    assert (
        again.stderr == f"Filen {dashboard} findes allerede, og den overskrives ikke. Vælg et andet navn.\n"
    )
    assert "supervisor-2025" in manage("releases", **copies).stdout
    assert manage("check", **copies).returncode == 0


def test_a_copy_to_be_read_refuses_a_command_that_writes_with_what_to_do_instead(published):
    done = manage("restore-release", "1", **published, DASHBOARD_READ_ONLY="1")

    assert done.returncode == 1
    assert done.stderr.startswith(
        "Dette er en kopi til læsning (DASHBOARD_READ_ONLY), så intet kan gemmes her."
    )


SIGN_IN = {
    "DASHBOARD_ADDRESS": "https://praktik.example.dk/",
    "OIDC_ISSUER": "https://login.example.dk",
    "OIDC_CLIENT_ID": "praktik",
    "OIDC_CLIENT_SECRET": "another-secret",
    "DASHBOARD_COOKIE_SECRET": "a-secret-of-this-test-run-0123456789",
}


def test_a_role_is_promised_listed_claimed_and_ended(published):
    invited = manage("invite", "Navn@Kommune.dk", "--role", "sekretariat", **published)
    promised = manage("roles", **published)
    with writing(published["DATABASE_URL"]) as session:
        sessions.sign_in(session, Identity("https://login.example.dk", "17", "navn@kommune.dk"))
    held = manage("roles", **published)
    ended = manage("end-role", "1", **published)

    assert invited.stdout.startswith("Invitation 1 er gemt."), invited.stderr
    assert promised.stdout.startswith(
        "invitation 1 · …@kommune.dk · Sekretariat · Alle partnerskaber · til og med "
    )
    assert held.stdout.startswith(
        "rolle 1 · Bruger 1, kommune.dk · Sekretariat · Alle partnerskaber · sidst set "
    )
    assert "invitation" not in held.stdout
    assert ended.stdout == "Rolle 1 er afsluttet.\n"
    assert manage("roles", **published).stdout == ""
    assert "allerede ophørt" in manage("end-role", "1", **published).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--role", "konge"], "Rollen «konge» findes ikke. Vælg en af: resultater, laeser, redaktoer"),
        (["--role", "redaktoer"], "Vælg den organisation"),
        (["--role", "laeser", "--partnership", "99"], "findes ikke længere"),
        (["--role", "administrator", "--partnership", "99"], "ikke for ét partnerskab"),
        (["--role", "laeser", "--until", "2020-01-31"], "i dag eller senere"),
    ],
)
def test_a_role_that_cannot_be_promised_is_one_danish_sentence(published, arguments, message):
    refused = manage("invite", "navn@kommune.dk", *arguments, **published)

    assert refused.returncode == 1
    assert message in refused.stderr
    assert manage("roles", **published).stdout == ""


def test_the_numbers_that_an_invitation_takes_are_listed_when_asked_for(published):
    manage("partnerships", "sample_data/partnerships/syddanmark.toml", **published)
    listed = manage("roles", "--numbers", **published).stdout.splitlines()
    invited = [
        "invite",
        "navn@kommune.dk",
        "--role",
        "redaktoer",
        "--partnership",
        "1",
        "--organisation",
        "2",
    ]

    assert listed[0].startswith("partnerskab 1 · ")
    assert "organisation 2 · " in "\n".join(listed)
    assert manage(*invited, "--until", "31.12.2099", **published).returncode == 0
    assert "Redaktør for en part" in manage("roles", **published).stdout


def test_a_reading_link_is_printed_once_as_a_whole_address(published):
    lent = manage("reading-link", "Direktørerne", "--until", "31.12.2099", **SIGN_IN, **published)

    assert re.fullmatch(r"https://praktik\.example\.dk/laes/[\w-]{43}\n", lent.stdout), lent.stderr
    with writing(published["DATABASE_URL"]) as session:
        assert [link.name for link in reading_links.links(session)] == ["Direktørerne"]


def test_a_reading_link_that_would_have_no_address_is_not_made(published):
    refused = manage("reading-link", "Direktørerne", "--until", "31.12.2099", **published)

    assert refused.returncode == 1
    assert "Login er ikke sat helt op: DASHBOARD_ADDRESS mangler" in refused.stderr
    with writing(published["DATABASE_URL"]) as session:
        assert reading_links.links(session) == ()


@pytest.mark.parametrize(
    "arguments",
    [
        ["invite", "navn@kommune.dk", "--role", "administrator"],
        ["roles"],
        ["end-role", "1"],
        ["reading-link", "Direktørerne", "--until", "2099-12-31"],
    ],
)
def test_access_needs_a_store_and_makes_none(stores, tmp_path, arguments):
    refused = manage(*arguments, **SIGN_IN, **stores)

    assert refused.returncode == 1
    assert "Der er endnu intet datalager" in refused.stderr
    assert list(tmp_path.iterdir()) == []
