"""Draws the answers: a latent scale cut into five, with the planted differences added to it."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from generator import truths
from generator.sheets import SOME_ANSWERS, answered

DO_NOT_KNOW = 9
BLANK = 0


@dataclass(frozen=True)
class Round:
    """A survey in a year: its questions as in the questionnaire file, and the scale's texts by value."""

    survey: truths.Survey
    year: int
    questions: tuple[dict[str, str], ...]
    scale: dict[int, str]


def draw_answers(rng: np.random.Generator, asked: Round, sheets: pd.DataFrame) -> pd.DataFrame:
    """One column a question; missing where nothing was answered. `sheets` has the unit's key as `unit`."""
    inclination = _inclination(rng, sheets)
    answers = pd.DataFrame(index=sheets.index)
    for question in asked.questions:
        latent = inclination + _planted(asked, question["theme"], sheets["unit"])
        latent += rng.normal(0, (1 - truths.PERSON_VARIANCE) ** 0.5, len(sheets))
        values = 1 + (latent[:, None] > _cutpoints(question["id"], asked.year)).sum(axis=1)
        answers[question["id"]] = _with_gaps(rng, values, question["id"], sheets["education"])
    answers[~_reached(rng, sheets, len(asked.questions))] = BLANK
    return answers.astype("Int64").mask(answers == BLANK)


def _inclination(rng: np.random.Generator, sheets: pd.DataFrame) -> np.ndarray:
    """What all answers of a sheet share: the education's level and the person's own inclination."""
    levels = sheets["education"].map({name: e.level for name, e in truths.EDUCATIONS.items()})
    persons = rng.normal(0, truths.PERSON_VARIANCE**0.5, len(sheets))
    return levels.to_numpy() + persons[sheets["person"]]


def _planted(asked: Round, theme: str, units: pd.Series) -> np.ndarray:
    shift = np.zeros(len(units))
    for planted in truths.PLANTED:
        if planted.survey == asked.survey and planted.theme in (None, theme):
            shift += (units == planted.unit).to_numpy() * planted.shifts[truths.YEARS.index(asked.year)]
    return shift


def _cutpoints(question: str, year: int) -> np.ndarray:
    """The four points that part the five answers, such that the wanted share lies above the third."""
    level = truths.LEVELS[question]
    for (changed, from_year), later in truths.LEVELS_FROM.items():
        if changed == question and from_year <= year:
            level = later
    agree_above = -NormalDist().inv_cdf(level.share) - level.yearly * (year - truths.YEARS[0])
    return agree_above + np.array(list(truths.DISTANCES_BETWEEN_ANSWERS.values()))


def _with_gaps(
    rng: np.random.Generator, values: np.ndarray, question: str, educations: pd.Series
) -> np.ndarray:
    """Some do not know, some skip the question, and some educations are never asked it."""
    own = np.random.default_rng([truths.SEED, list(truths.LEVELS).index(question)])
    values = np.where(rng.random(len(values)) < own.uniform(*truths.DO_NOT_KNOW), DO_NOT_KNOW, values)
    values[rng.random(len(values)) < own.uniform(*truths.SKIPPED)] = BLANK
    if question in truths.ASKED_ONLY:
        values[~educations.isin(truths.ASKED_ONLY[question])] = BLANK
    return values


def _reached(rng: np.random.Generator, sheets: pd.DataFrame, questions: int) -> np.ndarray:
    """Sheets by questions: who answered partly stopped somewhere, who did not answer never began."""
    stopped = np.where(sheets["status"] == SOME_ANSWERS, rng.integers(0, questions, len(sheets)), questions)
    return (np.arange(questions) < stopped[:, None]) & answered(sheets)[:, None]
