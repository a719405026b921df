"""Mapping files: what is wrong is said in Danish with the key, never as a traceback."""

import pytest

from data_access.imports.mapping import parse_mapping, read_mapping
from data_access.problems import ImportProblem
from tests.imports.made_files import (
    ANSWERS_MAPPING,
    COUNTS_MAPPING,
    QUESTIONNAIRE,
    SURVEYXACT_MAPPING,
    written,
)


@pytest.fixture
def parse(tmp_path):
    return lambda text: parse_mapping(text, tmp_path / "mapping.toml")


@pytest.mark.parametrize("text", [SURVEYXACT_MAPPING, ANSWERS_MAPPING, COUNTS_MAPPING])
def test_each_format_is_read(parse, text):
    assert parse(text).questionnaire.survey == "student"


def test_the_questionnaire_may_lie_in_a_file_beside_the_mapping(tmp_path):
    tables = QUESTIONNAIRE.replace("[questionnaire]", "").replace("questionnaire.", "")
    written(tmp_path / "spørgsmål.toml", tables)
    text = 'questionnaire = "spørgsmål.toml"\n' + ANSWERS_MAPPING.removesuffix(QUESTIONNAIRE)
    assert read_mapping(written(tmp_path / "m.toml", text)).questionnaire.question("S01").short == "Tilfreds"


def test_numbers_in_lists_are_read_as_text(parse):
    mapping = parse(ANSWERS_MAPPING.replace("[questions]", "[leave_out]\nKode = [999999]\n[questions]"))
    assert mapping.leave_out == {"Kode": ("999999",)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('municipality = "Kommune"', ""), "mindst én af municipality og hospital"),
        (('education = "Uddannelse"', ""), "columns.education: mangler"),
        (("[questions]", "[question]"), "question: kendes ikke"),
        (('format = "answers"', 'format = "excel"'), 'format: skal være "surveyxact", "answers" eller "counts"'),
        (('source = "Afprøvning"', "source = true"), "source: skal være en tekst"),
        (('source = "Afprøvning"', 'source = ""'), "source: må ikke være tom"),
        (('source = "Afprøvning"', 'source = "x"\nsample = "måske"'), "sample: skal være true eller false"),
        (('S01 = "Tilfreds"', 'S99 = "Tilfreds"'), "spørgsmålet S99 findes ikke i spørgeskemaet"),
        (('S01 = "Tilfreds"', 'S01 = "Tilfreds"\nS02 = " tilfreds"'), "kolonnen 'tilfreds' er brugt til både S01 og S02"),
        (('S01 = "Tilfreds"', 'S01 = { column = "x", choice = "y" }'), "skalaen skal have svarene Valgt og Ikke valgt"),
        (('format = "answers"', 'format = "counts"'), "[counts] mangler"),
        (('education = "Uddannelse"', 'education = "U"\nstatus = "S"'), "columns.status kræver [status]"),
        (("[questions]", "[values]\nprivate = 1\n[questions]"), "values.private: skal være en liste"),
        (("good_end = 5", "good_end = 3"), "good_end skal være skalaens første eller sidste svar"),
        (('id = "S01"', 'id = "S02"'), "samme id er brugt til mere end ét spørgsmål"),
        (('source = "Afprøvning"', "source = "), "kan ikke læses som TOML ved linje 3"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_names_the_key_and_what_is_expected(parse, change, said):
    with pytest.raises(ImportProblem) as problem:
        parse(ANSWERS_MAPPING.replace(*change))
    assert said in str(problem.value)
    assert "pydantic" not in str(problem.value)


def test_all_faults_are_told_at_once(parse):
    with pytest.raises(ImportProblem) as problem:
        parse(ANSWERS_MAPPING.replace('source = "Afprøvning"', "").replace('education = "Uddannelse"', ""))
    assert "source: mangler" in str(problem.value)
    assert "columns.education: mangler" in str(problem.value)


def test_a_counted_question_must_name_every_option_of_its_scale(parse):
    with pytest.raises(ImportProblem, match="skal nævne hvert af skalaens svar én gang"):
        parse(COUNTS_MAPPING.replace(', e = "Slet ikke"', ""))


@pytest.mark.parametrize(
    ("name", "said"),
    [("mangler.toml", "findes ikke"), ("latin.toml/x", "findes ikke"), ("latin.toml", "UTF-8")],
)
def test_a_mapping_that_cannot_be_read_is_named(tmp_path, name, said):
    written(tmp_path / "latin.toml", "# æøå".encode("cp1252"))
    with pytest.raises(ImportProblem, match=said):
        read_mapping(tmp_path / name)


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ('name = "Praktikevaluering"', 'name = "Praktik 010190-1234"', "questionnaire.name"),
        ('source = "Afprøvning"', 'source = "anna@example.org"', "source"),
        ('short = "Tilfreds"', 'short = "01011990-1234"', r"questionnaire.questions.1.short"),
    ],
)
def test_what_is_kept_with_a_round_says_who_nobody_is(parse, right, wrong, key):
    assert right in ANSWERS_MAPPING
    with pytest.raises(ImportProblem, match=f"{key}: må ikke rumme cpr-numre eller mailadresser"):
        parse(ANSWERS_MAPPING.replace(right, wrong))


def test_what_is_only_looked_for_in_the_file_may_be_a_long_number(parse):
    text = ANSWERS_MAPPING.replace("[questions]", '[values.municipality]\n"1012345678" = "0265"\n[questions]')
    assert parse(text).values.municipality == {"1012345678": "0265"}
