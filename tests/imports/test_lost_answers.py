"""Empty cells and columns that nobody reads: what would lose or invent answers in silence."""

import pytest

from data_access.problems import ImportProblem
from tests.imports.made_files import (
    ANSWERS_MAPPING,
    DATASET,
    LABELS,
    STRUCTURE,
    SURVEYXACT_MAPPING,
    surveyxact_files,
)

TICKS = ANSWERS_MAPPING.replace('S01 = "Tilfreds"', 'S02 = "Hjælp"')
ROWS = "Kommune;Uddannelse;Hjælp\n" + "Køge;Pædagog;Valgt\n" * 9 + "Køge;Pædagog;\n" * 21


def blank(answer: str) -> str:
    return TICKS.replace('"Hjælp"', f'{{ column = "Hjælp", blank = "{answer}" }}')


def answers(desk, question: str = "S02") -> list[int | None]:
    return [sheet.answers.get(question) for sheet in desk.sheets() if sheet.answered]


def test_a_tick_box_with_one_answer_and_empty_cells_is_refused_with_the_way_to_say_what_empty_means(desk):
    with pytest.raises(ImportProblem) as problem:
        desk.run(TICKS, desk.csv(ROWS))
    assert "har kun svaret 'Valgt' (9), og 21 besvarelser er uden svar" in str(problem.value)
    assert 'S02 = { column = "Hjælp", blank = "Ikke valgt" }' in str(problem.value)


def test_empty_is_the_answer_that_the_mapping_says(desk):
    report = desk.run(blank("Ikke valgt"), desk.csv(ROWS))
    assert (answers(desk).count(1), answers(desk).count(0)) == (9, 21)
    assert "S02 Vejledning: 30 svar. Valgt 9, Ikke valgt 21" in report.lines()


def test_empty_is_no_answer_when_the_mapping_says_so(desk):
    desk.run(blank(""), desk.csv(ROWS))
    assert answers(desk).count(None) == 21


def test_empty_may_not_be_an_answer_outside_the_scale(desk):
    with pytest.raises(ImportProblem, match="blank = 'Nej' er ikke et svar på skalaen"):
        desk.run(blank("Nej"), desk.csv(ROWS))


@pytest.mark.parametrize("rows", ["Køge;Pædagog;Valgt\n" * 9, ROWS + "Køge;Pædagog;Ikke valgt\n" * 5])
def test_a_tick_box_with_both_answers_or_no_empty_cell_is_taken(desk, rows):
    desk.run(TICKS, desk.csv("Kommune;Uddannelse;Hjælp\n" + rows.removeprefix("Kommune;Uddannelse;Hjælp\n")))
    assert desk.sheets()


@pytest.mark.parametrize("few", [1, 2])
def test_a_few_answers_of_the_other_kind_do_not_say_what_empty_means(desk, few):
    rows = ROWS + "Køge;Pædagog;Ikke valgt\n" * few
    with pytest.raises(ImportProblem, match=f"'Valgt' .9. og {few} gange 'Ikke valgt', og 21 besvarelser"):
        desk.run(TICKS, desk.csv(rows))
    desk.run(blank("Ikke valgt"), desk.csv(rows))
    assert answers(desk).count(0) == 21 + few


def ticked(*words: str, blank: str = "Ikke valgt") -> str:
    listed = ", ".join(f'"{word}"' for word in words)
    return TICKS.replace('"Hjælp"', f'{{ column = "Hjælp", ticked = [{listed}], blank = "{blank}" }}')


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("X", ""),
        ("x", ""),
        ("1", "0"),
        ("1.0", "0.0"),
        ("1", ""),
        ("SAND", "FALSK"),
        ("TRUE", "FALSE"),
        ("Ja", ""),
        ("Ja", "Nej"),
    ],
)
def test_a_tick_is_what_the_mapping_says(desk, word, other):
    rows = f"Køge;Pædagog;{word}\n" * 9 + f"Køge;Pædagog;{other}\n" * 21
    report = desk.run(ticked("X", "1", "SAND", "Ja"), desk.csv("Kommune;Uddannelse;Hjælp\n" + rows))
    assert "S02 Vejledning: 30 svar. Valgt 9, Ikke valgt 21" in report.lines()


