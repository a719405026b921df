"""The form of an initiative: what may be typed, and what there is to choose among."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from data_access.partnerships.kinds import INITIATIVE
from data_access.partnerships.options import Options
from indicators.partnership.board import Ref
from indicators.partnership.criterion import Direction
from indicators.partnership.initiative import Participation
from indicators.selection import Named, Selection

DAY, NOTHING = "DD.MM.YYYY", "Vælg"
ASKED = {Direction.UP: "Knyttede spørgsmål, hvor andelen skal op", Direction.DOWN: "… hvor andelen skal ned"}
TAKES_PART = {
    Participation.TAKES_PART: "Deltagere",
    Participation.RESPONSIBLE: "Medansvarlige",
    Participation.IS_INFORMED: "Orienteres",
}


def draw(was: Mapping, given: Options, selection: Selection, key: str) -> dict:
    """The boxes with what is there; what was typed, as the form of the store takes it."""
    typed = {**_purpose(was, key), **_people(was, given, key), **_time(was, key)}
    return {**was, **typed, **_about(was, given, key), "questions": _questions(was, given, selection, key)}


def _purpose(was: Mapping, key: str) -> dict:
    return {
        "title": st.text_input(_label("title"), was.get("title", ""), max_chars=200, key=f"{key} titel"),
        "goal": st.text_area(_label("goal"), was.get("goal", ""), max_chars=4000, key=f"{key} mål"),
        "description": st.text_area(
            _label("description"), was.get("description", ""), max_chars=4000, key=f"{key} beskrivelse"
        ),
    }


def _people(was: Mapping, given: Options, key: str) -> dict:
    role = was.get("responsible_role", "")
    return {
        "responsible_id": _one("responsible_id", given.parties, was, key),
        "responsible_role": st.text_input(
            "Ansvarlig rolle (aldrig et navn)", role, max_chars=200, key=f"{key} rolle"
        ),
        "participants": [
            {"party_id": party, "part": part}
            for part, label in TAKES_PART.items()
            for party in _several(label, _refs(given.parties), _taking(was, part), f"{key} {label}")
        ],
    }


def _taking(was: Mapping, part: Participation) -> list[int]:
    return [one["party_id"] for one in was.get("participants", ()) if one["part"] == part]


def _time(was: Mapping, key: str) -> dict:
    first, last, always = st.columns(3, vertical_alignment="bottom")
    with first:
        starts = st.date_input(_label("starts"), was.get("starts"), format=DAY, key=f"{key} start")
    with last:
        ends = st.date_input(_label("ends"), was.get("ends"), format=DAY, key=f"{key} slut")
    with always:
        continuous = st.checkbox(
            "Løbende, uden slutdato", was.get("is_continuous", False), key=f"{key} løbende"
        )
    return {"starts": starts, "ends": ends, "is_continuous": continuous}


def _about(was: Mapping, given: Options, key: str) -> dict:
    kept = {
        "focus_areas": _refs(given.focus_areas),
        "educations": _named(given.educations),
        "units": _named(given.units),
    }
    chosen = {
        field: _several(_label(field), options, was.get(field, ()), f"{key} {field}")
        for field, options in kept.items()
    }
    return {
        "agreement_id": _one("agreement_id", given.agreements, was, key),
        "body_id": _one("body_id", given.bodies, was, key),
        **chosen,
    }


def _questions(was: Mapping, given: Options, selection: Selection, key: str) -> list[dict]:
    """Those that stay keep their group and view; a new one is about what the strip shows."""
    words = {(one.survey, one.id): one.text for one in given.questions}
    found = []
    for direction, label in ASKED.items():
        before = [one for one in was.get("questions", ()) if one["direction"] == direction]
        linked = dict.fromkeys((one["survey"], one["question"]) for one in before)
        options = {**{one: one[1] for one in linked}, **words}
        for survey, question in _several(label, options, linked, f"{key} {direction}"):
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


def _one(field: str, refs: Iterable[Ref], was: Mapping, key: str) -> int | None:
    options = _refs(refs)
    now = was.get(field)
    if now is not None and now not in options:
        options[now] = f"Nr. {now}"
    index = list(options).index(now) if now is not None else None
    return st.selectbox(
        _label(field),
        list(options),
        index=index,
        format_func=options.get,
        placeholder=NOTHING,
        key=f"{key} {field}",
    )


def _several(label: str, options: Mapping, chosen: Iterable, key: str) -> list:
    """What is chosen stays an option, also when it is gone from the lists."""
    everything = {**{one: str(one) for one in chosen}, **options}
    return st.multiselect(
        label,
        list(everything),
        list(chosen),
        format_func=everything.get,
        placeholder=NOTHING,
        select_all=False,
        key=key,
    )


def _refs(refs: Iterable[Ref]) -> dict[int, str]:
    return {one.id: one.name for one in refs}


def _named(several: Iterable[Named]) -> dict[str, str]:
    return {one.key: one.name for one in several}


_label: Callable[[str], str] = INITIATIVE.label
