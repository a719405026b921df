"""The form of a success criterion: what it is measured on, what a new one begins with, how it stands."""

from collections.abc import Mapping

import streamlit as st

from data_access.partnerships import criteria
from data_access.partnerships.measurements import Subject, series
from data_access.partnerships.options import AskedQuestion, Options
from indicators.danish import percent
from indicators.partnership.criterion import Outcome
from indicators.selection import Named, Selection
from views import filters, tables
from views.literal import literal
from views.partnership import forms, markup
from views.partnership.asking import asked, today
from views.partnership.forms import Filling

MEASURED_ON, WORDS_ONLY = "maales", Named("ord", "Ingen tal: partnerskabet vurderer selv")
QUESTION, THEME = "question", "theme"
MEASURE = (
    "direction",
    "target",
    "by",
    "baseline",
    "baseline_year",
    "unit_key",
    "education_id",
    "institution_id",
)
OWN_BASELINE = (
    "Uden et udgangspunkt i procent gælder det, der er udgivet for udgangspunktets år. Også senere: "
    "tallet følger udgivelsen."
)


def boxes(form: Filling) -> dict:
    """The words, what is measured where something is, and the partnership's own judgement where not."""
    words = forms.draw(form, ("text",))
    measured = _measured_on(form)
    measure = forms.draw(form, MEASURE) if measured["survey"] else {}
    judgement = {} if measured["survey"] else forms.draw(form, ("judged", "judged_reason"))
    about = forms.draw(form, ("focus_area_id", "agreement_id", "initiative_id"))
    return {**words, **measured, **measure, **judgement, **about}


def _measured_on(form: Filling) -> dict:
    """It stays what it is: another measure is another criterion."""
    held = {field: form.was.get(field) for field in ("survey", QUESTION, THEME)}
    if held["survey"]:
        st.caption(literal(f"Måles på: {_name(form.given, held)}. {OWN_BASELINE}"))
    return held


def _name(given: Options, held: Mapping) -> str:
    known = {(one.survey, one.id): one.text for one in (*given.themes, *given.questions)}
    key = held[QUESTION] or held[THEME]
    return known.get((held["survey"], key), key)


def begin(given: Options, selection: Selection) -> dict:
    """The question or theme of the strip's survey that the reader chooses, in the strip's group and year."""
    options = {
        Named(f"{field}:{one.id}", f"{word}: {one.text}"): (field, one)
        for field, word, several in ((THEME, "Tema", given.themes), (QUESTION, "Spørgsmål", given.questions))
        for one in several
        if one.survey == selection.survey.key
    }
    with st.container(key="indsatsvalg kriterie"):
        found = options.get(filters.select("Måles på", MEASURED_ON, (WORDS_ONLY, *options), told=False))
    if found is None:
        return {}
    begun = _begun(*found, selection)
    st.caption(literal(_published(begun)))
    return begun


def _begun(field: str, one: AskedQuestion, selection: Selection) -> dict:
    return {
        "survey": one.survey,
        field: one.id,
        "unit_key": selection.unit.key,
        "education_id": selection.education.key,
        "institution_id": selection.institution.key,
        "direction": one.hoped_for,
        "baseline_year": selection.year,
    }


def _published(begun: Mapping) -> str:
    """What there is to begin at, in the words of the figures themselves."""
    keys = ("survey", QUESTION, THEME, "unit_key", "education_id", "institution_id")
    found = asked(series, Subject(*(begun.get(key) for key in keys)))
    said = [
        f"{one.year}: {percent(one.share) if one.share is not None else one.why_not.lower()}"
        for one in found.measurements
    ]
    return f"Udgivet om «{found.name}» for filtrenes valg: {', '.join(said) or 'ingen tal'}."


def standing(criterion_id: int) -> None:
    """How it stands today, with the reason."""
    one = asked(criteria.criterion, today(), criterion_id)
    st.html(tables.table(columns([one])))


def columns(found: list[criteria.Criterion]) -> tuple[tables.Column, ...]:
    """Criteria as a table."""
    return (
        tables.Column("Kriterie", [markup.free(one.text) for one in found]),
        tables.Column(
            "Måles på", [markup.escape(one.measured_on) or "Partnernes egen vurdering" for one in found]
        ),
        tables.Column("Status", [f"<b>{one.evaluation.outcome}</b>" for one in found]),
        tables.Column("Fordi", [_because(one) for one in found]),
    )


def _because(one: criteria.Criterion) -> str:
    sure = ""
    if one.subject and one.baseline and one.evaluation.outcome is not Outcome.UNKNOWN:
        certain = one.evaluation.is_certain
        sure = "Udviklingen er sikker." if certain else "Udviklingen kan skyldes tilfældigheder."
    return f"{markup.escape(one.evaluation.because)}<small>{sure}</small>"
