"""Rows that are there more than once: refused where it can be known, allowed with a written reason."""

import random

import pytest

from data_access.problems import ImportProblem
from tests.imports.made_files import (
    ANSWERS_MAPPING,
    DATASET,
    QUESTIONNAIRE,
    SURVEYXACT_MAPPING,
    surveyxact_files,
)

WITH_PERSON = ANSWERS_MAPPING.replace(
    'education = "Uddannelse"', 'education = "Uddannelse"\nperson = "Nøgle"'
)
HEADINGS = "Kommune;Uddannelse;Tilfreds;Nøgle\n"
REASON = '[duplicates]\nreason = "to praktikforløb samme sted"\n[questions]'


def allowing(mapping: str) -> str:
    return mapping.replace("[questions]\n", f"{REASON}\n", 1)


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("PERSON_KEY", "en nøgle på mindst toogtredive tegn")


def test_the_same_person_twice_at_a_place_is_refused_with_the_rows(desk):
    rows = "".join(f"Køge;Pædagog;{1 + number % 5};P{number:03}\n" for number in range(12))
    with pytest.raises(ImportProblem) as problem:
        desk.run(WITH_PERSON, desk.csv(HEADINGS + rows * 2))
    assert "samme person, sted, uddannelse og institution mere end én gang: linje 2, 14; linje 3, 15" in str(
        problem.value
    )
    assert "(12 i alt)" in str(problem.value)
    assert "[duplicates]" in str(problem.value)
    assert desk.sheets() == []


def test_the_same_person_with_other_answers_at_the_place_is_refused(desk):
    with pytest.raises(ImportProblem, match="samme person"):
        desk.run(WITH_PERSON, desk.csv(f"{HEADINGS}Køge;Pædagog;5;A\nKøge;Pædagog;1;a\n"))


def test_a_person_may_have_been_at_several_places(desk):
    desk.run(WITH_PERSON, desk.csv(f"{HEADINGS}Køge;Pædagog;5;A\nGreve;Pædagog;5;A\n"))
    assert len({sheet.person for sheet in desk.sheets()}) == 1


def test_repeated_rows_are_taken_with_a_reason_that_the_report_repeats(desk):
    file = desk.csv(f"{HEADINGS}Køge;Pædagog;5;A\nKøge;Pædagog;1;A\n")
    for dry_run in (True, False):
        lines = desk.run(allowing(WITH_PERSON), file, dry_run=dry_run).lines()
        assert any(line.startswith("Dublet:") and "linje 2, 3" in line for line in lines)
        assert any(line.endswith("to praktikforløb samme sted") for line in lines)
    assert len(desk.sheets()) == 2


def test_a_reason_without_a_text_is_none(desk):
    with pytest.raises(ImportProblem, match=r"duplicates\.reason"):
        desk.run(allowing(WITH_PERSON).replace("to praktikforløb samme sted", " "), desk.csv(HEADINGS))


def test_a_respondent_has_one_row_in_an_export(desk):
    dataset = DATASET.replace("1003;c@example.org", "1001;x@example.org")
    with pytest.raises(ImportProblem, match="samme respondent mere end én gang: linje 2, 4"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=dataset))


@pytest.mark.parametrize("heading", ["Respondent-ID", "respondentid", "responde", "Respondentnummer"])
def test_a_respondent_has_one_row_in_a_table_too_whatever_it_says(desk, heading):
    rows = "Køge;Pædagog;5;71\nGreve;Pædagog;4;72\nKøge;Pædagog;1;71\n"
    with pytest.raises(ImportProblem, match="samme respondent mere end én gang: linje 2, 4"):
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;{heading}\n{rows}"))


@pytest.mark.parametrize(
    "heading",
    [
        "Respondent",
        "Respondent nr.",
        "Response ID",
        "Svar-id",
        "Besvarelses-ID",
        "Besvarelsesnr",
        "Svarnr",
        "ID",
        "UUID",
        "Token",
        "Nr.",
    ],
)
@pytest.mark.parametrize("change", ["nothing", "an answer"])
def test_the_number_of_a_sheet_is_known_by_its_usual_headings(desk, heading, change):
    rows = [f"Køge;Pædagog;{1 + number % 5};a{700 + 3 * number}\n" for number in range(10)]
    again = rows[2] if change == "nothing" else rows[2].replace(";3;", ";1;")
    with pytest.raises(ImportProblem, match="samme respondent mere end én gang: linje 4, 12"):
        desk.run(
            ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;{heading}\n{''.join([*rows, again])}")
        )


