"""Codes and their texts: a code without a usable text is refused, or taken by code when the mapping says so."""

import pytest

from data_access.problems import ImportProblem
from tests.imports.made_files import DATASET, LABELS, STRUCTURE, SURVEYXACT_MAPPING, surveyxact_files

ENDS_ONLY = LABELS.replace("s_12;4;I høj grad", "s_12;4;").replace("s_12;5;I meget høj grad", "s_12;5;Bedst")
BY_CODE = SURVEYXACT_MAPPING.replace('S01 = "s_12"', 'S01 = { column = "s_12", by = "code" }')
SWAPPED = LABELS.replace("4;I høj grad", "4;I mindre grad").replace("2;I mindre grad", "2;I høj grad")


def without(line: str) -> str:
    return LABELS.replace(f"{line}\n", "")


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (LABELS.replace("4;I høj grad", "4;"), "'s_12': koden 4 har ingen tekst i labels"),
        (LABELS.replace("4;I høj grad", '4;"<img src=""4.png"">"'), "'s_12': koden 4 har ingen tekst"),
        (LABELS.replace("4;I høj grad", "4; &nbsp; "), "'s_12': koden 4 har ingen tekst"),
        (without("s_12;4;I høj grad"), "'s_12': koden 4 mangler i labels (1 række)"),
        (LABELS + "s_12;4;I nogen grad\n", "koden 4 har flere tekster i labels (I høj grad / I nogen grad)"),
        (LABELS.replace("kommune;2;Køge", "kommune;2;"), "'kommune': koden 2 har ingen tekst"),
        (LABELS + "kommune;2;Greve\n", "'kommune': koden 2 har flere tekster i labels (Køge / Greve)"),
        (LABELS + "Kommune;2;Greve\n", "'kommune': koden 2 har flere tekster"),
        (without("uddannel;2;Pædagog"), "'uddannelse': koden 2 mangler i labels (2 rækker)"),
    ],
)
def test_a_code_without_a_usable_text_is_refused_with_its_column(desk, labels, said):
    with pytest.raises(ImportProblem) as problem:
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=labels))
    assert said in str(problem.value)
    assert desk.sheets() == []


@pytest.mark.parametrize("line", ["s_12;4;<br>", "s_12;4; I  HØJ grad", "s_12;4;"])
def test_the_same_text_twice_or_beside_a_blank_is_one_text(desk, line):
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=f"{LABELS}{line}\n"))
    assert [sheet.answers.get("S01") for sheet in desk.sheets()][3] == 4


def test_labels_of_a_column_that_is_not_read_do_no_harm(desk):
    structure = STRUCTURE + "s_40;s_40;Closed;Single;Andet;;;\n"
    heading, *rows = DATASET.splitlines()
    dataset = "\n".join([f"{heading};s_40", *(f"{row};3" for row in rows)])
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, dataset=dataset, structure=structure))
    assert len(desk.sheets()) == 6


def test_a_label_that_no_row_has_does_no_harm(desk):
    labels = LABELS.replace("s_12;3;I nogen grad", "s_12;3;")
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=labels))
    assert len(desk.sheets()) == 6


@pytest.mark.parametrize("labels", [ENDS_ONLY, LABELS.replace("s_12", "s_99")])
def test_a_question_is_taken_by_code_when_the_mapping_says_so(desk, labels):
    desk.run(BY_CODE, *surveyxact_files(desk.folder, labels=labels))
    assert [sheet.answers.get("S01") for sheet in desk.sheets()] == [5, None, 9, 4, None, None]


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (SWAPPED, "'s_12': koden 4 er 'I mindre grad' i labels, men det er 2 på skalaen"),
        (
            without("s_12;1;Slet ikke").replace("5;I meget høj grad", "5;Slet ikke"),
            "koden 5 er 'Slet ikke' i",
        ),
    ],
)
def test_a_code_is_not_taken_for_another_answer_than_its_label(desk, labels, said):
    with pytest.raises(ImportProblem) as problem:
        desk.run(BY_CODE, *surveyxact_files(desk.folder, labels=labels))
    assert said in str(problem.value)
    assert desk.sheets() == []


