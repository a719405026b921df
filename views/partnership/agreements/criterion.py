"""The form of a success criterion: what it is measured on, what a new one begins with, how it stands."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import streamlit as st

from data_access.partnerships.lists import measurements
from data_access.partnerships.lists.measurements import MeasuredSubject, series
from data_access.partnerships.records.form_options import FormOptions, QuestionChoice
from data_access.partnerships.records.kinds import CRITERION
from data_access.partnerships.records.records import open_record
from indicators.danish import percent
from indicators.partnership.criterion import Outcome
from indicators.selection import Option, Selection
from views.foundation import filter_bar, tables
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import markup
from views.partnership.records import forms
from views.partnership.records.forms import Filling

MEASURED_ON, WORDS_ONLY = "maales", Option("ord", "Ingen tal: partnerskabet vurderer selv")
QUESTION, THEME = "question", "theme"
MEASURED = ("survey", QUESTION, THEME)
GROUP = ("unit_key", "education_id", "institution_id")
MEASURE = ("direction", "target", "by", "baseline", "baseline_year", *GROUP)
JUDGED = ("judged", "judged_reason")
OWN_BASELINE = (
    "Uden et udgangspunkt i procent gælder det, der er udgivet for udgangspunktets år. Også senere: "
    "tallet følger udgivelsen."
)
ANOTHER = (
    "Kriteriet måles på det valgte, når det er gemt. Skriv målet og eventuelt et nyt udgangspunkt: de gamle "
    "hørte til det, der blev målt før. Før og efter står under «Ændringer» og kan fortrydes."
)


def boxes(form: Filling) -> dict:
    """The words, what is measured where something is, and the partnership's own judgement where not."""
    words = forms.draw(form, ("text",))
    measured = {field: form.initial.get(field) for field in MEASURED}
    numbers = bool(measured["survey"])
    if numbers:
        st.caption(literal(f"Måles på: {_name(form.options, measured)}. {OWN_BASELINE}"))
    measure = forms.draw(form, MEASURE) if numbers else dict.fromkeys(MEASURE)
    judgement = dict.fromkeys(JUDGED) if numbers else forms.draw(form, JUDGED)
    about = forms.draw(form, ("focus_area_id", "agreement_id", "initiative_id"))
    return {**words, **measured, **measure, **judgement, **about}


def _name(options: FormOptions, held: Mapping) -> str:
    known = {(one.survey, one.id): one.text for one in (*options.themes, *options.questions)}
    key = held[QUESTION] or held[THEME]
    return known.get((held["survey"], key), key)


def begin(choices: FormOptions, selection: Selection) -> dict:
    """The question or theme of the strip's survey that the reader chooses, in the strip's group and year."""
    options = _options(choices, selection)
    with st.container(key="indsatsvalg kriterie"):
        measure = options.get(
            filter_bar.select("Måles på", MEASURED_ON, list(options), says_what_is_gone=False)
        )
    if measure is None:
        return {}
    begun = {
        "survey": measure.choice.survey,
        measure.field: measure.choice.id,
        "unit_key": selection.stored_unit,
        "education_id": selection.education.key,
        "institution_id": selection.institution.key,
        "direction": measure.choice.hoped_for,
        "baseline_year": selection.year,
    }
    st.caption(literal(_published(begun, "filtrenes valg")))
    return begun


def change(choices: FormOptions, selection: Selection, criterion_id: int) -> dict:
    """How it stands today, with the reason; and what it is to be measured on instead, if anything else."""
    one = query(measurements.criterion, today(), criterion_id)
    st.html(tables.table(columns([one])))
    options = _options(choices, selection)
    now = _now(one, options)
    options = {WORDS_ONLY: None, now: None} | options
    chosen = st.selectbox(
        "Måles på",
        list(options),
        list(options).index(now),
        format_func=lambda option: option.name,
        filter_mode="fuzzy",
        key=f"måles på {one.id} {one.version}",
    )
    if chosen in (None, now):
        return {}
    st.info(ANOTHER)
    measure = options[chosen]
    if measure is None:
        return dict.fromkeys((*MEASURED, *MEASURE))
    measured = {
        "survey": measure.choice.survey,
        QUESTION: None,
        THEME: None,
        measure.field: measure.choice.id,
    }
    group = query(open_record, CRITERION, one.id).form.model_dump(include=set(GROUP))
    st.caption(literal(_published(measured | group, "kriteriets gruppe")))
    return {**measured, "direction": measure.choice.hoped_for, "target": None, "baseline": None}


class _Measure(NamedTuple):
    """A question or a theme by the field that holds it."""

    field: str
    choice: QuestionChoice


def _options(options: FormOptions, selection: Selection) -> dict[Option, _Measure | None]:
    """What of the strip's survey has a share."""
    return {WORDS_ONLY: None} | {
        Option(f"{field}:{one.id}", f"{word}: {one.text}"): _Measure(field, one)
        for field, word, several in (
            (THEME, "Tema", options.themes),
            (QUESTION, "Spørgsmål", options.questions),
        )
        for one in several
        if one.survey == selection.survey.key
    }


def _now(criterion: measurements.Criterion, options: Iterable[Option]) -> Option:
    """What it is measured on today, also where that is of another survey than the strip's."""
    if criterion.subject is None:
        return WORDS_ONLY
    field, key = (
        (QUESTION, criterion.subject.question)
        if criterion.subject.question
        else (THEME, criterion.subject.theme)
    )
    same = next((option for option in options if option.key == f"{field}:{key}"), None)
    return same or Option(f"{field}:{key}", criterion.measured_on)


def _published(begun: Mapping, group: str) -> str:
    """What there is to begin at, in the words of the figures themselves."""
    published = query(series, MeasuredSubject(*(begun.get(key) for key in (*MEASURED, *GROUP))))
    years = [
        f"{one.year}: {percent(one.share) if one.share is not None else one.why_not.lower()}"
        for one in published.measurements
    ]
    return f"Udgivet om «{published.name}» for {group}: {', '.join(years) or 'ingen tal'}."


def columns(criteria: list[measurements.Criterion]) -> tuple[tables.Column, ...]:
    """Criteria as a table."""
    return (
        tables.Column("Kriterie", [markup.free(criterion.text) for criterion in criteria]),
        tables.Column(
            "Måles på",
            [markup.escape(criterion.measured_on) or "Partnernes egen vurdering" for criterion in criteria],
        ),
        tables.Column("Status", [f"<b>{criterion.evaluation.outcome}</b>" for criterion in criteria]),
        tables.Column("Fordi", [_because(criterion) for criterion in criteria]),
    )


def _because(criterion: measurements.Criterion) -> str:
    sure = ""
    if criterion.subject and criterion.baseline and criterion.evaluation.outcome is not Outcome.UNKNOWN:
        certain = criterion.evaluation.is_certain
        sure = "Udviklingen er sikker." if certain else "Udviklingen kan skyldes tilfældigheder."
    return f"{markup.escape(criterion.evaluation.because)}<small>{sure}</small>"
