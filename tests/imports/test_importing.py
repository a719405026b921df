"""Importing a round: everything or nothing, the same again changes nothing, and the report says so."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlmodel import Session, create_engine, select

from data_access import engines
from data_access.confidential.models import AnswerSheet, ConfidentialTable, ImportRun, Round
from data_access.confidential.person_key import person_key
from data_access.imports.importing import import_files, import_round
from data_access.imports.persons import PersonKey
from data_access.problems import ImportProblem
from tests.imports.made_files import (
    ANSWERS_MAPPING,
    COUNTS_HEADINGS,
    COUNTS_MAPPING,
    DATASET,
    SURVEYXACT_MAPPING,
    surveyxact_files,
    workbook,
    written,
)
from tests.made_up import add_round

ROWS = "Kommune;Uddannelse;Tilfreds\nKøge;Pædagog;5\nKøge;Pædagog;5\nGreve;Pædagog;4\n"
KEY = "en nøgle på mindst toogtredive tegn"


def kept(store: Session) -> list[tuple]:
    """Everything of a round that a figure could come from."""
    store.expire_all()
    sheets = store.exec(select(AnswerSheet).order_by(AnswerSheet.id))
    return [(s.id, s.round_id, s.place, s.education_id, s.answered, str(s.answers)) for s in sheets]


def test_a_surveyxact_export_gives_numerator_and_denominator(desk):
    report = desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder))
    assert (report.rows_read, report.invited, report.answers) == (7, 6, 3)
    assert [(sheet.place, sheet.education_id, sheet.answered) for sheet in desk.sheets()] == [
        ("kommune:0183", "sygeplejerske", True), ("kommune:0183", "paedagog", False),
        ("kommune:0259", "paedagog", True), ("kommune:0259", "sygeplejerske", True),
        ("kommune:0259", "sygeplejerske", False), ("kommune:0259", "sygeplejerske", False),
    ]  # fmt: skip


SAMPLE_MAPPING = ANSWERS_MAPPING.replace('source = "Afprøvning"', 'source = "Afprøvning"\nsample = true')


def test_a_sample_never_takes_the_place_of_real_answers(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    before = kept(desk.store)
    for dry_run in (True, False):
        with pytest.raises(ImportProblem, match="har rigtige svar"):
            desk.run(SAMPLE_MAPPING, desk.csv(ROWS + "Køge;Pædagog;1\n"), dry_run=dry_run)
    assert kept(desk.store) == before
    assert not desk.store.get(Round, "student-2025").is_sample


def test_real_answers_may_take_the_place_of_a_sample(desk):
    desk.run(SAMPLE_MAPPING, desk.csv(ROWS))
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    assert not desk.store.get(Round, "student-2025").is_sample


def test_questions_without_a_column_are_told(desk):
    report = desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    assert "Bemærk: spørgsmål uden kolonne: S02" in report.lines()


@pytest.mark.parametrize(
    ("persons", "said"), [(("a", "b", "c"), None), (("a", "", ""), "2 rækker"), (("a", "b", ""), "1 række")]
)
def test_rows_without_a_known_person_are_told(desk, monkeypatch, persons, said):
    monkeypatch.setenv("PERSON_KEY", KEY)
    mapping = ANSWERS_MAPPING.replace('education = "Uddannelse"', 'education = "Uddannelse"\nperson = "Nr"')
    rows = "".join(f"Køge;Pædagog;{5 - place};{person}\n" for place, person in enumerate(persons))
    report = desk.run(mapping, desk.csv("Kommune;Uddannelse;Tilfreds;Nr\n" + rows))
    told = [warning for warning in report.warnings if "person" in warning]
    assert told == ([f"{said} uden kendt person: hver tæller som en person for sig"] if said else [])


def test_the_round_keeps_its_questionnaire_source_and_settings(desk):
    desk.run(
        ANSWERS_MAPPING.replace('source = "Afprøvning"', 'source = "Afprøvning"\nsample = true'),
        desk.csv(ROWS),
    )
    stored = desk.store.get(Round, "student-2025")
    assert (stored.survey_id, stored.year, stored.source, stored.is_sample) == (
        "student",
        2025,
        "Afprøvning",
        True,
    )
    assert stored.invited_known is False
    assert [question["id"] for question in stored.questionnaire["questions"]] == ["S01", "S02"]


def test_the_same_files_again_change_nothing(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    before = kept(desk.store)
    report = desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    assert report.unchanged_file
    assert "Intet er ændret" in report.lines()[-1]
    assert kept(desk.store) == before
    assert len(desk.store.exec(select(ImportRun)).all()) == 1


def test_the_order_of_files_does_not_make_them_new(desk):
    files = surveyxact_files(desk.folder)
    desk.run(SURVEYXACT_MAPPING, *files)
    assert desk.run(SURVEYXACT_MAPPING, *reversed(files)).unchanged_file


def test_the_same_content_in_another_file_is_noted_but_not_written_again(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    before = kept(desk.store)
    cells = [line.split(";") for line in ROWS.splitlines()]
    report = desk.run(ANSWERS_MAPPING, written(desk.folder / "svar.xlsx", workbook({"Svar": cells})))
    assert (report.added, report.removed, report.unchanged) == (0, 0, 3)
    assert kept(desk.store) == before
    assert [run.unchanged for run in desk.store.exec(select(ImportRun))] == [0, 3]


def test_a_new_export_replaces_the_round_and_counts_the_differences(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    report = desk.run(
        ANSWERS_MAPPING, desk.csv(ROWS.replace("Greve;Pædagog;4", "Greve;Pædagog;3\nGreve;Pædagog;2"))
    )
    assert (report.added, report.removed, report.unchanged) == (2, 1, 2)
    assert [sheet.answers["S01"] for sheet in desk.sheets()] == [5, 5, 3, 2]


def test_an_earlier_round_leaves_a_later_one_alone(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    report = desk.run(ANSWERS_MAPPING, desk.csv(ROWS.replace("Greve", "Roskilde")), round_id="student-2024")
    assert report.added == 3
    assert len(desk.sheets()) == 6


def test_a_changed_mapping_is_read_again_and_stored(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    report = desk.run(ANSWERS_MAPPING.replace("Er du tilfreds?", "Er du godt tilfreds?"), desk.csv(ROWS))
    assert (report.unchanged_file, report.unchanged) == (False, 3)
    assert (
        desk.store.get(Round, "student-2025").questionnaire["questions"][0]["text"] == "Er du godt tilfreds?"
    )


def test_a_round_may_come_as_counts_instead(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    report = desk.run(COUNTS_MAPPING, desk.csv(COUNTS_HEADINGS + "Køge;Pædagog;;40;50;40;10;20;30;20;20\n"))
    assert (report.added, report.removed) == (1, 3)
    assert desk.sheets() == []
    assert len(desk.groups()) == 1


def test_a_dry_run_tells_what_would_change_and_changes_nothing(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    before = kept(desk.store)
    report = desk.run(ANSWERS_MAPPING, desk.csv(ROWS + "Køge;Pædagog;1\n"), dry_run=True)
    assert (report.added, report.unchanged) == (1, 3)
    assert report.lines()[-1] == "Prøvekørsel: Intet er ændret."
    assert kept(desk.store) == before
    assert len(desk.store.exec(select(ImportRun)).all()) == 1


def test_one_wrong_row_stops_the_whole_import(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    before = kept(desk.store)
    with pytest.raises(ImportProblem):
        desk.run(ANSWERS_MAPPING, desk.csv(ROWS + "Ukendtby;Pædagog;5\n"))
    assert kept(desk.store) == before


def test_an_interruption_while_writing_leaves_nothing(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS))
    before = kept(desk.store)

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.run(ANSWERS_MAPPING, desk.csv(ROWS + "Køge;Pædagog;1\n"), progress=interrupt)
    assert kept(desk.store) == before
    assert gc.isenabled()


def test_progress_ends_at_the_total(desk):
    seen = []
    desk.run(ANSWERS_MAPPING, desk.csv(ROWS), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)


@pytest.mark.parametrize(
    "round_id", ["student", "student-25", "supervisor-2025", "student-2025 ", "../student-2025"]
)
def test_the_round_is_named_after_its_survey_and_year(desk, round_id):
    with pytest.raises(ImportProblem, match=r"Skriv student-<årstal>, fx student-2025"):
        desk.run(ANSWERS_MAPPING, desk.csv(ROWS), round_id=round_id)


def test_columns_that_are_not_kept_are_told_with_the_reason(desk):
    headings = "Kommune;Uddannelse;Tilfreds;Mail;Fornavn;Kommentarer;Studienr;Startet;X;CPR-nr;closetim"
    row = "Køge;Pædagog;5;a@example.org;Anna;Godt;s1;1;b@example.org;;2025-01-01"
    report = desk.run(ANSWERS_MAPPING, desk.csv(f"{headings}\n{row}\n"))
    assert report.dropped_columns == {
        "Mail": "e-mail", "Fornavn": "navn", "Kommentarer": "fritekst", "Studienr": "nøgle",
        "Startet": "ikke i mapping", "X": "e-mail", "CPR-nr": "cpr", "closetim": "systemvariabel",
    }  # fmt: skip
    text = "\n".join(report.lines())
    assert "Ikke importeret (navn): Fornavn" in text
    assert "Anna" not in text
    assert desk.store.exec(select(ImportRun)).one().dropped_columns == report.dropped_columns


def test_free_text_and_addresses_never_reach_the_store(desk):
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder))
    dump = "\n".join(desk.store.connection().connection.iterdump())
    assert "God tid" not in dump
    assert "example.org" not in dump
    assert "1001" not in dump


PERSON_MAPPING = SURVEYXACT_MAPPING.replace(
    'status = "statoverall"', 'status = "statoverall"\nperson = "respondentid"'
)


def test_a_person_is_the_same_hash_in_every_round_of_a_survey(desk, monkeypatch):
    monkeypatch.setenv("PERSON_KEY", KEY)
    rows = DATASET.splitlines()
    numbers = ["studienr", *"AABCDEF"]
    twice = "\n".join(f"{row};{number}" for row, number in zip(rows, numbers, strict=True))
    mapping = PERSON_MAPPING.replace("respondentid", "studienr")
    desk.run(mapping, *surveyxact_files(desk.folder, dataset=twice))
    first = [sheet.person for sheet in desk.sheets()]
    assert first[0] == first[1] != first[2]
    other = twice.replace(";1;5;1;0;", ";1;4;1;0;")
    desk.run(mapping, *surveyxact_files(desk.folder, dataset=other), round_id="student-2024")
    assert {sheet.person for sheet in desk.sheets() if sheet.round_id == "student-2024"} == {*first}


def test_a_person_is_another_hash_in_another_survey():
    students, supervisors = (PersonKey(KEY.encode(), survey) for survey in ("student", "supervisor"))

    assert students.hashed("A1") == students.hashed("A1") != supervisors.hashed("A1")


def test_a_wrong_row_never_shows_the_person(desk, monkeypatch):
    monkeypatch.setenv("PERSON_KEY", KEY)
    with pytest.raises(ImportProblem) as problem:
        desk.run(PERSON_MAPPING, *surveyxact_files(desk.folder, dataset=DATASET.replace("1001;", "#REF!;")))
    assert "1001" not in str(problem.value)
    assert "kolonne 'respondentid': Cellen viser fejlen" in str(problem.value)


def test_a_person_column_needs_a_key(desk, monkeypatch):
    monkeypatch.delenv("PERSON_KEY", raising=False)
    with pytest.raises(ImportProblem, match="miljøvariablen PERSON_KEY"):
        desk.run(PERSON_MAPPING, *surveyxact_files(desk.folder))


def test_a_key_is_made_beside_a_sqlite_store_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("PERSON_KEY", raising=False)
    address = make_url(f"sqlite:///{tmp_path}/confidential.sqlite")
    assert person_key(address, may_create=False) != person_key(address, may_create=False)
    assert not (tmp_path / "person.key").exists()
    key = person_key(address)
    assert person_key(address) == key
    assert (tmp_path / "person.key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("PERSON_KEY", KEY)
    assert person_key(address) == KEY.encode()


@pytest.mark.parametrize("url", ["postgresql+psycopg://localhost/x", "sqlite://"])
def test_other_stores_need_the_key_in_the_environment(monkeypatch, url):
    monkeypatch.delenv("PERSON_KEY", raising=False)
    with pytest.raises(ImportProblem, match="PERSON_KEY"):
        person_key(make_url(url))


def test_a_lost_key_is_not_replaced_when_the_store_has_persons(tmp_path, monkeypatch):
    monkeypatch.delenv("PERSON_KEY", raising=False)
    url, mapping = f"sqlite:///{tmp_path}/confidential.sqlite", written(tmp_path / "m.toml", PERSON_MAPPING)
    files = surveyxact_files(tmp_path)
    with engines.writing(url, ConfidentialTable.metadata) as session:
        import_round(session, files, "student-2025", mapping)
    (tmp_path / "person.key").unlink()

    with (
        pytest.raises(ImportProblem, match=r"person\.key tilbage .* PERSON_KEY") as problem,
        engines.writing(url, ConfidentialTable.metadata) as session,
    ):
        import_round(session, files, "student-2024", mapping)

    assert str(tmp_path / "person.key") in problem.value.detail
    assert not (tmp_path / "person.key").exists()


def test_two_imports_that_make_the_key_at_once_get_the_same(tmp_path, monkeypatch):
    monkeypatch.delenv("PERSON_KEY", raising=False)
    folder = tmp_path / "stores"
    address = make_url(f"sqlite:///{folder}/confidential.sqlite")
    with ThreadPoolExecutor(8) as imports:
        keys = set(imports.map(lambda _: person_key(address), range(8)))
    assert len(keys) == 1
    assert [path.name for path in folder.iterdir()] == ["person.key"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_short_key_is_refused(monkeypatch):
    monkeypatch.setenv("PERSON_KEY", "kort")
    with pytest.raises(ImportProblem, match="mindst 32 tegn"):
        person_key(make_url("sqlite://"))


def test_a_file_name_cannot_break_the_report(desk):
    report = desk.run(ANSWERS_MAPPING, desk.csv(ROWS, "a\r\nb" + "c" * 90 + ".csv"))
    assert report.lines()[0] == "Runde student-2025: a b" + "c" * 56 + "…"


def test_the_report_reads_in_danish(desk):
    report = desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder))
    assert report.lines() == [
        "Runde student-2025: dataset.csv, labels.csv, structure.csv",
        "Læst: 7 rækker",
        "Udeladt: 1 række (status er hverken inviteret eller besvaret)",
        "Status i filen, alle rækker: Ny 1, Distribueret 1, Frafaldet 1, Nogen svar 2, Gennemført 2",
        "Inviterede: 6",
        "Besvarelser: 3 (svarprocent 50,0\u00a0%)",
        "S01 Tilfreds: 3 svar. I meget høj grad 1, I høj grad 1, Ved ikke 1. "
        "Aldrig valgt: I nogen grad, I mindre grad, Slet ikke",
        "S02 Vejledning: 2 svar (kun besvarelser med mindst ét kryds i spørgsmålet). Valgt 1, Ikke valgt 1",
        "Ikke importeret (e-mail): email",
        "Ikke importeret (fritekst): s_21",
        "Ikke importeret (ikke i mapping): s_20: Samarbejde; tværfagligt",
        "Ikke importeret (nøgle): respondentid",
        "Bemærk: S02: 1 besvarelse uden kryds i spørgsmålet tæller ikke med. Skal de tælle som 'Ikke valgt', "
        'så skriv blank = "Ikke valgt" ved spørgsmålet i mappingfilen',
        "Bemærk: 6 rækker uden kendt person: hver tæller som en person for sig",
        "Nye: 6, fjernede: 0, uændrede: 0",
        "Importen er gemt.",
    ]


def test_the_import_joins_a_transaction_that_the_caller_has_begun(tmp_path: Path):
    engine = create_engine(f"sqlite:///{tmp_path}/c.sqlite")
    mapping = written(tmp_path / "m.toml", ANSWERS_MAPPING)
    with Session(engine) as session, session.begin():
        ConfidentialTable.metadata.create_all(session.connection())
        import_round(session, [written(tmp_path / "a.csv", ROWS)], "student-2025", mapping)
    with Session(engine) as session:
        assert len(session.exec(select(AnswerSheet)).all()) == 3
    engine.dispose()


def test_progress_is_told_in_bytes_read_and_then_in_rows_written(desk):
    seen = []
    file = desk.csv(ROWS + "Køge;Pædagog;5\n" * 11_997)
    desk.run(ANSWERS_MAPPING, file, progress=lambda done, total: seen.append((done, total)))
    size = file.stat().st_size
    assert seen == [(size, size), (5_000, 12_000), (10_000, 12_000), (12_000, 12_000)]


def test_nobody_waits_while_the_files_are_read(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/confidential.sqlite"
    monkeypatch.setenv("CONFIDENTIAL_DATABASE_URL", url)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/dashboard.sqlite")
    monkeypatch.setattr(engines, "_WAIT_SECONDS", 0)
    file = written(tmp_path / "a.csv", ROWS)
    told = []

    def somebody_writes(done: int, total: int) -> None:
        told.append((done, total))
        if total == file.stat().st_size:
            with engines.writing(url, ConfidentialTable.metadata) as session:
                add_round(session, 2021)

    mapping = ANSWERS_MAPPING.replace('survey = "student"', 'survey = "elev"')
    import_files([file], "elev-2025", written(tmp_path / "m.toml", mapping), progress=somebody_writes)

    assert told == [(len(ROWS.encode()), len(ROWS.encode())), (3, 3)]
    with engines.reading(url, ConfidentialTable.metadata) as session:
        assert set(session.exec(select(Round.id))) == {"student-2021", "elev-2025"}


def test_both_kinds_of_database_hold_the_same_and_see_that_nothing_changed(store_url, tmp_path):
    mapping = written(tmp_path / "m.toml", ANSWERS_MAPPING)
    cells = [line.split(";") for line in ROWS.splitlines()]
    files = [written(tmp_path / "a.csv", ROWS), written(tmp_path / "a.xlsx", workbook({"Svar": cells}))]
    reports = []
    for file in files:
        with engines.writing(store_url, ConfidentialTable.metadata) as session:
            reports.append(import_round(session, [file], "student-2025", mapping))
    assert [(report.added, report.removed, report.unchanged) for report in reports] == [(3, 0, 0), (0, 0, 3)]
    with engines.reading(store_url, ConfidentialTable.metadata) as session:
        assert [sheet.answers for sheet in session.exec(select(AnswerSheet).order_by(AnswerSheet.id))] == [
            {"S01": 5},
            {"S01": 5},
            {"S01": 4},
        ]
