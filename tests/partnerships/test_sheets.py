"""The initiatives in a spreadsheet and back: what is shown is what is done, and conflicts are refused by row."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlmodel import Session

from data_access.partnerships.files import initiative_sheet
from data_access.partnerships.files.initiative_sheet import (
    NEWS,
    NUMBER,
    SHEET,
    VERSION,
    Preview,
    apply,
    initiative_listing,
    preview,
)
from data_access.partnerships.lists.initiatives import initiative_card
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.records import Opened, filled, open_record
from data_access.problems import ConflictProblem, EditProblem, ImportProblem
from data_access.texts import LINE, TEXT
from indicators.partnership.board import Choice, Ref
from indicators.partnership.initiative import InitiativeStatus
from tests.imports.made_files import strict
from tests.partnerships.small_partnership import TODAY, SmallPartnership
from views.documents.files.listings import workbook_of

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)


@pytest.fixture
def course(dashboard: Session, fjord: SmallPartnership) -> Opened:
    """An initiative with something in every column."""
    return fjord.initiative(
        dashboard,
        description="Første linje\nanden linje",
        responsible_id=fjord.college,
        responsible_role="Praktikchef",
        participants=[{"party_id": fjord.koege, "part": "orienteres"}],
        educations=["sygeplejerske"],
        units=["kommune:0265"],
        starts=date(2026, 1, 15),
        ends=date(2027, 6, 30),
    )


def exported(session: Session) -> bytes:
    return workbook_of(initiative_listing(session, TODAY))


def edited(file: bytes, cells: Mapping[str, object], row: int = 2) -> bytes:
    """The workbook with other values in some cells of a row."""
    book = load_workbook(BytesIO(file))
    sheet = book[SHEET]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in cells.items():
        sheet.cell(row, columns[heading]).value = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def shown(session: Session, file: bytes) -> Preview:
    return preview(session, TODAY, "indsatser.xlsx", file)


@pytest.mark.usefixtures("course")
def test_a_sheet_that_nobody_has_edited_changes_nothing(dashboard, fjord):
    fjord.initiative(dashboard, "En anden")

    found = shown(dashboard, exported(dashboard))
    assert found == Preview((), (), 2, ())


def test_the_sheet_says_what_the_board_says_and_which_columns_may_be_edited(dashboard, course):
    book = load_workbook(BytesIO(exported(dashboard)))
    sheet = book[SHEET]
    row = dict(zip((cell.value for cell in sheet[1]), (cell.value for cell in sheet[2]), strict=True))

    assert (row[NUMBER], row[VERSION], row["Partnerskab"]) == (course.id, 1, "Fjorden")
    assert (row["Ansvarlig"], row["Løbende"], row["Status"]) == ("Professionshøjskolen", "nej", "I gang")
    assert (row["Start"].date(), row["Enheder"]) == (date(2026, 1, 15), "Roskilde Kommune")
    assert row["Deltagere"] == "Køge Kommune (orienteres)"
    fills = {cell.value: cell.fill.fgColor.rgb for cell in sheet[1]}
    assert fills["Titel"] != fills["Enheder"] == fills[VERSION]
    choices = [one.formula1 for one in sheet.data_validations.dataValidation]
    assert choices == ['"ja,nej"', '"Forsinket,I gang,Planlagt,Sat i bero,Opgivet"']
    assert "Grå overskrifter vises kun." in " ".join(cell.value for cell in book["Om"]["A"])


def test_only_the_chosen_initiatives_are_exported(dashboard, fjord, course):
    fjord.initiative(dashboard, "Uden ansvarlig")
    listing = initiative_listing(
        dashboard, TODAY, Choice(responsible=Ref(fjord.college, "Professionshøjskolen"))
    )

    assert [row[0] for row in listing.rows] == [course.id]
    assert listing.notes[0] == "Udvalg: ansvarlig: Professionshøjskolen"


def test_edited_cells_are_shown_before_anything_is_done_and_then_done(dashboard, fjord, course):
    file = edited(
        exported(dashboard),
        {
            "Titel": "Vejlederkursus for alle",
            "Slut": "31.12.2027",
            "Ansvarlig": "roskilde  KOMMUNE",
            "Status sat manuelt": "Sat i bero",
            "Begrundelse for status": "afventer reformen",
            NEWS: "Første hold er begyndt",
        },
    )
    found = shown(dashboard, file)

    (row,) = found.changes
    assert [(cell.heading, cell.before, cell.after) for cell in row.cells] == [
        ("Titel", "Fælles vejlederkursus", "Vejlederkursus for alle"),
        ("Ansvarlig", "Professionshøjskolen", "Roskilde Kommune"),
        ("Slut", "30. juni 2027", "31. december 2027"),
        ("Status sat manuelt", "", "Sat i bero"),
        ("Begrundelse for status", "", "afventer reformen"),
    ]
    assert open_record(dashboard, INITIATIVE, course.id) == course

    assert apply(dashboard, "Skolen", TODAY, found) == 1
    card = initiative_card(dashboard, TODAY, course.id)
    assert card.initiative.status is InitiativeStatus.PAUSED
    assert card.initiative.responsible.id == fjord.roskilde
    assert [update.text for update in card.updates] == ["Første hold er begyndt"]
    assert (card.changes[0].who, card.changes[0].action) == ("Skolen", "rettet")
    assert shown(dashboard, exported(dashboard)).changes == ()


def test_a_row_that_somebody_has_changed_in_the_dashboard_is_refused_alone(dashboard, fjord, course):
    other = fjord.initiative(dashboard, "En anden")
    file = exported(dashboard)
    rows = {row[0]: number for number, row in enumerate(initiative_listing(dashboard, TODAY).rows, start=2)}
    for one in (course, other):
        file = edited(file, {"Mål": "Fra arket"}, rows[one.id])
    initiative_commands.close(dashboard, "Kommunen", course, TODAY)

    found = shown(dashboard, file)
    assert [row.stored.id for row in found.changes] == [other.id]
    (refused,) = found.refused
    assert refused.title == "Fælles vejlederkursus"
    assert "(version 2, i arket 1). Hent arket igen" in refused.reason


def test_a_row_that_only_the_dashboard_has_changed_is_no_conflict(dashboard, course):
    file = exported(dashboard)
    initiative_commands.close(dashboard, "Kommunen", course, TODAY)

    assert shown(dashboard, file) == Preview((), (), 1, ())
    news = shown(dashboard, edited(file, {NEWS: "Det gik godt"}))
    assert apply(dashboard, "Skolen", TODAY, news) == 1

    again = shown(dashboard, edited(file, {NEWS: "Det gik godt"}))
    assert again == Preview((), (), 1, ()), "what the log has of today is not written twice"


def test_nothing_is_done_when_somebody_saves_between_preview_and_apply(dashboard, course):
    found = shown(dashboard, edited(exported(dashboard), {"Mål": "Fra arket"}))
    initiative_commands.close(dashboard, "Kommunen", course, TODAY)

    with pytest.raises(ConflictProblem):
        apply(dashboard, "Skolen", TODAY, found)


TEXT_COLUMNS = (
    "Titel",
    "Beskrivelse",
    "Mål",
    "Ansvarlig rolle",
    "Begrundelse for status",
    "Afslutning",
    NEWS,
)


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("heading", TEXT_COLUMNS)
@pytest.mark.parametrize("text", ["Anna 01011990–1234", "anna (at) example.org", "x" * (TEXT + 1)], ids=len)
def test_no_column_takes_what_its_box_refuses(dashboard, heading, text):
    found = shown(dashboard, edited(exported(dashboard), {heading: text}))

    assert found.changes == ()
    assert re.search("må ikke rumme cpr-numre eller mailadresser|må højst have", found.refused[0].reason)
    assert text not in repr(found)


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Slut": "til sommer"}, "Slut: «til sommer» er ikke en dato. Skriv fx 31.1.2027."),
        ({"Slut": "31.2.2027"}, "Slut: «31.2.2027» er ikke en dato."),
        ({"Løbende": "måske"}, "Løbende: «måske» skal være ja eller nej."),
        ({"Ansvarlig": "Køge Komune"}, "Ansvarlig: «Køge Komune» kendes ikke. Mente du Køge Kommune?"),
        ({"Status sat manuelt": "Afsluttet"}, "Status sat manuelt: «Afsluttet» kendes ikke."),
        ({"Status sat manuelt": "Sat i bero"}, "En status, der er sat manuelt, kræver en begrundelse."),
        ({"Titel": None}, "Titel: må ikke være tom."),
        ({"Mål": "=A1+1"}, "Mål: Formlen er ikke beregnet."),
        ({NEWS: "=A1+1"}, f"{NEWS}: Formlen er ikke beregnet."),
        ({NEWS: "#DIVISION/0!"}, f"{NEWS}: Cellen viser fejlen #DIVISION/0!."),
        ({"Mål": "#REFERENCE!"}, "Mål: Cellen viser fejlen #REFERENCE!."),
        ({NEWS: "Ring til 010190-1234"}, "Skriv organisation og rolle i stedet"),
        ({NUMBER: None}, "Rækken har intet nummer. Nye indsatser oprettes på siden."),
        ({NUMBER: 999}, "Der er ingen indsats med nummer «999»."),
        ({NUMBER: "99999999999999999999"}, "Der er ingen indsats med nummer"),
        ({VERSION: 7, "Mål": "x"}, "Version «7» kendes ikke."),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_with_its_reason(dashboard, cells, reason):
    found = shown(dashboard, edited(exported(dashboard), cells))

    assert found.changes == ()
    assert reason in found.refused[0].reason
    assert found.refused[0].place == "række 2"


def test_the_same_number_twice_is_refused_twice(dashboard, fjord, course):
    other = fjord.initiative(dashboard, "En anden")
    numbers = [edited(exported(dashboard), {NUMBER: course.id}, row) for row in (2, 3)]

    refusals = [row.reason for file in numbers for row in shown(dashboard, file).refused]
    assert refusals == ["Samme nummer står i flere rækker."] * 2
    assert other.id != course.id


def test_a_deleted_initiative_is_refused(dashboard, course):
    file = edited(exported(dashboard), {"Mål": "Fra arket"})
    editing.delete(dashboard, "Kommunen", course)

    assert "slettet i dashboardet" in shown(dashboard, file).refused[0].reason


@pytest.mark.usefixtures("course")
def test_what_is_typed_where_it_is_not_read_is_told(dashboard):
    file = edited(exported(dashboard), {"Enheder": "Greve Kommune", "Status": "Afsluttet"})
    book = load_workbook(BytesIO(file))
    book[SHEET].cell(1, book[SHEET].max_column + 1).value = "Vores egne noter"
    target = BytesIO()
    book.save(target)

    assert shown(dashboard, target.getvalue()).notes == (
        "Kolonnen «Vores egne noter» kendes ikke og er ikke læst.",
        "Ark 'Indsatser', række 2, kolonne 'Enheder': kan kun rettes på siden og er ikke læst.",
    )


def test_what_is_typed_in_many_rows_where_it_is_not_read_is_told_once(dashboard, fjord, course):
    fjord.initiative(dashboard, "En anden")
    file = exported(dashboard)
    for row in (2, 3):
        file = edited(file, {"Enheder": "Greve Kommune"}, row)

    place = "Ark 'Indsatser', række 2, 3, kolonne 'Enheder'"
    assert shown(dashboard, file).notes == (f"{place}: kan kun rettes på siden og er ikke læst.",)
    assert course.form.units


@pytest.mark.usefixtures("course")
def test_columns_that_somebody_has_removed_stay_as_they_are(dashboard):
    book = load_workbook(BytesIO(edited(exported(dashboard), {"Mål": "Fra arket"})))
    headings = [cell.value for cell in book[SHEET][1]]
    for heading in ("Beskrivelse", "Ansvarlig", "Slut"):
        book[SHEET].delete_cols(headings.index(heading) + 1)
        headings.remove(heading)
    target = BytesIO()
    book.save(target)

    (row,) = shown(dashboard, target.getvalue()).changes
    assert [cell.heading for cell in row.cells] == ["Mål"]


@pytest.mark.usefixtures("course")
def test_another_workbook_is_told_apart(dashboard):
    book = load_workbook(BytesIO(exported(dashboard)))
    book[SHEET].delete_cols(1)
    target = BytesIO()
    book.save(target)

    with pytest.raises(ImportProblem, match="er ikke et hentet ark med indsatser"):
        shown(dashboard, target.getvalue())
    with pytest.raises(ImportProblem, match="Arket 'Indsatser' findes ikke"):
        shown(dashboard, renamed(exported(dashboard)))


def test_a_sheet_saved_as_strict_open_xml_is_read_like_any_other(dashboard, course):
    found = shown(dashboard, strict(edited(exported(dashboard), {"Mål": "Fra arket"})))

    assert [(row.stored.id, row.form.goal) for row in found.changes] == [(course.id, "Fra arket")]


@pytest.mark.parametrize("yes", ["TRUE", "sand", True, "j\u200ba"])
def test_yes_may_be_written_as_a_spreadsheet_writes_it(dashboard, fjord, yes):
    fjord.initiative(dashboard)
    (row,) = shown(dashboard, edited(exported(dashboard), {"Løbende": yes})).changes

    assert row.form.is_continuous


def renamed(file: bytes) -> bytes:
    book = load_workbook(BytesIO(file))
    book[SHEET].title = "Ark1"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def more_rows(file: bytes, rows: Iterable[Sequence[object]]) -> bytes:
    """The workbook with further rows under those that there are."""
    book = load_workbook(BytesIO(file))
    for row in rows:
        book[SHEET].append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def with_tags(file: bytes, tags: bytes) -> bytes:
    """The workbook with these in every sheet, packed as tightly as other files are."""
    target = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(target, "w", ZIP_DEFLATED) as parts:
        for name in source.namelist():
            parts.writestr(name, source.read(name).replace(b"</sheetData>", tags + b"</sheetData>"))
        parts.writestr("docProps/noise.bin", Random(1).randbytes(500_000))
    return target.getvalue()


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            partial(more_rows, rows=[[n, 1] for n in range(9_000, 10_001)]),
            "Højst 1.000 rækker og 50 kolonner",
        ),
        (partial(more_rows, rows=[[9_000, 1, *["x"] * 49]]), "Højst 1.000 rækker og 50 kolonner"),
        (partial(more_rows, rows=[[9_000, 1, "x" * 30_000]] * 400), "alt for stor, når den pakkes ud"),
        (
            partial(with_tags, tags=b"<row>" + b"<c/>" * 300_000 + b"</row>"),
            "alt for stor, når den pakkes ud",
        ),
        (partial(with_tags, tags=b"<row/>" * 300_000), "alt for stor, når den pakkes ud"),
        (lambda file: file + bytes(5 * 2**20), "er for stor: Højst 5 MB"),
    ],
    ids=["rows", "columns", "text", "cells in one row", "empty rows", "bytes"],
)
def test_a_file_with_more_in_it_than_initiatives_is_refused_with_what_to_do(dashboard, change, said):
    with pytest.raises(ImportProblem, match=re.escape(said)) as problem:
        shown(dashboard, change(exported(dashboard)))
    assert "hent arket igen" in str(problem.value) or "MB" in said


@pytest.mark.usefixtures("course")
def test_as_many_rows_as_may_be_are_read(dashboard):
    found = shown(dashboard, more_rows(exported(dashboard), [[n, 1] for n in range(9_000, 9_998)]))

    assert (found.unchanged, len(found.refused)) == (1, 998)


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize("name", ["indsatser.csv", "Anna 010190-1234.txt", "anna (at) example.org"])
def test_a_text_file_is_no_sheet_of_initiatives_and_its_name_says_who_nobody_is(dashboard, name):
    with pytest.raises(ImportProblem, match="er ikke et hentet ark med indsatser") as problem:
        preview(dashboard, TODAY, name, b"Nr.;Version\n1;1\n")
    assert not re.search("(?i)anna", str(problem.value))


@pytest.mark.usefixtures("course")
def test_one_file_is_read_at_a_time(dashboard, monkeypatch):
    read_sheets, held = initiative_sheet.read_sheets, []

    def watched(*args: object, **kwargs: object) -> object:
        held.append(initiative_sheet._READING.locked())
        return read_sheets(*args, **kwargs)

    monkeypatch.setattr(initiative_sheet, "read_sheets", watched)
    assert shown(dashboard, exported(dashboard)).unchanged == 1
    with pytest.raises(ImportProblem):
        shown(dashboard, b"PK")
    assert (held, initiative_sheet._READING.locked()) == ([True, True], False)


HOSTILE = ["=1+1", '=HYPERLINK("http://x")', "+1", "-2+3", "@x", "#N/A", "_x000D_", "![](https://x.dk/y.png)"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_a_person_becomes_a_formula_and_every_text_comes_back(dashboard, fjord, hostile):
    one = fjord.initiative(dashboard, hostile, description=hostile, goal=hostile)
    file = exported(dashboard)

    with ZipFile(BytesIO(file)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets" in name]
    assert not any("<f>" in sheet or 't="e"' in sheet for sheet in sheets)
    assert shown(dashboard, file) == Preview((), (), 1, ())
    assert one.form.title == hostile


any_text = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60)
dates = st.none() | st.dates(date(1950, 1, 1), date(2099, 12, 31))


@st.composite
def form_values(draw: Callable) -> dict:
    starts, ends = draw(dates), draw(dates)
    status = draw(st.sampled_from([None, "Sat i bero", "Forsinket", "Opgivet"]))
    return {
        "title": draw(any_text),
        "description": draw(any_text),
        "goal": draw(any_text),
        "responsible_role": draw(any_text),
        "starts": starts,
        "ends": ends,
        "is_continuous": draw(st.booleans()),
        "status": status,
        "status_reason": draw(any_text),
        "closed_on": draw(dates),
        "closing_note": draw(any_text),
    }


def kept(partnership: SmallPartnership, values: dict) -> dict:
    """Only what can be kept at all."""
    try:
        filled(INITIATIVE, {"partnership_id": partnership.id, **values})
    except EditProblem:
        assume(condition=False)
    return values


def as_excel_writes(text: str | None) -> str | None:
    """A text in which something looks like a character's code."""
    return text and re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


