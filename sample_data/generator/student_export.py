"""Writes a student round as a SurveyXact export: dataset.csv, structure.csv and labels.csv."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from generator import truths
from generator.answers import Round
from generator.landscape import Landscape
from generator.sheets import COMPLETED, draw_comments, number_of
from generator.writing import MADE_UP, FileForm, write_frame, write_rows

HEADINGS = (
    "questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText",
)  # fmt: skip
SINGLE, MULTIPLE, TEXT = ("Closed", "Single"), ("Closed", "Multiple"), ("Open", "String")
STATUSES = ("Ny", "Distribueret", "Nogen svar", "Gennemført", "Frafaldet")
CHOSEN = {0: "Ikke valgt", 1: "Valgt"}
YES, NO = 1, 2
# Values of the choices in the order shown, which is not the order of the values.
SUPERVISED_IN = {
    3: "Dokumentation",
    1: "Samarbejde; tværfagligt og tværsektorielt",
    2: "Mødet med borgere og patienter",
    5: "Refleksion over egen praksis",
    4: "Etiske dilemmaer",
}
FIRST_RESPONDENT = 825_000_000


@dataclass(frozen=True)
class Variable:
    """A column of the data set; `column` is the name cut to eight characters, as the system does."""

    name: str
    column: str
    text: str
    kind: tuple[str, str] = SINGLE
    choice: tuple[int | str, str] = ("", "")
    labels: dict[int, str] = field(default_factory=dict)


def write_student_export(
    folder: Path, variables: list[Variable], dataset: pd.DataFrame, form: FileForm
) -> None:
    """Writes the three files; rows of the structure have an empty eighth cell, as the real ones have."""
    structure = [(v.name, v.column, *v.kind, v.text, *v.choice, "") for v in variables]
    labels = [(v.column, value, label) for v in variables for value, label in v.labels.items()]
    write_frame(folder / "dataset.csv", dataset[[v.column for v in variables]], form)
    write_rows(folder / "structure.csv", [HEADINGS, *structure], form)
    write_rows(folder / "labels.csv", labels, form)


def student_variables(asked: Round, landscape: Landscape) -> list[Variable]:
    """What the survey holds: system variables, background, questions and status."""
    made_up = {asked.year: f"{MADE_UP}: Studerendes praktikevaluering {asked.year}"}
    return [
        Variable("survey", "survey", f"{MADE_UP}: svarene er lavet af et program", labels=made_up),
        Variable("respondentid", "responde", "Respondent", TEXT),
        Variable("organization", "organiza", "Organisation", TEXT),
        Variable("closeTime", "closetim", "Afsluttet", ("Open", "Date")),
        Variable("email", "email", "E-mail", TEXT),
        Variable("studienr", "studienr", "Studienummer", TEXT),
        Variable("uddannelse", "uddannel", "Uddannelse", labels=_coded(landscape, "education")),
        Variable("institution", "institut", "Uddannelsessted", labels=_coded(landscape, "institution")),
        Variable("kommune", "kommune", "Kommune", labels=_coded(landscape, "municipality")),
        Variable("hospital", "hospital", "Hospital", labels=_coded(landscape, "hospital")),
        Variable("privat", "privat", "Privat eller selvejende praktiksted", labels={YES: "Ja", NO: "Nej"}),
        *(
            Variable(_number(q["id"]), _number(q["id"]), q["text"], labels=asked.scale)
            for q in asked.questions
        ),
        *_choices("s_14", "s_14", "Hvad fik du vejledning i?", SUPERVISED_IN),
        Variable("s_15", "s_15", "Har du andre kommentarer?", TEXT),
        *_choices("statoverall", "stato", "Samlet status", dict(enumerate(STATUSES, start=1))),
    ]


def student_dataset(
    rng: np.random.Generator, asked: Round, sheets: pd.DataFrame, answers: pd.DataFrame, landscape: Landscape
) -> pd.DataFrame:
    """One row for each invited student, with blanks and zeros for those who did not answer."""
    key = sheets["person"].map(lambda person: f"E{number_of(person, asked.year)}")
    places = pd.DataFrame(landscape.places).iloc[sheets["place"]].reset_index(drop=True)
    dataset = pd.DataFrame({"survey": asked.year, "responde": FIRST_RESPONDENT + np.arange(len(sheets))})
    dataset["organiza"] = MADE_UP
    dataset["closetim"] = _closed(rng, asked.year, sheets)
    dataset["email"] = key.str.lower() + "@example.org"
    dataset["studienr"] = key
    dataset["uddannel"] = _codes(sheets["education"], landscape, "education")
    dataset["institut"] = _codes(sheets["institution"], landscape, "institution")
    dataset["kommune"] = _codes(places["municipality"], landscape, "municipality")
    dataset["hospital"] = _codes(places["hospital"], landscape, "hospital")
    dataset["privat"] = np.where(places["kind"] == "privat", YES, NO)
    for question in answers:
        dataset[_number(question)] = answers[question]
    for position in range(1, len(SUPERVISED_IN) + 1):
        dataset[f"s_14_{position}"] = (rng.random(len(sheets)) < 0.45) & (sheets["status"] == COMPLETED)
    dataset["s_15"] = draw_comments(rng, sheets, truths.COMMENTS)
    for status in range(1, len(STATUSES) + 1):
        dataset[f"stato_{status}"] = sheets["status"] == status
    return dataset.astype({name: int for name in dataset if dataset[name].dtype == bool})


def _choices(name: str, column: str, text: str, choices: dict[int, str]) -> list[Variable]:
    """One column for each choice; the number in its name is the position, not the value."""
    return [
        Variable(name, f"{column}_{position}", text, MULTIPLE, choice, CHOSEN)
        for position, choice in enumerate(choices.items(), start=1)
    ]


def _number(question: str) -> str:
    return f"s_{int(question[1:])}"


def _coded(landscape: Landscape, what: str) -> dict[int, str]:
    return dict(enumerate(landscape.names[what].values(), start=1))


def _codes(ids: pd.Series, landscape: Landscape, what: str) -> pd.Series:
    codes = {id_: code for code, id_ in enumerate(landscape.names[what], start=1)}
    return ids.map(codes).astype("Int64")


def _closed(rng: np.random.Generator, year: int, sheets: pd.DataFrame) -> pd.Series:
    """When a sheet was sent: between March and December, or never."""
    seconds = pd.to_timedelta(rng.integers(0, 290 * 24 * 3600, len(sheets)), unit="s")
    closed = (pd.Timestamp(year, 3, 1) + seconds).strftime("%Y-%m-%d %H:%M:%S")
    return pd.Series(closed).where(sheets["status"] == COMPLETED)
