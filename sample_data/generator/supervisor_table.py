"""Writes a supervisor round as a plain table: a row for each invited supervisor, texts in the cells."""

import numpy as np
import pandas as pd

from generator import truths
from generator.answers import Round
from generator.landscape import Landscape
from generator.sheets import COMPLETED, DISTRIBUTED, DROPPED_OUT, NEW, SOME_ANSWERS, draw_comments, number_of

STATUSES = {
    NEW: "Inviteret",
    DISTRIBUTED: "Inviteret",
    DROPPED_OUT: "Inviteret",
    SOME_ANSWERS: "Delvist besvaret",
    COMPLETED: "Besvaret",
}


def supervisor_table(
    rng: np.random.Generator, asked: Round, sheets: pd.DataFrame, answers: pd.DataFrame, landscape: Landscape
) -> pd.DataFrame:
    """The table as a person would read it; blank cells where there is no answer."""
    places = pd.DataFrame(landscape.places).iloc[sheets["place"]].reset_index(drop=True)
    table = pd.DataFrame({"Kilde": "Eksempeldata", "Status": sheets["status"].map(STATUSES)})
    table["E-mail"] = [f"vejleder{number_of(person, asked.year)}@example.org" for person in sheets["person"]]
    table["Uddannelse"] = sheets["education"].map(landscape.names["education"])
    table["Uddannelsessted"] = sheets["institution"].map(landscape.names["institution"])
    table["Kommune"] = places["municipality"].map(landscape.names["municipality"])
    table["Hospital"] = places["hospital"].map(landscape.names["hospital"])
    table["Privat"] = np.where(places["kind"] == "privat", "Ja", "Nej")
    for question in answers:
        table[question] = answers[question].map(asked.scale)
    table["Bemærkning"] = draw_comments(rng, sheets, truths.SUPERVISOR_COMMENTS)
    return table