def test_a_number_that_many_sheets_share_is_of_something_else(desk):
    rows = [f"Køge;Pædagog;{1 + number % 5};{number % 4}\n" for number in range(11)]
    assert (
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;Nr.\n{''.join(rows)}")).answers == 11
    )


@pytest.mark.parametrize("heading", ["Nr.", "Respondentnr", "Løbenummer"])
def test_a_running_number_makes_no_copy_another(desk, heading):
    rows = ["Køge;Pædagog;5", "Greve;Pædagog;4", "Køge;Sygeplejerske;2"] * 2
    numbered = "".join(f"{row};{number}\n" for number, row in enumerate(rows, start=1))
    with pytest.raises(ImportProblem, match="hver række står mindst 2 gange"):
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;{heading}\n{numbered}"))


def test_what_kind_of_respondent_it_is_is_no_key(desk):
    rows = "Køge;Pædagog;5;Studerende\nKøge;Pædagog;4;Studerende\n"
    assert desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;Respondent\n{rows}")).answers == 2


def test_respondents_that_are_not_imported_may_be_there_twice(desk):
    dataset = DATASET + DATASET.splitlines()[-1] + "\n"  # status Ny
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=dataset))
    assert len(desk.sheets()) == 6


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Afsluttet", ["2025-03-01 10:20:31", "2025-03-02 11:00:01", "2025-03-02 12:10:00"]),
        ("Slut", ["01-03-2025 10:20", "02-03-2025 11:00", "02-03-2025 12:10"]),
        ("Mail", ["a@example.org", "b@example.org", "c@example.org"]),
        ("Nøgle", ["P1", "P2", "P3"]),
        ("Studienr", ["s1", "s2", "s3"]),
        ("Bemærkning", [f"bemærkning nummer {number}" for number in range(14)]),
    ],
)
def test_equal_rows_that_agree_in_what_tells_people_apart_are_refused(desk, heading, values):
    rows = [f"Køge;Pædagog;5;{value}\n" for value in values]
    with pytest.raises(ImportProblem, match="ens i alle kolonner mere end én gang: linje 2, "):
        desk.run(
            ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;{heading}\n{''.join([*rows, rows[0]])}")
        )


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Oprettet", ["2025-03-01 10:20:31"] * 3),  # all were made at once
        ("Mail", ["praktik@example.org"] * 3),
        ("Bemærkning", ["Nej", "Nej", ""]),
        ("Alder", ["23", "24", "23"]),
    ],
)
def test_equal_rows_that_two_people_may_have_given_are_taken_and_said(desk, heading, values):
    rows = "".join(f"Køge;Pædagog;5;{value}\n" for value in values) + "Greve;Pædagog;1;\n"
    report = desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds;{heading}\n{rows}"))
    assert report.answers == 4
    assert any("er ens med en anden i alt" in warning for warning in report.warnings)


def test_many_equal_rows_in_few_columns_are_no_duplicates(desk):
    rows = "".join(f"Køge;Pædagog;{answer}\n" * 10 for answer in (5, 4, 3, 2, 1))
    assert desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds\n{rows}")).answers == 50


def in_few_columns(people: int) -> list[str]:
    chance = random.Random(5)
    return [f"{chance.choice(['Køge', 'Greve'])};Pædagog;{chance.randint(3, 5)}\n" for _ in range(people)]


def test_a_file_once_more_under_itself_is_refused_however_few_columns_it_has(desk):
    rows = in_few_columns(30)
    with pytest.raises(ImportProblem, match="30 rækker kommer igen i samme orden: linje 2-31 og 32-61"):
        desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds\n{''.join(rows * 2)}"))


def test_three_people_who_are_there_twice_are_not_six(desk):
    rows = ["Køge;Pædagog;5\n", "Greve;Pædagog;4\n", "Køge;Sygeplejerske;2\n"]
    file = desk.csv(f"Kommune;Uddannelse;Tilfreds\n{''.join(rows * 2)}")
    with pytest.raises(ImportProblem, match=r"hver række står mindst 2 gange(.|\n)*\[duplicates\]"):
        desk.run(ANSWERS_MAPPING, file)
    assert desk.run(allowing(ANSWERS_MAPPING), file).answers == 6


