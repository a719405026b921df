"""A round beside the survey's other rounds: last year's file, and a question that was asked in other words."""

import pytest

from data_access.confidential.models import Round
from data_access.problems import ImportProblem
from tests.imports.made_files import (
    ANSWERS_MAPPING,
    COUNTS_HEADINGS,
    COUNTS_MAPPING,
    DATASET,
    STRUCTURE,
    SURVEYXACT_MAPPING,
    surveyxact_files,
    workbook,
    written,
)
from tests.imports.test_duplicates import made_answers, questions

ROWS = [
    f"{place};Pædagog;{answer}\n" for place in ("Køge", "Greve", "Roskilde") for answer in (5, 4, 3, 3, 1)
]
HEADINGS = "Kommune;Uddannelse;Tilfreds\n"
BREAK = """
[[questionnaire.series_breaks]]
year = 2025
question = "S01"
reason = "ny ordlyd"
"""
REWORDED = ANSWERS_MAPPING.replace("Er du tilfreds?", "Hvor tilfreds er du med din vejleder?")


def reason(mapping: str, before: str = "[questions]\n") -> str:
    return mapping.replace(before, f'[duplicates]\nreason = "afprøvning"\n{before}', 1)


@pytest.mark.parametrize("changed", ["the same", "reordered", "a workbook"])
def test_last_year_s_file_is_not_this_year_s(desk, changed):
    desk.run(ANSWERS_MAPPING, desk.csv(HEADINGS + "".join(ROWS)), round_id="student-2024")
    rows = ROWS if changed == "the same" else ROWS[::-1]
    file = desk.csv(HEADINGS + "".join(rows), "ny.csv")
    if changed == "a workbook":
        cells = [line.split(";") for line in (HEADINGS + "".join(rows)).splitlines()]
        file = written(desk.folder / "ny.xlsx", workbook({"Svar": cells}))
    for dry_run in (True, False):
        with pytest.raises(ImportProblem, match="Svarene er de samme som i runden student-2024"):
            desk.run(ANSWERS_MAPPING, file, dry_run=dry_run)
    report = desk.run(reason(ANSWERS_MAPPING), file)
    assert report.added == 15
    assert "Tilladt i mappingfilen: samme svar som i runden student-2024: afprøvning" in report.lines()


def test_this_year_s_file_is_not_last_year_s_either(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(HEADINGS + "".join(ROWS)), round_id="student-2025")
    with pytest.raises(ImportProblem, match="samme som i runden student-2025"):
        desk.run(ANSWERS_MAPPING, desk.csv(HEADINGS + "".join(ROWS)), round_id="student-2024")


def test_the_same_file_under_another_survey_is_refused_too(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(HEADINGS + "".join(ROWS)))
    mapping = ANSWERS_MAPPING.replace('survey = "student"', 'survey = "elev"')
    with pytest.raises(ImportProblem, match="samme som i runden student-2025"):
        desk.run(mapping, desk.csv(HEADINGS + "".join(ROWS)), round_id="elev-2025")


def test_persons_do_not_make_the_same_file_another(desk, monkeypatch):
    monkeypatch.setenv("PERSON_KEY", "en nøgle på mindst toogtredive tegn")
    mapping = SURVEYXACT_MAPPING.replace("[status]", 'person = "respondentid"\n[status]', 1)
    desk.run(mapping, *surveyxact_files(desk.folder), round_id="student-2024")
    with pytest.raises(ImportProblem, match="samme som i runden student-2024"):
        desk.run(mapping, *surveyxact_files(desk.folder))


def test_last_year_s_file_with_some_rows_more_is_still_last_year_s(desk):
    mapping, names = questions(8)
    headings = f"Kommune;Uddannelse;{';'.join(names)}\n"
    earlier, more = made_answers(8, 60), made_answers(8, 20, seed=7)
    desk.run(mapping, desk.csv(headings + "".join(earlier)), round_id="student-2024")
    with pytest.raises(ImportProblem, match="samme som i runden student-2024"):
        desk.run(mapping, desk.csv(headings + "".join(earlier[5:] + more)))