@pytest.mark.parametrize(
    "labels", [LABELS + "s_12;2;I høj grad\n", LABELS.replace("s_12;4;I høj grad", "s_12;4;5")]
)
def test_a_label_that_does_not_contradict_its_code_does_no_harm_by_code(desk, labels):
    desk.run(BY_CODE, *surveyxact_files(desk.folder, labels=labels))
    assert [sheet.answers.get("S01") for sheet in desk.sheets()] == [5, None, 9, 4, None, None]


def test_the_refusal_names_the_way_out_for_questions_only(desk):
    with pytest.raises(ImportProblem, match=r'skriv \{ column = "s_12", by = "code" \} under \[questions\]'):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=ENDS_ONLY))
    with pytest.raises(ImportProblem) as problem:
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=without("kommune;2;Køge")))
    assert "by =" not in str(problem.value)


def test_a_code_outside_the_scale_is_refused_by_code_as_well(desk):
    dataset = DATASET.replace("1004;d@example.org;1;2;4;", "1004;d@example.org;1;2;7;")
    with pytest.raises(ImportProblem, match="'7' er ikke et svar på skalaen"):
        desk.run(BY_CODE, *surveyxact_files(desk.folder, dataset=dataset))


def test_two_codes_with_the_same_text_are_refused_for_a_question(desk):
    labels = LABELS.replace("s_12;4;I høj grad", "s_12;4;I meget høj grad")
    with pytest.raises(ImportProblem, match="Koderne 5 og 4 har samme tekst i labels: 'I meget høj grad'"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=labels))


def test_two_codes_may_stand_for_the_same_place(desk):
    labels = LABELS.replace("kommune;1;Ishøj", "kommune;1;Køge")
    desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=labels))
    assert {sheet.place for sheet in desk.sheets()} == {"kommune:0259"}


def test_by_code_is_of_use_in_an_export_only(desk):
    text = BY_CODE.replace('format = "surveyxact"', 'format = "answers"')
    with pytest.raises(ImportProblem, match='by = "code" bruges kun i format surveyxact'):
        desk.run(text, *surveyxact_files(desk.folder))


def test_a_status_without_a_text_is_refused(desk):
    structure = STRUCTURE.replace(";2;Distribueret;", ";2;;")
    with pytest.raises(ImportProblem, match="Kolonnen 'statoverall': stato_2 har ingen tekst i structure"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, structure=structure))


def test_labels_that_turn_a_tick_round_are_refused(desk):
    labels = LABELS.replace("s_20_1;0;Ikke valgt", "s_20_1;0;Valgt").replace(
        "s_20_1;1;Valgt", "s_20_1;1;Ikke valgt"
    )
    with pytest.raises(ImportProblem, match="'s_20: Dokumentation': koden 1 betyder ikke Valgt i labels"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, labels=labels))


def test_two_options_with_the_same_text_are_refused(desk):
    structure = STRUCTURE.replace('"Samarbejde; tværfagligt"', "Dokumentation")
    with pytest.raises(ImportProblem, match="'s_20: Dokumentation': flere svarmuligheder har den tekst"):
        desk.run(SURVEYXACT_MAPPING, *surveyxact_files(desk.folder, structure=structure))


@pytest.mark.parametrize("encoded", ["IshÃ¸j", "Ish\ufffdj"])
def test_letters_lost_in_labels_are_told_of_labels_and_once(desk, encoded):
    files = surveyxact_files(desk.folder, labels=LABELS.replace("Ishøj", encoded), encoding="utf-8")
    with pytest.raises(
        ImportProblem, match="Kolonnen 'kommune': koden 1 har en tekst i labels, som ikke"
    ) as problem:
        desk.run(SURVEYXACT_MAPPING, *files)
    assert "Bogstaver er gået tabt" in str(problem.value)
    assert "dataset" not in str(problem.value)
    assert str(problem.value).count("\n- ") == 1
