"""Criteria and linked questions over what has been published, with hidden figures and a series break."""

from datetime import date

import pytest
from sqlmodel import Session

from data_access.partnerships.lists.initiatives import initiatives
from data_access.partnerships.lists.measurements import criteria, trends
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import CRITERION
from data_access.problems import EditProblem
from data_access.publishing import releases
from indicators.partnership.criterion import Outcome
from tests.conftest import MadeStores
from tests.made_up import LITTLE, ROSKILDE, VERY_MUCH, add_round, add_sheets
from tests.partnerships.small_partnership import TODAY, SmallPartnership, made, small_partnership


@pytest.fixture(scope="module")
def once_published(own_stores_of_each_kind: MadeStores) -> MadeStores:
    """Roskilde: of 20 answers to S01 8 agreed in 2023, 10 in 2024 and 14 in 2025; S01 broke in 2024."""
    with own_stores_of_each_kind.filling() as (confidential, dashboard):
        for year, agree in ((2023, 8), (2024, 10), (2025, 14)):
            a_round = add_round(confidential, year)
            add_sheets(confidential, a_round, ROSKILDE, {"S01": VERY_MUCH, "S02": VERY_MUCH}, times=agree)
            add_sheets(confidential, a_round, ROSKILDE, {"S01": LITTLE, "S02": LITTLE}, times=20 - agree)
        releases.publish(confidential, dashboard)
    return own_stores_of_each_kind


@pytest.fixture
def figures(published_so_far: Session) -> Session:
    """A store with that release."""
    return published_so_far


@pytest.fixture
def measured(figures: Session) -> SmallPartnership:
    """A small partnership beside it."""
    return small_partnership(figures)


def judged(session: Session, partnership: SmallPartnership, **values: object) -> tuple[Outcome, str]:
    made(session, CRITERION, partnership_id=partnership.id, text="Et kriterie", **values)
    found = criteria(session, TODAY, partnership.id)[-1]
    return found.evaluation.outcome, found.evaluation.because.replace("\N{NO-BREAK SPACE}", " ")


MEASURE = {
    "survey": "student",
    "question": "S01",
    "unit_key": ROSKILDE,
    "target": 0.9,
    "by": date(2027, 12, 31),
}


def test_criteria_are_held_up_against_the_figures_in_force(figures, measured):
    assert judged(figures, measured, **MEASURE, baseline_year=2024) == (
        Outcome.ON_THE_WAY,
        "50 % i 2024 og 70 % i 2025; målet er mindst 90 % senest 31. december 2027",
    )
    assert judged(figures, measured, **(MEASURE | {"target": 0.7}))[0] is Outcome.MET
    assert judged(figures, measured, **MEASURE, baseline=0.75, baseline_year=2024)[0] is Outcome.NOT_MET


def test_no_criterion_is_judged_across_a_series_break_or_on_what_is_hidden(figures, measured):
    outcome, because = judged(figures, measured, **MEASURE, baseline_year=2023)
    assert (outcome, because) == (
        Outcome.UNKNOWN,
        "Databrud i 2024, så 2025 kan ikke holdes op mod 2023: ny ordlyd",
    )
    outcome, because = judged(figures, measured, **(MEASURE | {"unit_key": "kommune:0259"}))
    assert outcome is Outcome.UNKNOWN
    assert "Tallet for 2025 kan ikke læses" in because


def test_a_theme_is_judged_by_its_score_and_only_by_rounds_up_to_the_day(figures, measured):
    theme = {"survey": "student", "theme": "samlet", "unit_key": ROSKILDE}
    assert judged(figures, measured, **theme, target=0.7, by=date(2027, 12, 31))[0] is Outcome.MET
    outcome, because = judged(figures, measured, **theme, target=0.7, by=date(2024, 12, 31))
    assert (outcome, because) == (
        Outcome.NOT_MET,
        "50 % i 2024; målet er mindst 70 % senest 31. december 2024",
    )


def test_a_criterion_is_certain_where_the_stored_interval_leaves_the_baseline_behind(figures, measured):
    for baseline in (0.45, 0.65):
        made(
            figures,
            CRITERION,
            partnership_id=measured.id,
            text="Et kriterie",
            **MEASURE,
            baseline=baseline,
            baseline_year=2024,
        )

    found = criteria(figures, TODAY)
    assert [one.current.share for one in found] == [0.7, 0.7]
    assert [one.evaluation.is_certain for one in found] == [True, False]
    assert found[0].measured_on == "Vejleder havde tid · Roskilde Kommune"


def test_a_criterion_in_plain_words_needs_no_figures(dashboard, fjord):
    made(
        dashboard,
        CRITERION,
        partnership_id=fjord.id,
        text="Alle er glade",
        judged="Opfyldt",
        judged_reason="det siger de",
    )

    (found,) = criteria(dashboard, TODAY)
    assert (found.evaluation.outcome, found.subject, found.goal) == (Outcome.MET, None, None)


@pytest.mark.parametrize(
    "values",
    [
        {"survey": "student", "target": 0.5},
        {"survey": "student", "question": "S01"},
        {"survey": "student", "question": "S01", "theme": "samlet", "target": 0.5},
        {"baseline": 0.5},
        {"judged": "Opfyldt"},
    ],
)
def test_half_a_criterion_is_refused(dashboard, fjord, values):
    with pytest.raises(EditProblem, match="Der er noget, der ikke kan gemmes"):
        made(dashboard, CRITERION, partnership_id=fjord.id, text="Et kriterie", **values)


def test_a_linked_question_shows_its_development_with_breaks_and_the_way_back(figures, measured):
    linked = {
        "survey": "student",
        "question": "S01",
        "unit_key": ROSKILDE,
        "view": "aar=2025&enhed=kommune:0265",
    }
    measured.initiative(figures, questions=[linked])

    (trend,) = trends(figures, initiatives(figures, TODAY)[0])
    assert (trend.series.name, trend.group) == ("Vejleder havde tid", "Roskilde Kommune")
    assert [(one.year, one.share) for one in trend.series.measurements] == [
        (2023, 0.4),
        (2024, 0.5),
        (2025, 0.7),
    ]
    assert [one.year for one in trend.series.breaks] == [2024]
    assert trend.linked.view == "aar=2025&enhed=kommune:0265"


def test_a_question_that_was_never_asked_is_refused_once_something_is_published(figures, measured):
    with pytest.raises(EditProblem, match="spørgsmålet S99 findes ikke i student"):
        measured.initiative(figures, questions=[{"survey": "student", "question": "S99"}])
    with pytest.raises(EditProblem, match="spørgsmålet S99 findes ikke i student"):
        judged(figures, measured, **(MEASURE | {"question": "S99"}))


def test_a_form_offers_the_questions_that_have_been_published(figures, measured):
    found = form_options(figures, measured.id).questions

    assert [(one.survey, one.id, one.text) for one in found] == [
        ("student", "S01", "Vejleder havde tid"),
        ("student", "S02", "Samlet tilfreds"),
    ]
