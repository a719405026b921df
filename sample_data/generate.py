"""Writes the sample rounds (EKSEMPELDATA): `python sample_data/generate.py [--to FOLDER]`."""

import argparse
import tomllib
from pathlib import Path

import numpy as np
from generator import truths
from generator.answers import Round, draw_answers
from generator.landscape import Landscape, read_landscape
from generator.sheets import draw_sheets
from generator.student_export import student_dataset, student_variables, write_student_export
from generator.supervisor_table import supervisor_table
from generator.writing import EUROPEAN, NEWER, write_frame

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Writes every round of both surveys."""
    parser = argparse.ArgumentParser(description="Danner eksempeldata til dashboardet.")
    parser.add_argument("--to", type=Path, default=HERE / "rounds", help="mappen, der skrives i")
    rounds = parser.parse_args().to
    landscape = read_landscape(HERE / "reference")
    for survey in (truths.STUDENT, truths.SUPERVISOR):
        for year in truths.YEARS:
            write_round(rounds / f"{survey.id}-{year}", survey, year, landscape)


def write_round(folder: Path, survey: truths.Survey, year: int, landscape: Landscape) -> None:
    """Draws and writes one round; its random numbers depend on the seed, the year and the survey only."""
    rng = np.random.default_rng([truths.SEED, year, survey.number])
    asked = _asked(survey, year)
    form = EUROPEAN if year == truths.YEARS[0] else NEWER
    sheets = draw_sheets(rng, survey, year, landscape)
    answers = draw_answers(rng, asked, sheets)
    if survey == truths.STUDENT:
        dataset = student_dataset(rng, asked, sheets, answers, landscape)
        write_student_export(folder, student_variables(asked, landscape), dataset, form)
    else:
        table = supervisor_table(rng, asked, sheets, answers, landscape)
        write_frame(folder / "answers.csv", table, form)


def _asked(survey: truths.Survey, year: int) -> Round:
    """The questions with that year's wording, and the answers they could be given."""
    with (HERE / "questionnaires" / f"{survey.id}.toml").open("rb") as file:
        questionnaire = tomllib.load(file)
    earlier = {
        broken["question"]: {"text": broken["text_before"]}
        for broken in questionnaire.get("series_breaks", ())
        if year < broken["year"]
    }
    questions = tuple(question | earlier.get(question["id"], {}) for question in questionnaire["questions"])
    (scale,) = questionnaire["scales"]
    return Round(survey, year, questions, {option["value"]: option["text"] for option in scale["options"]})


if __name__ == "__main__":
    main()
