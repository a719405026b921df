"""The form of an initiative: what may be typed, and what there is to choose among."""

from collections.abc import Mapping

from indicators.partnership.criterion import Direction
from indicators.partnership.initiative import Participation
from indicators.selection import Selection
from views.partnership.records import forms
from views.partnership.records.forms import Filling

PURPOSE = ("title", "goal", "description", "responsible_id", "responsible_role")
TIME = ("starts", "ends", "is_continuous")
ABOUT = ("agreement_id", "body_id", "focus_areas", "educations", "units")

ASKED = {Direction.UP: "Knyttede spørgsmål, hvor andelen skal op", Direction.DOWN: "… hvor andelen skal ned"}
TAKES_PART = {
    Participation.TAKES_PART: "Deltagere",
    Participation.RESPONSIBLE: "Medansvarlige",
    Participation.IS_INFORMED: "Orienteres",
}


def draw(form: Filling, selection: Selection) -> dict:
    """The boxes with what is there; what was typed, as the form of the store takes it."""
    return {
        **forms.draw(form, PURPOSE),
        "participants": _participants(form),
        **forms.draw(form, TIME),
        **forms.draw(form, ABOUT),
        "questions": _questions(form, selection),
    }


def _participants(form: Filling) -> list[dict]:
    return [
        {"party_id": party, "part": part}
        for part, label in TAKES_PART.items()
        for party in _parties(form, label, _taking(form.was, part))
    ]


def _parties(form: Filling, label: str, chosen: list[int]) -> list[int]:
    return forms.several(label, form.given.of("party", chosen), chosen, f"{form.key} {label}")


def _taking(was: Mapping, part: Participation) -> list[int]:
    return [one["party_id"] for one in was.get("participants", ()) if one["part"] == part]


def _questions(form: Filling, selection: Selection) -> list[dict]:
    """Those that stay keep their group and view; a new one is about what the strip shows."""
    words = {(one.survey, one.id): one.text for one in form.given.questions}
    found = []
    for direction, label in ASKED.items():
        before = [one for one in form.was.get("questions", ()) if one["direction"] == direction]
        linked = dict.fromkeys((one["survey"], one["question"]) for one in before)
        options = {**{one: one[1] for one in linked}, **words}
        for survey, question in forms.several(label, options, linked, f"{form.key} {direction}"):
            same = [one for one in before if (one["survey"], one["question"]) == (survey, question)]
            found += same or [_linked(survey, question, direction, selection)]
    return found


def _linked(survey: str, question: str, direction: Direction, selection: Selection) -> dict:
    return {
        "survey": survey,
        "question": question,
        "direction": direction,
        "unit_key": selection.unit.key,
        "education_id": selection.education.key,
        "institution_id": selection.institution.key,
    }