def test_a_tick_stands_for_the_other_answer_whatever_the_codes_are(desk):
    """Here 1 is Ja and 2 is Nej: a 0 is Nej all the same."""
    mapping = (
        ticked("1", blank="Nej")
        .replace('{ value = 1, text = "Valgt" }', '{ value = 1, text = "Ja" }')
        .replace('{ value = 0, text = "Ikke valgt" }', '{ value = 2, text = "Nej" }')
    )
    desk.run(mapping, desk.csv("Kommune;Uddannelse;Hjælp\nKøge;Pædagog;1\nKøge;Pædagog;0\nKøge;Pædagog;\n"))
    assert answers(desk) == [1, 2, 2]


def test_a_tick_in_another_word_is_refused_with_the_words_that_are_known(desk):
    with pytest.raises(
        ImportProblem, match=r"'Måske' er hverken blandt ordene for et kryds \('X'\) eller et nej"
    ):
        desk.run(ticked("X"), desk.csv("Kommune;Uddannelse;Hjælp\nKøge;Pædagog;Måske\n"))


@pytest.mark.parametrize("word", ["X", "SAND", "Ja"])
def test_a_tick_that_the_mapping_does_not_explain_is_refused_with_how_to(desk, word):
    with pytest.raises(ImportProblem) as problem:
        desk.run(TICKS, desk.csv(ROWS.replace("Valgt", word)))
    assert '{ column = "Hjælp", ticked = ["X"], blank = "Ikke valgt" }' in str(problem.value)


@pytest.mark.parametrize("wrong", [ticked("X", blank=""), ticked("X").replace("S02 = {", "S01 = {")])
def test_ticks_need_two_answers_and_the_one_without_a_tick(desk, wrong):
    with pytest.raises(ImportProblem, match=r"ticked kræver en skala med to svar|er ikke et svar på skalaen"):
        desk.run(wrong, desk.csv(ROWS))


def test_the_same_answer_from_all_on_a_longer_scale_is_said(desk):
    rows = "Kommune;Uddannelse;Tilfreds\n" + "Køge;Pædagog;5\n" * 3 + "Køge;Pædagog;\n"
    report = desk.run(ANSWERS_MAPPING, desk.csv(rows))
    assert "Bemærk: S01: alle svar er ens, og 1 besvarelse er uden svar" in report.lines()


def test_one_who_did_not_come_to_the_end_has_left_nothing_empty_on_purpose(desk):
    mapping = SURVEYXACT_MAPPING.replace(
        'choice = "Dokumentation"', 'choice = "Dokumentation", blank = "Ikke valgt"'
    )
    report = desk.run(mapping, *surveyxact_files(desk.folder))
    # 1001 ticked it, 1003 another; 1004 is partial, and 1005 has no answer at all
    assert answers(desk) == [1, 0, None]
    assert "S02 Vejledning: 2 svar. Valgt 1, Ikke valgt 1" in report.lines()


def test_answers_without_a_tick_count_when_empty_is_said_to_be_no(desk):
    dataset = DATASET.replace("c@example.org;2;2;9;0;1;", "c@example.org;2;2;9;0;0;")
    mapping = SURVEYXACT_MAPPING.replace(
        'choice = "Dokumentation"', 'choice = "Dokumentation", blank = "Ikke valgt"'
    )
    desk.run(mapping, *surveyxact_files(desk.folder, dataset=dataset))
    assert answers(desk) == [1, 0, None]


def test_a_multi_choice_question_says_its_base_in_report_and_round(desk):
    from data_access.confidential.models import Round

    report = desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder))
    assert any("kun besvarelser med mindst ét kryds i spørgsmålet" in line for line in report.lines())
    bases = [one["base"] for one in desk.store.get(Round, "student-2025").questionnaire["questions"]]
    assert bases == ["", "besvarelser med mindst ét kryds i spørgsmålet"]


STATUSES = "Kommune;Uddannelse;Tilfreds;{}\n" + "Køge;Pædagog;5;{}\n" * 6 + "Køge;Pædagog;;{}\n" * 6


@pytest.mark.parametrize(
    ("heading", "done", "sent"),
    [
        ("Status", "Completed", "Distributed"),
        ("Svarstatus", "Besvaret", ""),
        ("Tila", "Valmis", "Lähetetty"),  # no word of it is known
        ("Forløb", "3", "1"),
    ],
)
def test_a_status_that_the_mapping_does_not_read_is_refused(desk, heading, done, sent):
    file = desk.csv(STATUSES.format(heading, *[done] * 6, *[sent] * 6))
    with pytest.raises(ImportProblem, match=f"Kolonnen '{heading}' ser ud til at sige, hvem der har svaret"):
        desk.run(ANSWERS_MAPPING, file)
    text = ANSWERS_MAPPING.replace("[questions]", f'[keep]\n"{heading}" = ["{done}", "{sent}"]\n[questions]')
    assert desk.run(text, file).answers == 12