@pytest.mark.parametrize("is_first", [True, False])
def test_last_year_s_rows_among_new_ones_are_known_by_their_order_though_there_is_one_question(
    desk, is_first
):
    mapping, names = questions(1)
    headings = f"Kommune;Uddannelse;{';'.join(names)}\n"
    earlier, more = made_answers(1, 40), made_answers(1, 60, seed=7)
    desk.run(mapping, desk.csv(headings + "".join(earlier)), round_id="student-2024")
    rows = [*earlier, *more] if is_first else [*more, *earlier]
    with pytest.raises(ImportProblem, match="samme som i runden student-2024"):
        desk.run(mapping, desk.csv(headings + "".join(rows)))


def test_one_question_that_is_answered_alike_each_year_is_no_copy(desk):
    mapping, names = questions(1)
    headings = f"Kommune;Uddannelse;{';'.join(names)}\n"
    for year in range(2019, 2025):
        answers = made_answers(1, 150, seed=year)
        desk.run(mapping, desk.csv(headings + "".join(answers)), round_id=f"student-{year}")
    assert len(desk.sheets()) == 900


def test_other_answers_of_the_same_questions_are_another_year(desk):
    mapping, names = questions(8)
    headings = f"Kommune;Uddannelse;{';'.join(names)}\n"
    desk.run(mapping, desk.csv(headings + "".join(made_answers(8, 60))), round_id="student-2024")
    desk.run(mapping, desk.csv(headings + "".join(made_answers(8, 60, seed=7))))
    assert len(desk.sheets()) == 120


def test_last_year_s_counts_are_not_this_year_s(desk):
    rows = ["Køge;Pædagog;;40;50;40;10;20;30;20;20\n", "Greve;Pædagog;;20;50;20;10;20;30;20;20\n"]
    desk.run(COUNTS_MAPPING, desk.csv(COUNTS_HEADINGS + "".join(rows)), round_id="student-2024")
    file = desk.csv(COUNTS_HEADINGS + "".join(rows[::-1]))
    with pytest.raises(ImportProblem, match="samme som i runden student-2024"):
        desk.run(COUNTS_MAPPING, file)
    desk.run(reason(COUNTS_MAPPING, "[counts]\n"), file)
    assert len(desk.groups()) == 4


def test_a_round_may_be_imported_again_in_its_own_place(desk):
    desk.run(ANSWERS_MAPPING, desk.csv(HEADINGS + "".join(ROWS)))
    assert desk.run(ANSWERS_MAPPING, desk.csv(HEADINGS + "".join(ROWS[::-1]))).unchanged == 15


def asked_in_2024(desk, mapping: str = ANSWERS_MAPPING) -> None:
    desk.run(mapping, desk.csv(HEADINGS + "".join(ROWS)), round_id="student-2024")


def this_year(desk, mapping: str, **choices):
    return desk.run(mapping, desk.csv(HEADINGS + "".join(ROWS[:0:-1])), **choices)


def test_a_question_in_other_words_than_the_year_before_is_refused_and_a_break_proposed(desk):
    asked_in_2024(desk)
    for dry_run in (True, False):
        with pytest.raises(ImportProblem) as problem:
            this_year(desk, REWORDED, dry_run=dry_run)
    for part in (
        "S01 er ikke det samme i student-2024 («Er du tilfreds?») og i student-2025 («Hvor tilfreds er du",
        '[[series_breaks]] year = 2025, question = "S01"',
        '[unchanged_wording]: S01 = "hvorfor"',
    ):
        assert part in str(problem.value)
    assert "S02" not in str(problem.value)


@pytest.mark.parametrize("question", ['question = "S01"\n', ""])
def test_a_series_break_answers_for_new_words(desk, question):
    asked_in_2024(desk)
    this_year(desk, REWORDED + BREAK.replace('question = "S01"\n', question))
    assert desk.store.get(Round, "student-2025")


@pytest.mark.parametrize("year", [2024, 2026])
def test_a_series_break_in_another_year_does_not(desk, year):
    asked_in_2024(desk)
    with pytest.raises(ImportProblem, match="S01 er ikke det samme"):
        this_year(desk, REWORDED + BREAK.replace("2025", str(year)))


