"""What is in the log besides records' changes, and the log as the secretariat reads it."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, select

import manage
from data_access import engines
from data_access.dashboard import store
from data_access.dashboard.partnership_tables.changes import (
    Action,
    Author,
    ChangeRecord,
    Event,
    note,
    open_log,
)
from data_access.partnerships.records import change_log, editing
from data_access.partnerships.records.change_log import (
    FieldChange,
    LogFilter,
    count_lines,
    log_lines,
    log_listing,
)
from data_access.partnerships.records.kinds import KINDS
from data_access.problems import EditProblem, ReleaseProblem
from data_access.publishing import releases
from indicators.danish import local_day
from indicators.rights import OPERATOR
from indicators.selection import ALL_UNITS, Option, Selection
from tests.made_up import KOEGE, LITTLE, MUCH, ROSKILDE, add_round, add_sheets
from tests.partnerships.small_partnership import SECRETARIAT
from views.documents.files.listings import workbook_of

COMMAND_LINE = Author("Kommandolinjen")

BY_ACCOUNT = Author("Sekretariatet", 7)


def events(session: Session) -> list[tuple[str, str, str, dict]]:
    query = select(ChangeRecord).where(ChangeRecord.record_id == 0).order_by(ChangeRecord.id)
    return [(line.who, line.action, line.name, line.after) for line in session.exec(query)]


def test_a_line_says_whose_account_it_was(dashboard):
    note(dashboard, BY_ACCOUNT, Action.SIGNED_IN, Event.SIGN_IN, "Login", ways=["oidc"])
    note(dashboard, COMMAND_LINE, Action.VIEWED, Event.PAGE, "Loggen", first=None)

    newest, first = log_lines(dashboard)
    assert (first.who, first.account_id, first.action, first.kind) == (
        "Sekretariatet",
        7,
        "logget ind",
        "sign_in",
    )
    assert first.fields == (FieldChange("ways", "", "oidc"),)
    assert (newest.who, newest.account_id, newest.fields) == ("Kommandolinjen", None, ())


def test_no_event_is_called_as_a_record_is_and_each_has_a_danish_word():
    assert not {*Event} & KINDS.keys()
    assert {*Event} | KINDS.keys() == change_log.KIND_WORDS.keys()


@pytest.mark.parametrize(
    "typed", ["Jens ringede", "jens@kommune.dk", "010170-1234", "0101701234", "a\nb", "…"]
)
def test_what_somebody_typed_is_no_detail_of_a_line(dashboard, typed):
    for detail in (typed, ["student-2025", typed]):
        with pytest.raises(ValueError, match="keys and numbers"):
            note(dashboard, COMMAND_LINE, Action.VIEWED, Event.PAGE, "Loggen", about=detail)


@pytest.mark.parametrize("typed", ["jens@kommune.dk", "010170-1234", ""])
def test_a_line_s_name_and_author_are_no_mail_address_and_no_cpr_number(dashboard, typed):
    with pytest.raises(ValueError, match=r"should|må ikke"):
        note(dashboard, COMMAND_LINE, Action.VIEWED, Event.PAGE, typed)
    with pytest.raises(ValueError, match=r"should|må ikke"):
        note(dashboard, Author(typed), Action.VIEWED, Event.PAGE, "Loggen")


def test_a_line_about_no_record_cannot_be_undone(dashboard):
    note(dashboard, COMMAND_LINE, Action.VIEWED, Event.PAGE, "Loggen")
    number = log_lines(dashboard)[0].id

    with pytest.raises(EditProblem, match="Ændringen findes ikke"):
        editing.undo(dashboard, SECRETARIAT, number)


def test_the_board_is_made_anew_when_a_record_is_written_and_not_when_somebody_looks(dashboard, fjord):
    before = change_log.newest_change(dashboard)
    note(dashboard, COMMAND_LINE, Action.VIEWED, Event.PAGE, "Loggen")
    assert change_log.newest_change(dashboard) == before

    fjord.initiative(dashboard)

    assert change_log.newest_change(dashboard) != before


def test_what_is_done_with_a_release_is_in_the_log(confidential, dashboard):
    a_round = add_round(confidential)
    for place in (ROSKILDE, KOEGE):
        for value in (MUCH, LITTLE):
            add_sheets(confidential, a_round, place, {"S01": value, "S02": value}, times=15)
    for _ in range(2):
        releases.publish(confidential, dashboard)
    releases.restore(dashboard, 1)
    releases.withdraw(dashboard, 2)

    settings = {
        "profile": "styregruppe",
        "least_persons": 5,
        "rounds": ["student-2025"],
        "in_force": True,
    }
    assert events(dashboard) == [
        ("Kommandolinjen", "udgivet", "Udgivelse 1", {"release": 1, **settings}),
        ("Kommandolinjen", "udgivet", "Udgivelse 2", {"release": 2, **settings}),
        ("Kommandolinjen", "gendannet", "Udgivelse 1", {"release": 1}),
        ("Kommandolinjen", "trukket tilbage", "Udgivelse 2", {"release": 2}),
    ]
    assert ("Gælder", "ja") in [(one.label, one.after) for one in log_lines(dashboard)[-1].fields]


def test_a_release_that_is_refused_leaves_no_line(dashboard):
    with pytest.raises(ReleaseProblem):
        releases.restore(dashboard, 1)

    assert events(dashboard) == []


SUPERVISORS = ["sample_data/rounds/supervisor-2025/answers.csv", "--round", "supervisor-2025"]
MAPPING = ["--mapping", "sample_data/mappings/supervisor.toml"]


def run(*command: str) -> None:
    manage.app(list(command), standalone_mode=False)


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores that are not there yet."""
    for variable in ("DATABASE_URL", "CONFIDENTIAL_DATABASE_URL"):
        monkeypatch.setenv(variable, f"sqlite:///{tmp_path}/{variable}.sqlite")