@pytest.mark.parametrize(("of", "copied"), [(1, 25), (3, 8), (10, 5)])
def test_a_part_of_the_file_that_was_pasted_twice_is_refused(desk, of, copied):
    """With more questions fewer rows are enough to know."""
    mapping, names = questions(of)
    rows = made_answers(of, 60)
    pasted = [*rows, *rows[20 : 20 + copied]]
    with pytest.raises(ImportProblem, match=f"{copied} rækker kommer igen i samme orden: linje 22-"):
        desk.run(mapping, desk.csv(f"Kommune;Uddannelse;{';'.join(names)}\n{''.join(pasted)}"))


@pytest.mark.parametrize("of", [1, 2, 4])
@pytest.mark.parametrize("is_sorted", [False, True])
def test_rows_that_chance_repeats_are_taken_in_any_order_of_the_file(desk, of, is_sorted):
    mapping, names = questions(of)
    chance = random.Random(of)
    places = [chance.choice(["Køge", "Greve", "Roskilde", "Herlev", "Solrød"]) for _ in range(400)]
    answers = [row.removeprefix("Køge") for row in made_answers(of, 400)]
    rows = [place + row for place, row in zip(sorted(places) if is_sorted else places, answers, strict=True)]
    assert (
        desk.run(mapping, desk.csv(f"Kommune;Uddannelse;{';'.join(names)}\n{''.join(rows)}")).answers == 400
    )


def test_rows_that_are_nearly_all_alike_are_taken(desk):
    chance = random.Random(3)
    rows = [f"Køge;Pædagog;{5 if chance.random() < 0.9 else 4}\n" for _ in range(400)]
    assert desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds\n{''.join(rows)}")).answers == 400


def test_a_pattern_that_comes_again_and_again_is_no_copy(desk):
    rows = [f"Køge;Pædagog;{answer}\n" for answer in (5, 4, 3, 2, 1)] * 10
    assert desk.run(ANSWERS_MAPPING, desk.csv(f"Kommune;Uddannelse;Tilfreds\n{''.join(rows)}")).answers == 50


def questions(number: int) -> tuple[str, list[str]]:
    """A mapping with so many questions, and their headings."""
    names = [f"Q{place:02}" for place in range(number)]
    asked = ",\n".join(
        f'{{ id = "{name}", theme = "vejledning", text = "{name}?", short = "{name}", scale = "grad" }}'
        for name in names
    )
    start, end = QUESTIONNAIRE.index("questions = ["), QUESTIONNAIRE.index("[[questionnaire.scales]]")
    questionnaire = f"{QUESTIONNAIRE[:start]}questions = [{asked}]\n{QUESTIONNAIRE[end:]}"
    columns = "\n".join(f'{name} = "{name}"' for name in names)
    plain = ANSWERS_MAPPING.replace(QUESTIONNAIRE, questionnaire).replace('S01 = "Tilfreds"', columns)
    return plain, names


def made_answers(number: int, people: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [
        f"Køge;Pædagog;{';'.join(str(chance.randint(1, 5)) for _ in range(number))}\n" for _ in range(people)
    ]


@pytest.mark.parametrize("people", [3, 40])
@pytest.mark.parametrize("order", ["appended", "each twice", "shuffled"])
def test_a_whole_file_twice_is_refused_where_chance_cannot_have_made_it(desk, people, order):
    mapping, names = questions(10)
    rows = made_answers(10, people)
    twice = {
        "appended": rows * 2,
        "each twice": [row for row in rows for _ in range(2)],
        "shuffled": rows * 2,
    }
    if order == "shuffled":
        random.Random(2).shuffle(twice[order])
    with pytest.raises(ImportProblem, match="hver række står mindst 2 gange"):
        desk.run(mapping, desk.csv(f"Kommune;Uddannelse;{';'.join(names)}\n{''.join(twice[order])}"))


def test_people_who_gave_the_same_answer_to_everything_are_taken(desk):
    mapping, names = questions(10)
    alike = [f"Køge;Pædagog;{';'.join([answer] * 10)}\n" for answer in "55544333"]
    rows = [*alike, *made_answers(10, 20)]
    report = desk.run(mapping, desk.csv(f"Kommune;Uddannelse;{';'.join(names)}\n{''.join(rows)}"))
    assert report.answers == 28