def test_new_words_with_the_same_meaning_are_taken_with_a_reason_that_the_report_repeats(desk):
    asked_in_2024(desk)
    text = REWORDED.replace(
        "[questions]", '[unchanged_wording]\nS01 = "kun et stykke er skrevet ud"\n[questions]'
    )
    report = this_year(desk, text)
    assert (
        "Tilladt i mappingfilen: S01 har fået ny ordlyd eller skala: kun et stykke er skrevet ud"
        in report.lines()
    )


def test_an_earlier_round_that_comes_later_is_held_against_the_one_after_it(desk):
    asked_in_2024(desk, REWORDED)
    with pytest.raises(ImportProblem, match=r"S01 er ikke det samme i student-2023 .* og i student-2024"):
        this_year(desk, ANSWERS_MAPPING, round_id="student-2023")


@pytest.mark.parametrize("text", ["Er  du tilfreds", "ER DU TILFREDS ?", "Er du tilfreds..."])
def test_capitals_blanks_and_signs_are_no_new_words(desk, text):
    asked_in_2024(desk)
    this_year(desk, ANSWERS_MAPPING.replace("Er du tilfreds?", text))
    assert desk.store.get(Round, "student-2025")


NEW_SCALES = {
    "a text": ('text = "I høj grad"', 'text = "I overvejende grad"'),
    "fewer steps": ('    { value = 2, text = "I mindre grad" },\n', ""),
    "the good end": ("good_end = 5", "good_end = 1"),
    "an answer outside": ('    { value = 9, text = "Ved ikke", in_base = false },\n', ""),
}


@pytest.mark.parametrize("change", NEW_SCALES)
def test_another_scale_than_the_year_before_is_asked_about_as_new_words_are(desk, change):
    asked_in_2024(desk)
    changed = ANSWERS_MAPPING.replace(*NEW_SCALES[change])
    with pytest.raises(
        ImportProblem, match=r"S01 er ikke det samme i student-2024 .«bedst I meget høj grad"
    ) as problem:
        this_year(desk, changed)
    assert 'text_before = "Er du tilfreds?"' in str(problem.value)
    assert "S02" not in str(problem.value)
    this_year(desk, changed + BREAK)
    report = this_year(
        desk, changed.replace("[questions]", '[unchanged_wording]\nS01 = "samme mening"\n[questions]')
    )
    assert "Tilladt i mappingfilen: S01 har fået ny ordlyd eller skala: samme mening" in report.lines()


def test_a_scale_shown_from_the_other_end_is_the_same_scale(desk):
    asked_in_2024(desk)
    start, end = ANSWERS_MAPPING.index("    { value = 5,"), ANSWERS_MAPPING.index("    { value = 9,")
    options = ANSWERS_MAPPING[start:end].splitlines(keepends=True)
    this_year(desk, ANSWERS_MAPPING[:start] + "".join(options[::-1]) + ANSWERS_MAPPING[end:])
    assert desk.store.get(Round, "student-2025")


OTHER_ANSWERS = DATASET.replace("1;1;5;1;0", "1;1;4;1;0")


def test_an_export_tells_of_new_words_though_the_questionnaire_has_the_old_ones(desk):
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder), round_id="student-2024")
    structure = STRUCTURE.replace(
        "Samlet set er jeg tilfreds med praktikforløbet", "Jeg var tryg i praktikken"
    )
    files = surveyxact_files(desk.folder, dataset=OTHER_ANSWERS, structure=structure)
    with pytest.raises(ImportProblem, match=r"S01 er ikke det samme .*«Jeg var tryg i praktikken»"):
        desk.run(SURVEYXACT_MAPPING, *files)
    desk.run(SURVEYXACT_MAPPING + BREAK, *files)
    assert desk.store.get(Round, "student-2025").wording["S01"] == "Jeg var tryg i praktikken"


def test_an_export_with_the_same_words_is_the_same_question(desk):
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder), round_id="student-2024")
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=OTHER_ANSWERS))
    assert desk.store.get(Round, "student-2025")