def test_a_status_in_a_foreign_language_with_partial_answers_is_refused(desk):
    rows = "Køge;Pædagog;5;Slutförd\n" * 8 + "Køge;Pædagog;;Utskickad\n" * 9
    partial = "Køge;Pædagog;;Påbörjad\nKøge;Pædagog;4;Påbörjad\n"
    with pytest.raises(ImportProblem, match="Kolonnen 'Läge' ser ud til at sige"):
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;Läge\n{rows}{partial}"))


def test_a_status_is_not_overlooked_because_empty_cells_have_a_meaning(desk):
    rows = "Køge;Pædagog;Valgt;Besvaret\n" * 6 + "Køge;Pædagog;;Inviteret\n" * 6
    with pytest.raises(ImportProblem, match="Kolonnen 'Status' ser ud til at sige"):
        desk.run(blank("Ikke valgt"), desk.csv(f"Kommune;Uddannelse;Hjælp;Status\n{rows}"))


def test_rows_without_any_answer_are_said(desk):
    report = desk.run(
        ANSWERS_MAPPING, desk.csv("Kommune;Uddannelse;Tilfreds\nKøge;Pædagog;5\nKøge;Pædagog;\n")
    )
    assert any(one.startswith("1 besvarelse uden et eneste svar") for one in report.warnings)


@pytest.mark.parametrize("values", [("Kvinde", "Mand", "Mand"), ("Papir", "Papir", "Papir"), ("a", "", "b")])
def test_another_column_does_not_pass_for_a_status(desk, values):
    rows = "".join(f"Køge;Pædagog;{answer};{value}\n" for answer in ("5", "4", "") for value in values)
    assert desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;Andet\n{rows}")).answers == 9


def test_the_status_of_an_export_must_be_read(desk):
    start, end = SURVEYXACT_MAPPING.index("[status]"), SURVEYXACT_MAPPING.index("[questions]")
    text = (SURVEYXACT_MAPPING[:start] + SURVEYXACT_MAPPING[end:]).replace('status = "statoverall"\n', "")
    with pytest.raises(ImportProblem, match="Kolonnen 'statoverall' ser ud til at sige, hvem der har svaret"):
        desk.run(text, *surveyxact_files(desk.folder))


def test_answers_that_a_status_keeps_out_are_said(desk):
    dataset = DATASET.replace("1002;b@example.org;2;1;;", "1002;b@example.org;2;1;3;")
    report = desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=dataset))
    assert "Bemærk: 1 række med status inviteret har svar, som ikke tæller" in report.lines()


@pytest.mark.parametrize("words", ['left_out = ["Ny"]', 'left_out = ["Ny", "Frafaldet"]'])
def test_answers_of_a_status_that_is_left_out_are_said(desk, words):
    dataset = DATASET.replace("1007;g@example.org;1;2;;", "1007;g@example.org;1;2;77;")
    dataset = dataset.replace("1006;f@example.org;1;2;;", "1006;f@example.org;1;2;4;")
    mapping = SURVEYXACT_MAPPING.replace('left_out = ["Ny"]', words)
    if "Frafaldet" in words:
        mapping = mapping.replace('["Distribueret", "Frafaldet"]', '["Distribueret"]')
    labels = LABELS + "s_12;77;Noget andet\n"
    lines = desk.run(mapping, *surveyxact_files(desk.folder, dataset=dataset, labels=labels)).lines()
    number = "2 rækker" if "Frafaldet" in words else "1 række"
    assert f"Bemærk: {number} med en status under left_out har svar, som ikke tæller" in lines


@pytest.mark.parametrize(
    "day", ["2025-03-{:02}", "{}-3-2025", "{:02}.03.2025 10:20", "2025-03-{:02} 10:20:31"]
)
@pytest.mark.parametrize("heading", ["Besvaret den", "Afsluttet", "Lopetettu"])
def test_a_date_on_the_rows_that_have_answers_is_asked_about_as_a_status_is(desk, heading, day):
    rows = [f"Køge;Pædagog;{1 + number % 5};{day.format(number + 1)}\n" for number in range(12)]
    file = desk.csv(f"Kommune;Uddannelse;Tilfreds;{heading}\n{''.join(rows)}" + "Køge;Pædagog;;\n" * 6)
    with pytest.raises(
        ImportProblem, match=f"Kolonnen '{heading}' har kun datoer i de rækker, der har svar, og er tom i 6"
    ):
        desk.run(ANSWERS_MAPPING, file)
    text = ANSWERS_MAPPING.replace("[questions]", f'[leave_out]\n"{heading}" = [""]\n[questions]')
    assert desk.run(text, file).answers == 12


