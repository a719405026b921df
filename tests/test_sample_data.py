"""The sample data are what their README says: made up, reproducible, and with the planted truths in them."""

import csv
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product
from pathlib import Path

import pandas as pd
import pytest
from sqlmodel import Session, create_engine, select

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL, AnswerSheet, Round
from data_access.confidential.released_contents import basis_of, in_groups, round_contents
from data_access.dashboard.reference_tables import dated
from data_access.imports.importing import import_round
from data_access.operations.sample import read_published
from data_access.publishing.deciding import on_all_cores
from data_access.reference import normalised, read_reference
from indicators.cells import cell_table
from indicators.pooled_years import pooled_contents, pooled_questionnaire
from indicators.promises import Promises
from indicators.publication import publication
from indicators.questionnaire import Questionnaire

SAMPLE_DATA = Path(__file__).parent.parent / "sample_data"
ROUNDS = SAMPLE_DATA / "rounds"
YEARS = (2022, 2023, 2024, 2025)
ROUND_FILES = sorted(ROUNDS.glob("*/*.csv"))
BACKGROUND = ["uddannel", "institut", "kommune", "hospital", "privat"]
QUESTIONS = [f"s_{number}" for number in range(1, 14)]
SUPERVISION = ["s_5", "s_6", "s_7"]


def encoding(year: int) -> str:
    return "cp1252" if year == 2022 else "utf-8"


def questionnaire(survey: str) -> Questionnaire:
    text = (SAMPLE_DATA / "questionnaires" / f"{survey}.toml").read_text(encoding="utf-8")
    return Questionnaire.model_validate(tomllib.loads(text))


def student_round(year: int) -> pd.DataFrame:
    folder = ROUNDS / f"student-{year}"
    sheets = pd.read_csv(folder / "dataset.csv", sep=";", encoding=encoding(year))
    with (folder / "labels.csv").open(encoding=encoding(year), newline="") as file:
        labels = {(column, int(value)): label for column, value, label in csv.reader(file, delimiter=";")}
    for column in BACKGROUND:
        texts = {value: label for (name, value), label in labels.items() if name == column}
        sheets[column] = sheets[column].map(texts)
    sheets["year"] = year
    sheets["invited"] = sheets["stato_1"] == 0
    sheets["answered"] = sheets[QUESTIONS].notna().any(axis=1)
    return sheets


def supervisor_round(year: int) -> pd.DataFrame:
    sheets = pd.read_csv(ROUNDS / f"supervisor-{year}" / "answers.csv", sep=";", encoding=encoding(year))
    sheets["year"] = year
    sheets["answered"] = sheets.filter(regex="^V").notna().any(axis=1)
    return sheets


@pytest.fixture(scope="module")
def students() -> pd.DataFrame:
    return pd.concat([student_round(year) for year in YEARS], ignore_index=True)


@pytest.fixture(scope="module")
def supervisors() -> pd.DataFrame:
    return pd.concat([supervisor_round(year) for year in YEARS], ignore_index=True)


def share(sheets: pd.DataFrame, questions: list[str]) -> float:
    """Percent "i meget høj grad" or "i høj grad" of those who did not say "ved ikke"."""
    answers = sheets[questions].to_numpy()
    return 100 * ((answers == 4) | (answers == 5)).sum() / ((answers >= 1) & (answers <= 5)).sum()


def municipal(sheets: pd.DataFrame, name: str) -> pd.Series:
    return (sheets["kommune"] == name) & sheets["hospital"].isna() & (sheets["privat"] == "Nej")


@pytest.mark.slow
def test_the_generator_writes_exactly_the_files_that_are_kept(tmp_path):
    subprocess.run([sys.executable, SAMPLE_DATA / "generate.py", "--to", tmp_path], check=True)
    made = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.glob("*/*")}
    kept = {file.relative_to(ROUNDS): file.read_bytes() for file in ROUND_FILES}
    assert made.keys() == kept.keys()
    assert [file for file in kept if made[file] != kept[file]] == []