slowly = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


@pytest.mark.slow
@slowly
@given(values=form_values())
def test_whatever_is_written_survives_the_way_out_and_in(dashboard, fjord, values):
    one = fjord.initiative(dashboard, **kept(fjord, values))

    assert shown(dashboard, exported(dashboard)) == Preview((), (), 1, ())
    editing.delete(dashboard, "Skolen", one)  # the next example begins with none


@pytest.mark.slow
@slowly
@given(before=form_values(), after=form_values())
def test_whatever_is_edited_in_the_sheet_is_what_the_store_says_afterwards(dashboard, fjord, before, after):
    wanted = filled(INITIATIVE, {"partnership_id": fjord.id, **kept(fjord, after)})
    one = fjord.initiative(dashboard, **kept(fjord, before))
    cells = {INITIATIVE.label(field): getattr(wanted, field) for field in after}
    cells["Løbende"] = "ja" if wanted.is_continuous else "nej"
    book = load_workbook(BytesIO(exported(dashboard)))
    columns = {cell.value: cell.column for cell in book[SHEET][1]}
    row = next(cells[0].row for cells in book[SHEET].iter_rows() if cells[0].value == one.id)
    for heading, value in cells.items():
        cell = book[SHEET].cell(row, columns[heading])
        cell.value = value if isinstance(value, date) else as_excel_writes(value)
        if isinstance(value, str) and value:
            cell.data_type = "s"
    target = BytesIO()
    book.save(target)

    found = shown(dashboard, target.getvalue())
    assert found.refused == ()
    apply(dashboard, "Skolen", TODAY, found)
    assert open_record(dashboard, INITIATIVE, one.id).form == wanted
    editing.delete(dashboard, "Skolen", open_record(dashboard, INITIATIVE, one.id))


def test_the_longest_texts_fit_in_a_cell(dashboard, fjord):
    fjord.initiative(dashboard, "t" * LINE, description="æ" * TEXT)

    assert shown(dashboard, exported(dashboard)) == Preview((), (), 1, ())
