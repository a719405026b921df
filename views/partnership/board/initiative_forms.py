"""The form of an initiative: what may be typed, and what there is to choose among."""

from collections import Counter
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from data_access.partnerships.lists.agreements import agreements, partnerships
from data_access.partnerships.lists.initiatives import InitiativeCard
from data_access.partnerships.records.form_options import FormOptions, form_options
from data_access.partnerships.records.kinds import DECISION, EFFECT, INITIATIVE, MILESTONE, UPDATE
from indicators.partnership.criterion import Direction
from indicators.partnership.initiative import Participation
from indicators.selection import ALL, Option, Selection, is_joined, parts_of
from views.foundation import controls, figures, filter_bar, places
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import addresses, markup
from views.partnership.board import board_filter, initiative_actions
from views.partnership.records import editor, forms, records
from views.partnership.records.editor import EditableKind, First
from views.partnership.records.forms import Filling
from views.partnership.records.records import Desk

PURPOSE = ("title", "goal", "description", "responsible_id", "responsible_role")
TIME = ("starts", "ends", "is_continuous")
RELATIONS = ("agreement_id", "body_id", "focus_areas", "educations", "units")

QUESTION_LABELS = {
    Direction.UP: "Knyttede spørgsmål, hvor andelen skal op",
    Direction.DOWN: "… hvor andelen skal ned",
}
TAKES_PART = {
    Participation.TAKES_PART: "Deltagere",
    Participation.RESPONSIBLE: "Medansvarlige",
    Participation.IS_INFORMED: "Orienteres",
}


def initiative_fields(form: Filling, selection: Selection) -> dict:
    """The boxes with what is there; what was typed, as the form of the store takes it."""
    participants = []
    for part, label in TAKES_PART.items():
        before = [one["party_id"] for one in form.initial.get("participants", ()) if one["part"] == part]
        chosen = forms.several(label, form.options.of("party", before), before, f"{form.key} {label}")
        participants += [{"party_id": party, "part": part} for party in chosen]
    return {
        **forms.draw(form, PURPOSE),
        "participants": participants,
        **forms.draw(form, TIME),
        **forms.draw(form, RELATIONS),
        "questions": _questions(form, selection),
    }


def _questions(form: Filling, selection: Selection) -> list[dict]:
    """Those that stay keep their group and view; a new one is about what the strip shows."""
    words = {(one.survey, one.id): one.text for one in form.options.questions}
    links = []
    for direction, label in QUESTION_LABELS.items():
        before = [one for one in form.initial.get("questions", ()) if one["direction"] == direction]
        linked = dict.fromkeys((link["survey"], link["question"]) for link in before)
        options = {**{one: one[1] for one in linked}, **words}
        for survey, question in forms.several(label, options, linked, f"{form.key} {direction}"):
            same = [link for link in before if (link["survey"], link["question"]) == (survey, question)]
            links += same or [
                {
                    "survey": survey,
                    "question": question,
                    "direction": direction,
                    "unit_key": selection.stored_unit,
                    "education_id": selection.education.key,
                    "institution_id": selection.institution.key,
                }
            ]
    return links


ITSELF = Option(INITIATIVE.name, "Indsatsen")
DECISION_FIELDS = ("text", "responsible_id", "responsible_role", "decided_on", "due", "done_on", "outcome")


def edit(card: InitiativeCard, who: str, selection: Selection) -> None:
    """The forms of the initiative, its milestones, status updates, decisions and effects."""
    options = query(form_options, card.initiative.partnership.id)
    desk = Desk(INITIATIVE, who, options, partial(initiative_fields, selection=selection))
    first = First(ITSELF, partial(_itself, desk, card))
    choices = replace(options, parties=initiative_actions.parties(card, options))
    editor.draw(_parts(card, who), choices, who, first)


def _itself(desk: Desk, card: InitiativeCard) -> None:
    """Everything that can be changed, from the version that was opened."""
    base = records.opened(desk, card.initiative.id)
    with st.expander("Hele indsatsen", expanded=True):
        records.form(desk, base)
    with st.expander("Sæt status manuelt"):
        initiative_actions.status(base, desk.who)
    with st.expander("Milepæle"):
        initiative_actions.milestones(card, desk.who)
    with st.expander("Afslut eller genåbn"):
        initiative_actions.closing(base, desk.who)
    with st.expander("Læg sammen med en anden"):
        initiative_actions.merging(base, desk.who, desk.options.initiatives)
    records.deleting(desk, base, "Er arbejdet færdigt, så afslut indsatsen i stedet for at slette den.")


