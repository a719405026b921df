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


@pytest.mark.parametrize(
    "key", ["ukendt", "Anonym", "-", "--", "0", "000", "ingen", "N/A", "x", "XXX", "?", "Uoplyst", "ved ikke"]
)
def test_a_word_for_a_missing_key_is_refused_with_what_to_do(desk, key):
    with pytest.raises(ImportProblem, match=r"linje 3, 4, kolonne 'Nøgle': .*er ikke en nøgle") as problem:
        imported(desk, "abc12", key, key)
    assert f'skriv "{key}" under missing i [values]' in str(problem.value)
    blank = MAPPING.replace("[questions]", f'[values]\nmissing = ["{key}"]\n[questions]')
    report = desk.run(
        blank, desk.csv("Kommune;Uddannelse;Tilfreds;Nøgle\nKøge;Pædagog;5;a1\nGreve;Pædagog;5;" + key)
    )
    assert "Bemærk: 1 række uden kendt person: hver tæller som en person for sig" in report.lines()


@pytest.mark.parametrize("key", ["x1", "n1", "10", "ingen1", "o", "901"])
def test_a_short_key_is_a_key(desk, key):
    assert len(imported(desk, "abc12", key)) == 2


def answers_of(keys: list[str], places: list[str]) -> str:
    rows = (
        f"{places[number % len(places)]};Pædagog;{1 + number % 5};{key}\n" for number, key in enumerate(keys)
    )
    return "Kommune;Uddannelse;Tilfreds;Nøgle\n" + "".join(rows)


def test_a_key_with_more_than_five_per_cent_of_the_rows_is_of_several_people(desk):
    keys = ["k7" if number < 6 else f"p{number}" for number in range(100)]
    with pytest.raises(
        ImportProblem, match="kolonne 'Nøgle': Så mange rækker eller steder har én person ikke"
    ):
        desk.run(MAPPING, desk.csv(answers_of(keys, list(PLACES))))
    assert desk.run(
        MAPPING, desk.csv(answers_of(["p5" if key == "k7" else key for key in keys[1:]], list(PLACES)))
    )


def test_a_key_at_many_places_is_of_several_people(desk):
    places = [*PLACES, "Ishøj", "Faxe", "Lejre"]
    with pytest.raises(
        ImportProblem, match=r"linje 2, 3, 4, 5, 6 … .i alt 9., kolonne 'Nøgle': Så mange"
    ) as problem:
        desk.run(MAPPING, desk.csv(answers_of(["k7"] * 9, places)))
    assert "k7" not in str(problem.value)


def test_the_report_says_how_many_persons_there_are_and_how_many_at_several_places(desk):
    rows = "Køge;Pædagog;5;a1\nGreve;Pædagog;4;A1\nKøge;Pædagog;3;b2\nKøge;Pædagog;3;\n"
    lines = desk.run(MAPPING, desk.csv("Kommune;Uddannelse;Tilfreds;Nøgle\n" + rows)).lines()
    assert "Personer: 2, heraf 1 flere steder" in lines


def test_a_report_without_a_person_column_speaks_of_no_persons(desk):
    lines = desk.run(ANSWERS_MAPPING, desk.csv("Kommune;Uddannelse;Tilfreds\nKøge;Pædagog;5\n")).lines()
    assert not any(line.startswith("Personer") for line in lines)