def test_every_file_says_that_it_is_made_up():
    own = [*SAMPLE_DATA.glob("*/student.toml"), *SAMPLE_DATA.glob("*/supervisor.toml")]
    assert len(own) == 4
    for file in (*ROUND_FILES, *own, SAMPLE_DATA / "README.md"):
        assert b"eksempeldata" in file.read_bytes().lower(), file


def test_all_files_together_stay_small():
    assert sum(file.stat().st_size for file in ROUND_FILES) < 12_000_000


def test_the_round_of_2022_is_in_the_older_european_form():
    raw = (ROUNDS / "student-2022" / "structure.csv").read_bytes()
    assert b"l\xe6ringsm\xe5lene" in raw
    assert raw.count(b"\n") == raw.count(b"\r\n")


@pytest.mark.parametrize("year", YEARS)
def test_about_4000_students_and_1500_supervisors_answer_each_year(students, supervisors, year):
    assert students[students["year"] == year]["answered"].sum() == pytest.approx(4000, rel=0.07)
    assert supervisors[supervisors["year"] == year]["answered"].sum() == pytest.approx(1500, rel=0.07)


def test_half_of_the_invited_answer_and_places_differ(students, supervisors):
    invited = students[students["invited"]]
    assert invited["answered"].mean() == pytest.approx(0.5, abs=0.04)
    assert supervisors["answered"].mean() == pytest.approx(0.5, abs=0.04)
    by_place = invited.groupby(invited["hospital"].fillna(invited["kommune"]))["answered"].agg(
        ["size", "mean"]
    )
    rates = by_place[by_place["size"] >= 100]["mean"]
    assert rates.between(0.33, 0.72).all()
    assert rates.max() - rates.min() > 0.2


def test_each_sheet_has_one_status_and_without_answers_blanks_and_zeros(students):
    assert (students.filter(regex="^stato_").sum(axis=1) == 1).all()
    silent = students[(students["stato_4"] == 0) & (students["stato_3"] == 0)]
    assert not silent["answered"].any()
    assert (silent.filter(regex="^s_14_") == 0).all(axis=None)


def test_a_tenth_of_the_sheets_share_a_person_and_a_twentieth_are_private(students):
    shared = students.duplicated(["studienr", "year"], keep=False)
    assert shared.mean() == pytest.approx(0.10, abs=0.02)
    assert set(students[shared]["uddannel"]) == {"Sygeplejerske"}
    assert (students["privat"] == "Ja").mean() == pytest.approx(0.05, abs=0.015)


def test_one_student_and_supervisor_in_five_comes_back_the_next_year(students, supervisors):
    for sheets, number in ((students, "studienr"), (supervisors, "E-mail")):
        by_year = [set(of_year[number]) for _, of_year in sheets.groupby("year")]
        for last_year, this_year in pairwise(by_year):
            assert len(last_year & this_year) / len(this_year) == pytest.approx(0.2, abs=0.03)


def test_no_address_could_belong_to_anybody(students, supervisors):
    assert students["email"].str.endswith("@example.org").all()
    assert supervisors["E-mail"].str.endswith("@example.org").all()


def test_all_46_municipalities_and_their_hospitals_are_there(students):
    assert students["kommune"].nunique() == 46
    assert students["hospital"].nunique() == 29
    assert "Psykiatrisk Center Sct. Hans" in set(students["hospital"])


def test_the_reference_knows_every_name(students, supervisors):
    reference = read_reference()
    places = {kind: [u for u in reference.units if u.kind == kind] for kind in ("kommune", "hospital")}
    columns = {
        ("kommune", "Kommune"): places["kommune"],
        ("hospital", "Hospital"): places["hospital"],
        ("uddannel", "Uddannelse"): reference.educations,
        ("institut", "Uddannelsessted"): reference.institutions,
    }
    for (of_students, of_supervisors), entries in columns.items():
        known = {normalised(spelling) for entry in entries for spelling in entry.spellings}
        names = pd.concat([students[of_students], supervisors[of_supervisors]]).dropna().unique()
        assert {normalised(name) for name in names} <= known