@pytest.mark.usefixtures("stores")
def test_an_import_is_in_the_log_where_there_is_one_and_tells_no_counts(tmp_path):
    run("import", *SUPERVISORS, *MAPPING)
    assert not (tmp_path / "DATABASE_URL.sqlite").exists(), "no dashboard is made for it"
    with store.writing(OPERATOR):
        pass

    run("import", *SUPERVISORS, *MAPPING, "--dry-run")
    run("import", *SUPERVISORS, *MAPPING)
    other = tmp_path / "supervisor.toml"
    text = Path(MAPPING[1]).read_text(encoding="utf-8").replace("Syntetiske", "Andre syntetiske")
    other.write_text(text.replace("../questionnaires", str(Path("sample_data/questionnaires").absolute())))
    run("import", *SUPERVISORS, "--mapping", str(other))

    with store.reading(OPERATOR) as session:
        assert events(session) == [
            ("Kommandolinjen", "indlæst", "supervisor-2025", {"round": "supervisor-2025", "files": 1})
        ]


@pytest.mark.usefixtures("stores")
def test_partnerships_from_files_are_a_line_of_their_own_when_anything_has_changed(tmp_path):
    file = tmp_path / "fjord.toml"
    file.write_text('[partnership]\nkey = "fjord"\nname = "Fjorden"\n')
    for _ in range(2):
        run("partnerships", str(file))

    with store.reading(OPERATOR) as session:
        counted = {"added": 1, "changed": 0, "unchanged": 0}
        assert events(session) == [("Kommandolinjen", "indlæst", "Partnerskaber", counted)]


def test_a_file_with_figures_is_in_the_log_with_what_was_chosen_and_the_release(
    own_copy, tmp_path, monkeypatch
):
    del own_copy
    keys = ["--survey", "student", "--year", "2025"]
    of_two = ["--unit", "kommune:0265+kommune:0259", "--education", "sygeplejerske"]
    run("export", *keys, *of_two, "--out", str(tmp_path / "a.xlsx"))
    run("export-all", "--survey", "student", "--out", str(tmp_path / "b.csv"))
    monkeypatch.setenv(engines.READ_ONLY, "1")
    run("export", *keys, "--out", str(tmp_path / "c.xlsx"))

    with store.reading(OPERATOR) as session:
        last, one = events(session)[:-3:-1]
        assert one == (
            "Kommandolinjen",
            "hentet",
            "Resultater",
            {
                "release": 2,
                "survey": "student",
                "years": "2025",
                "unit": "kommune:0259+kommune:0265",
                "education": "sygeplejerske",
            },
        )
        assert last[2:] == ("Alt, der er udgivet", {"release": 2, "survey": "student", "education": "alle"})
        fields = {field.label: field.after for field in log_lines(session)[1].fields}
        assert (fields["Enhed"], fields["Uddannelse"]) == (
            "Køge Kommune, Roskilde Kommune",
            "Sygeplejerskeuddannelsen",
        )


def test_a_selection_names_by_key_what_it_leaves_out_something_by():
    of = Selection(Option("student", "Studerende"), 2025, first_year=2023)
    assert of.keys() == {"survey": "student", "years": "2023-2025"}
    theme, question = Option("vejledning", "Vejledning"), Option("S01", "Tid")
    narrow = Selection(of.survey, 2025, theme=theme, question=question, compared_with=ALL_UNITS)
    assert narrow.keys() == {
        "survey": "student",
        "years": "2025",
        "theme": "vejledning",
        "compared_with": "alle",
        "question": "S01",
    }


@pytest.fixture
def a_log(dashboard: Session) -> Session:
    """Three hundred views by two roles, and one change of an initiative in between."""
    for number in range(300):
        author = BY_ACCOUNT if number % 3 else COMMAND_LINE
        note(dashboard, author, Action.VIEWED, Event.PAGE, "Loggen", number=number)
    return dashboard


