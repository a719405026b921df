"""Draws who was invited in a round, where, and how far each of them came."""

import numpy as np
import pandas as pd

from generator import truths
from generator.landscape import Landscape

NEW, DISTRIBUTED, SOME_ANSWERS, COMPLETED, DROPPED_OUT = range(1, 6)


def draw_sheets(
    rng: np.random.Generator, survey: truths.Survey, year: int, landscape: Landscape
) -> pd.DataFrame:
    """One row a sheet: education, institution, place (its number), status and person, in no order."""
    parts = [
        _sheets_of(rng, education, round(placements.invited * survey.invitations), landscape)
        for education, placements in truths.EDUCATIONS.items()
        if placements.from_year <= year
    ]
    sheets = pd.concat(parts, ignore_index=True)
    sheets["person"] = _persons(rng, survey, sheets)
    sheets["status"] = _statuses(rng, sheets["place"].to_numpy(), len(landscape.places))
    sheets["unit"] = np.array([place.key for place in landscape.places])[sheets["place"]]
    return sheets.iloc[rng.permutation(len(sheets))].reset_index(drop=True)


def number_of(person: int, year: int) -> str:
    """A person's number, e.g. 24-00123. One in five was asked last year too, by the number next to it."""
    return f"{year % 100 - 1}-{person + 1:05d}" if person % 5 == 0 else f"{year % 100}-{person:05d}"


def answered(sheets: pd.DataFrame) -> np.ndarray:
    """The sheets that hold answers, all or some."""
    return sheets["status"].isin((SOME_ANSWERS, COMPLETED)).to_numpy()


def draw_comments(rng: np.random.Generator, sheets: pd.DataFrame, texts: tuple[str, ...]) -> pd.Series:
    """A comment from a few of those who answered."""
    comments = pd.Series(rng.choice(texts, len(sheets)))
    return comments.where(answered(sheets) & (rng.random(len(sheets)) < truths.COMMENTED))


def _sheets_of(rng: np.random.Generator, education: str, expected: int, landscape: Landscape) -> pd.DataFrame:
    count = rng.poisson(expected)
    place = rng.choice(len(landscape.places), size=count, p=landscape.place_shares(education))
    up_to = landscape.institution_shares(education).cumsum(axis=1)[place, :-1]
    institution = (rng.random((count, 1)) > up_to).sum(axis=1)
    ids = np.array(list(landscape.campuses[education]))
    return pd.DataFrame({"education": education, "institution": ids[institution], "place": place})


def _persons(rng: np.random.Generator, survey: truths.Survey, sheets: pd.DataFrame) -> np.ndarray:
    """Numbers of persons; in some educations a student is placed twice a year, from one institution."""
    persons = np.arange(len(sheets))
    for education, share in survey.asked_twice:
        for _, rows in sheets[sheets["education"] == education].groupby("institution"):
            shared = rng.permutation(rows.index.to_numpy())[: 2 * int(len(rows) * share / 2)]
            persons[shared[::2]] = persons[shared[1::2]]
    return persons


def _statuses(rng: np.random.Generator, place: np.ndarray, places: int) -> np.ndarray:
    """Response depends on the place and on nothing else, so non-response does not bias the answers."""
    rates = np.random.default_rng(truths.SEED).uniform(*truths.RESPONSE_RATES, size=places)
    status = np.full(len(place), DISTRIBUTED)
    status[rng.random(len(place)) < truths.DROPPED_OUT] = DROPPED_OUT
    status[rng.random(len(place)) < rates[place]] = COMPLETED
    status[(status == COMPLETED) & (rng.random(len(place)) < truths.PARTLY_ANSWERED)] = SOME_ANSWERS
    status[rng.random(len(place)) < truths.NOT_YET_INVITED] = NEW
    return status