def test_educations_are_placed_only_where_they_have_placements(students):
    in_hospital = students["hospital"].notna().groupby(students["uddannel"]).mean()
    assert in_hospital["Jordemoder"] == 1
    assert in_hospital["Lærer i folkeskolen"] == 0
    assert 0.9 < in_hospital["Radiograf"] < 1


def test_the_late_education_is_absent_before_2024(students, supervisors):
    late = "Sundhedsadministrativ koordinator"
    assert set(students[students["uddannel"] == late]["year"]) == {2024, 2025}
    assert set(supervisors[supervisors["Uddannelse"] == late]["year"]) == {2024, 2025}


def test_the_nursing_question_is_asked_only_in_nursing(students):
    assert set(students[students["s_13"].notna()]["uddannel"]) == {"Sygeplejerske"}
    assert not questionnaire("student").question("S13").common


def test_the_changed_question_has_its_old_wording_before_2024():
    asked = questionnaire("student")
    for year in YEARS:
        structure = (ROUNDS / f"student-{year}" / "structure.csv").read_text(encoding=encoding(year))
        assert asked.as_asked_in(year).question("S07").text in structure
    assert asked.as_asked_in(2023).question("S07") != asked.question("S07")


@pytest.mark.parametrize("name", ["Holbæk", "Helsingør"])
def test_two_municipalities_are_low_on_supervision_and_on_nothing_else(students, name):
    here = municipal(students, name)
    assert share(students[~here], SUPERVISION) - share(students[here], SUPERVISION) > 20
    assert share(students[here], ["s_8"]) == pytest.approx(share(students[~here], ["s_8"]), abs=6)


def test_one_hospital_is_high_on_reception(students):
    here = students["hospital"] == "Herlev Hospital"
    assert share(students[here], ["s_3", "s_4"]) - share(students[~here], ["s_3", "s_4"]) > 8


def test_one_municipality_is_low_only_because_of_its_educations(students):
    here = municipal(students, "Gladsaxe")
    assert share(students[~here], QUESTIONS) - share(students[here], QUESTIONS) > 7
    elsewhere = students[~here].groupby("uddannel").apply(share, QUESTIONS, include_groups=False)
    weights = students[here & students["answered"]]["uddannel"].value_counts(normalize=True)
    assert share(students[here], QUESTIONS) == pytest.approx((elsewhere * weights).sum(), abs=3)


def test_one_hospital_improves_and_one_question_declines(students):
    hospital = students[students["hospital"] == "Slagelse Sygehus"]
    first, last = hospital[hospital["year"] == 2022], hospital[hospital["year"] == 2025]
    assert share(last, ["s_12"]) - share(first, ["s_12"]) > 12
    yearly = [share(students[students["year"] == year], ["s_5"]) for year in YEARS]
    assert yearly == sorted(yearly, reverse=True)
    assert yearly[0] - yearly[-1] > 8


def test_supervisors_at_one_hospital_are_low_on_their_conditions(supervisors):
    agreeing = supervisors[["V02", "V03"]].isin(("I meget høj grad", "I høj grad"))
    agreeing = agreeing[supervisors["answered"]].mean(axis=1)
    here = supervisors["Hospital"] == "Sjællands Universitetshospital, Køge"
    assert agreeing[~here].mean() - agreeing[here].mean() > 0.15


@pytest.mark.parametrize("survey", ["student", "supervisor"])
def test_the_mapping_names_every_question(survey):
    mapping = tomllib.loads((SAMPLE_DATA / "mappings" / f"{survey}.toml").read_text(encoding="utf-8"))
    assert list(mapping["questions"]) == [question.id for question in questionnaire(survey).questions]
    assert mapping["sample"]
    assert "Syntetiske svar" in mapping["source"]