def _parts(card: InitiativeCard, who: str) -> list[EditableKind]:
    own = {"initiative_id": card.initiative.id}
    both = {"partnership_id": card.initiative.partnership.id, **own}
    return [
        EditableKind(MILESTONE, "Milepæle", "Ny milepæl", own),
        EditableKind(
            UPDATE,
            "Statusopdateringer",
            "Ny statusopdatering",
            own,
            boxes=partial(forms.draw, fields=("written_on", "text")),
            begin=lambda: {"written_on": today(), "by": who},
        ),
        EditableKind(
            DECISION,
            "Beslutninger",
            "Ny beslutning",
            both,
            boxes=partial(forms.draw, fields=DECISION_FIELDS),
            begin=lambda: {"decided_on": today()},
        ),
        EditableKind(
            EFFECT,
            markup.EFFECTS_TITLE,
            "Ny effekt eller nyt eksempel",
            both,
            boxes=partial(forms.draw, fields=("kind", "title", "text", "party_id", "year")),
        ),
    ]


def new(who: str, selection: Selection) -> None:
    """Which partnership and which question first, for the rest depends on them."""
    filter_bar.link("Tilbage til alle indsatser", "", "tilbage", **{addresses.OPENED: ALL})
    whose = _partnerships(selection)
    if not whose:
        st.info("Der er ingen partnerskaber endnu.")
        return
    questions = {question: theme for theme, question, _ in figures.choices(selection.survey.key).questions}
    with st.container(horizontal=True, vertical_alignment="bottom", key="indsatsvalg ny"):
        partnership = filter_bar.select("Partnerskab", addresses.FOR, whose)
        question = filter_bar.select(
            "Knyttet spørgsmål", addresses.ABOUT, (addresses.NO_QUESTION, *questions)
        )
    options = query(form_options, int(partnership.key))
    linked = (
        _linked_question(selection, question, questions[question], options)
        if question != addresses.NO_QUESTION
        else {}
    )
    initial = {
        "partnership_id": int(partnership.key),
        "units": list(parts_of(selection.unit.key)) if selection.unit.key != ALL else [],
        "educations": [selection.education.key] if selection.education.key != ALL else [],
        **linked,
    }
    if question != addresses.NO_QUESTION:
        st.caption(
            literal(
                f"Indsatsen knyttes til «{question.name}», og linket tilbage åbner spørgsmålets udvikling "
                "med de samme filtre."
            )
        )
    if is_joined(selection.unit.key):
        st.caption("Et spørgsmål, der knyttes til flere enheder lagt sammen, følges for alle enheder.")
    key = f"ny {partnership.key} {question.key} {selection.unit.key} {selection.education.key}"
    desk = Desk(INITIATIVE, who, options, partial(initiative_fields, selection=selection))
    records.new(desk, initial, key, addresses.OPENED)


def _partnerships(selection: Selection) -> list[Option]:
    """First those whose agreements run, and of them the one that already does most where the reader is."""
    here = board_filter.of_strip(selection)
    busy = Counter(
        initiative.partnership.id for initiative in figures.initiatives(today()) if here.matches(initiative)
    )
    agreed = query(agreements, today())
    over = {agreement.partnership.id for agreement in agreed} - {
        agreement.partnership.id for agreement in agreed if agreement.period.covers(today())
    }
    by_relevance = sorted(query(partnerships), key=lambda one: (one.id in over, -busy[one.id]))
    return [Option(str(one.id), one.short_name or one.name) for one in by_relevance]


def _linked_question(selection: Selection, question: Option, theme: str, options: FormOptions) -> dict:
    """The question, where it is meant to go, and the address of the view that it was seen in."""
    survey = selection.survey.key
    hoped_for = {(one.survey, one.id): one.hoped_for for one in options.questions}
    linked = {
        "survey": survey,
        "question": question.key,
        "unit_key": selection.stored_unit,
        "education_id": selection.education.key,
        "institution_id": selection.institution.key,
        "direction": hoped_for.get((survey, question.key), Direction.UP),
        "view": view_address(selection, question.key, theme),
    }
    return {"questions": [linked]}


def view_address(selection: Selection, question: str, theme: str) -> str:
    """The address of the question's development in the selection, by keys that outlive a renaming."""
    about = {controls.THEME: theme, controls.QUESTION: question, controls.TAB: places.TREND}
    return urlencode(controls.keys_of(selection) | about, doseq=True)