def test_the_log_is_read_in_pages_the_newest_first(a_log):
    first, third, beyond = (log_lines(a_log, page=page) for page in (1, 3, 9))
    numbers = [int(line.fields[0].after) for line in (*first, *third)]

    assert numbers == [*range(299, 199, -1), *range(99, -1, -1)]
    assert count_lines(a_log) == 300
    assert beyond == ()


def test_the_log_can_be_narrowed_down(a_log, fjord):
    fjord.initiative(a_log, "Fælles kursus")
    by_role = LogFilter(who="Kommandolinjen")
    assert count_lines(a_log, by_role) == 100
    assert {line.who for line in log_lines(a_log, by_role)} == {"Kommandolinjen"}
    [line] = log_lines(a_log, LogFilter(action="oprettet", kind="initiative"))
    assert (line.name, line.record_id > 0) == ("Fælles kursus", True)
    assert count_lines(a_log, LogFilter(action="logget ind")) == 0


@pytest.mark.parametrize(("first", "last", "hours"), [(None, None, 3), (1, None, 2), (None, 0, 1), (1, 1, 1)])
def test_days_are_danish_days_from_midnight_to_midnight(dashboard, first, last, hours):
    """Lines at 23.30, 0.30 and 24 hours later in Denmark, which is an hour before in UTC."""
    moments = [datetime(2026, 11, 21, 22, 30), datetime(2026, 11, 21, 23, 30), datetime(2026, 11, 22, 23, 30)]
    for at in moments:
        note(dashboard, COMMAND_LINE, Action.VIEWED, Event.PAGE, "Loggen")
        line = dashboard.exec(select(ChangeRecord).order_by(ChangeRecord.id.desc())).first()
        with open_log(dashboard):
            line.at = at
            dashboard.flush()
    days = [date(2026, 11, 21) + timedelta(days=more) if more is not None else None for more in (first, last)]

    found = log_lines(dashboard, LogFilter(*days))

    assert len(found) == hours
    assert all((not days[0] or local_day(one.at) >= days[0]) for one in found)
    assert all((not days[1] or local_day(one.at) <= days[1]) for one in found)


def test_what_was_changed_is_told_in_words_also_where_the_form_is_another_by_now(dashboard, fjord):
    opened = fjord.initiative(dashboard)
    form = opened.form.model_copy(update={"starts": date(2026, 3, 1), "responsible_id": fjord.roskilde})
    editing.edit(dashboard, SECRETARIAT, opened, form)
    line = dashboard.exec(select(ChangeRecord).order_by(ChangeRecord.id.desc())).first()
    told = [field.in_a_line for field in log_lines(dashboard)[0].fields]
    assert told == ["Ansvarlig: Roskilde Kommune", "Start: 1. marts 2026"]

    with open_log(dashboard):
        line.after = {**line.after, "of_another_version": "x"}
        dashboard.flush()

    told = [field.in_a_line for field in log_lines(dashboard)[0].fields]
    assert told == [
        f"Ansvarlig: {fjord.roskilde}",
        "Start: 2026-03-01",
        "of_another_version: x",
    ]


def test_everybody_who_has_written_can_be_asked_for(a_log):
    assert {"Kommandolinjen", "Sekretariatet"} <= {*change_log.writers(a_log)}


def test_the_log_comes_as_a_workbook_in_which_nothing_can_be_edited(a_log, fjord, monkeypatch):
    opened = fjord.initiative(a_log, "=1+1")
    form = opened.form.model_copy(update={"goal": "Mere tid", "starts": date(2026, 3, 1)})
    editing.edit(a_log, SECRETARIAT, opened, form)
    monkeypatch.setattr(change_log, "MOST_LISTED", 30)

    book = load_workbook(BytesIO(workbook_of(log_listing(a_log, LogFilter(who=SECRETARIAT)))))

    headings, first, *_ = book["Loggen"].iter_rows(values_only=True)
    line = dict(zip(headings, first, strict=True))
    assert line["Dag"].date() == local_day(datetime.now(UTC))
    assert (line["Hvem"], line["Handling"], line["Om"], line["Navn"]) == (
        SECRETARIAT,
        "rettet",
        "Indsats",
        "=1+1",
    )
    assert line["Ændringer"] == "Mål: Mere tid\nStart: 1. marts 2026"
    assert line["Kædeværdi"] == log_lines(a_log)[0].chain
    about = [row[0] for row in book["Om"].iter_rows(values_only=True)]
    assert about[:2] == ["Loggen", "Udvalg: Af: Sekretariatet"]
    assert about[2].startswith("Her er de nyeste 30 af 2")
    assert not any("rettes" in text for text in about)
    assert book["Loggen"].max_row == 31
