"""Person keys: one form of each, and those that a spreadsheet has spoilt."""

import pytest

from data_access.problems import ImportProblem
from tests.imports.made_files import ANSWERS_MAPPING, DATASET, SURVEYXACT_MAPPING, surveyxact_files

KEY = "en nøgle på mindst toogtredive tegn"
MAPPING = ANSWERS_MAPPING.replace('education = "Uddannelse"', 'education = "Uddannelse"\nperson = "Nøgle"')
SPOILT = "afrundet af et regneark|cifre kan være gået tabt"
PLACES = ("Køge", "Greve", "Roskilde", "Herlev", "Solrød", "Stevns")


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("PERSON_KEY", KEY)


def imported(desk, *keys: str):
    rows = "".join(f"{place};Pædagog;5;{key}\n" for place, key in zip(PLACES, keys, strict=False))
    desk.run(MAPPING, desk.csv("Kommune;Uddannelse;Tilfreds;Nøgle\n" + rows))
    return {sheet.person for sheet in desk.sheets()}


@pytest.mark.parametrize(
    "spelling",
    ["ABC12", "abc12\u200b", "\ufeffabc12", "abc\u00ad12", "ａｂｃ１２", "abc 12", "abc\u00a012", " abc12 "],
)
def test_spellings_of_the_same_key_are_one_person(desk, spelling):
    assert len(imported(desk, "abc12", spelling)) == 1


@pytest.mark.parametrize("spelling", ["20231234.0", "20231234,00", "20231234\u200b", "２０２３１２３４"])
def test_a_number_read_as_another_kind_of_number_is_one_person(desk, spelling):
    assert len(imported(desk, "20231234", spelling)) == 1


def test_different_keys_are_different_persons(desk):
    assert len(imported(desk, "abc12", "abc13", "20231234", "s20231234", "1.5", "15")) == 6


@pytest.mark.parametrize("key", ["8,25478E+08", "8.25478429E8", "1E+15"])
def test_keys_in_scientific_notation_are_refused(desk, key):
    with pytest.raises(ImportProblem, match=f"linje 2, 3, kolonne 'Nøgle': .*({SPOILT})"):
        imported(desk, key, key)


@pytest.mark.parametrize(
    "keys",
    [("8254784291234560", "8254784291234570"), ("12345678901234500000", "12345678901234600000")],
)
def test_long_keys_that_all_end_in_zeros_are_refused_and_not_repeated(desk, keys):
    with pytest.raises(ImportProblem, match=f"linje 2, 3, kolonne 'Nøgle': .*({SPOILT})") as problem:
        imported(desk, *keys)
    assert keys[0] not in str(problem.value)


@pytest.mark.parametrize("keys", [("8254784291234567", "8254784291234570"), ("e12", "2e"), ("12e", "3f4")])
def test_long_and_odd_keys_that_nobody_has_rounded_are_taken(desk, keys):
    assert len(imported(desk, *keys)) == len(keys)


def test_numbers_that_differ_by_zeros_in_front_are_refused(desk):
    with pytest.raises(
        ImportProblem, match="linje 2, 3, kolonne 'Nøgle': Nøglen står også med et andet antal"
    ):
        imported(desk, "020231234", "20231234", "20239999")


def test_rounded_respondents_of_an_export_are_refused_though_no_column_is_named_person(desk):
    dataset = DATASET.replace("1001;", "1,001E+12;").replace("1002;", "1,001E+12;")
    with pytest.raises(ImportProblem, match=f"linje 2, 3, kolonne 'respondentid': .*({SPOILT})"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=dataset))