@pytest.fixture
def store(monkeypatch):
    monkeypatch.setenv("PERSON_KEY", "kun til eksempeldata, aldrig til andet")
    engine = create_engine("sqlite://")
    CONFIDENTIAL.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def rounds_of_the_sample() -> Iterator:
    """The smallest of the newest quickly, and all others slowly."""
    for survey, year in product(("student", "supervisor"), YEARS):
        quick = (survey, year) == ("supervisor", YEARS[-1])
        yield pytest.param(survey, year, id=f"{survey}-{year}", marks=[] if quick else pytest.mark.slow)


@pytest.mark.parametrize(("survey", "year"), [*rounds_of_the_sample()])
def test_every_round_is_imported_with_no_remark(store, students, supervisors, survey, year):
    files = sorted((ROUNDS / f"{survey}-{year}").glob("*.csv"))
    report = import_round(store, files, f"{survey}-{year}", SAMPLE_DATA / "mappings" / f"{survey}.toml")
    sheets = students if survey == "student" else supervisors
    assert report.answers == sheets[sheets["year"] == year]["answered"].sum()
    assert report.duplicates == ()
    assert report.warnings == ()
    places = {sheet.place for sheet in store.exec(select(AnswerSheet))}
    assert {place.split(":")[0] for place in places} == {"kommune", "hospital", "privat"}
    assert "hospital:psyk-scthans" in places


@pytest.mark.slow
@pytest.mark.parametrize(
    ("round_id", "before"), [("student-2024", "student-2023"), ("supervisor-2022", None)]
)
def test_the_shipped_figures_are_what_import_and_release_give(sample_stores, round_id, before):
    groups = dated(read_reference())
    with engines.reading(sample_stores.confidential_url, CONFIDENTIAL) as answers:
        a_round = answers.get(Round, round_id)
        basis = basis_of(answers, a_round, groups)
        asked = Questionnaire.model_validate(a_round.questionnaire)
    year_before = before and read_published(SAMPLE_DATA / "published" / f"{before}.csv")
    promises = Promises.of(groups, date(a_round.year, 12, 31), year_before)
    with on_all_cores() as cores:
        decided = publication(basis.contents, basis.units_of, asked, 5, cores.choose_all, promises=promises)

    shipped = read_published(SAMPLE_DATA / "published" / f"{round_id}.csv")
    assert shipped.cells == decided.cells
    assert shipped.responses == decided.responses
    assert shipped.figures == decided.figures


@pytest.mark.slow
@pytest.mark.parametrize(
    ("survey", "years"), [("student", (2023, 2024, 2025)), ("supervisor", (2022, 2023, 2024))]
)
def test_the_shipped_figures_of_several_years_are_the_answers_of_all_of_them(sample_stores, survey, years):
    with engines.reading(sample_stores.confidential_url, CONFIDENTIAL) as answers:
        rounds = {year: answers.get(Round, f"{survey}-{year}") for year in years}
        asked = {year: Questionnaire.model_validate(one.questionnaire) for year, one in rounds.items()}
        together = pooled_questionnaire(asked)
        contents = pooled_contents(
            {year: round_contents(answers, one) for year, one in rounds.items()}, together
        )
        basis = in_groups(contents, rounds[years[-1]], dated(read_reference()))
    table = cell_table(contents.groups, basis.units_of)
    responses = table.counts(contents.response, 2)
    by_question = {
        question.id: table.counts(contents.answers[question.id], 6) for question in together.questions
    }
    position = {cell: at for at, cell in enumerate(table.cells)}

    shipped = read_published(SAMPLE_DATA / "published" / f"{survey}-{years[0]}-{years[-1]}.csv")
    shown = 0
    for cell, response in zip(shipped.cells, shipped.responses, strict=True):
        if response.answers is not None:
            not_answered, answered = responses[position[cell]]
            assert (response.answers, response.invited) == (answered, answered + not_answered)
    for at, question, figure in shipped.figures:
        if figure.favourable is not None:
            counts = by_question[question][position[shipped.cells[at]]]
            assert (figure.n, figure.favourable) == (counts[:5].sum(), counts[:2].sum())
            shown += 1
    assert shown > 3_000