def test_a_date_that_some_who_answered_lack_says_nothing_of_who_has(desk):
    rows = [f"Køge;Pædagog;{1 + number % 5};{number % 3 and '2025-03-01'}\n" for number in range(12)]
    text = (
        f"Kommune;Uddannelse;Tilfreds;Start\n{''.join(rows)}".replace(";0\n", ";\n") + "Køge;Pædagog;;\n" * 2
    )
    assert desk.run(ANSWERS_MAPPING, desk.csv(text)).answers == 14


CPR_FORMS = [
    "010190-1234",
    "0101901234",
    "010190 1234",
    "01.01.90-1234",
    "010190–1234",
    "01011990-1234",
    "０１０１９０１２３４",
]


@pytest.mark.parametrize("number", CPR_FORMS)
def test_a_cpr_number_in_a_comment_is_refused_with_its_place_and_never_repeated(desk, number):
    rows = f"Køge;Pædagog;5;Godt\nKøge;Pædagog;4;ring til mig, {number}\n"
    with pytest.raises(
        ImportProblem, match="linje 3, kolonne 'Kommentar': Der står et CPR-nummer"
    ) as problem:
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;Kommentar\n{rows}"))
    assert "1234" not in str(problem.value)


@pytest.mark.parametrize("number", CPR_FORMS)
def test_a_column_of_cpr_numbers_is_refused_whatever_it_is_called(desk, number):
    file = desk.csv(f"Kommune;Uddannelse;Tilfreds;Kode\nKøge;Pædagog;5;{number}\nKøge;Pædagog;5;\n")
    with pytest.raises(ImportProblem, match="linje 2, kolonne 'Kode': Der står et CPR-nummer"):
        desk.run(ANSWERS_MAPPING, file)


def test_a_cpr_number_in_an_export_s_comment_and_background_is_refused(desk):
    comment = DATASET.replace('"God tid; god vejleder"', '"God tid (010190-1234)"')
    with pytest.raises(ImportProblem, match="linje 2, kolonne 's_21': Der står et CPR-nummer"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=comment))
    labels = LABELS.replace("Køge", "010190-1234")
    with pytest.raises(ImportProblem, match="kolonne 'kommune': Der står et CPR-nummer"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=labels))


@pytest.mark.parametrize(
    "numbers",
    [
        ["20231234", "20235678"],  # student numbers
        ["+45 12 34 56 78", "12345678"],
        ["2025-09-10 06:09:57", "10-09-2025 06:09"],
        ["8254784291", "0101901234", "9958471230", "5512345678"],  # one of four begins with a date by chance
        ["710361,7109609999", "311362,538862", "793261,9901611111"],
    ],
)
def test_plain_numbers_are_no_cpr_numbers(desk, numbers):
    rows = "".join(f"Køge;Pædagog;5;{number}\n" for number in numbers)
    desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;Tal\n{rows}"))
    assert len(desk.sheets()) == len(numbers)


def test_rows_of_two_surveys_in_one_export_are_refused(desk):
    structure = STRUCTURE + "survey;survey;Open;String;Undersøgelse;;;\n"
    heading, *rows = DATASET.splitlines()
    dataset = "\n".join([f"{heading};survey", *(f"{row};{77 if row[3] == '3' else 55}" for row in rows)])
    with pytest.raises(
        ImportProblem, match="linje 4, kolonne 'survey': Filen har rækker fra flere"
    ) as problem:
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=dataset, structure=structure))
    assert "'77'" in str(problem.value)


def test_a_row_with_two_statuses_is_named_by_its_number(desk):
    dataset = DATASET.replace(";0;0;0;1;0\n1004", ";0;1;0;1;0\n1004")
    with pytest.raises(
        ImportProblem, match="linje 4, kolonne 'statoverall': Rækken har to statusser på én gang"
    ):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=dataset))


def test_a_row_without_a_status_is_named(desk):
    dataset = DATASET.replace(";0;0;0;1;0\n1004", ";0;0;0;0;0\n1004")
    with pytest.raises(ImportProblem, match="linje 4, kolonne 'statoverall': Status mangler"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=dataset))
