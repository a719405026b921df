"""Initiatives: the status the milestones give, a person's word against it, and the age of the last news."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.partnership.initiative import (
    SET_BY_HAND,
    Course,
    InitiativeStatus,
    Milestone,
    Override,
    assess,
    freshness,
)

TODAY = date(2026, 11, 22)
REACHED = Milestone("Kursusplan", date(2026, 6, 1), done_on=date(2026, 6, 20))
AHEAD = Milestone("Første hold", date(2027, 2, 1))
LATE = Milestone("Aftale underskrevet", date(2026, 10, 8))


def test_a_milestone_past_its_day_makes_the_initiative_late():
    found = assess(Course(date(2026, 1, 1), milestones=[REACHED, LATE, AHEAD]), TODAY)

    assert found.status is InitiativeStatus.LATE
    assert found.because == "«Aftale underskrevet» skulle være nået 8. oktober 2026 (45 dage siden)"


def test_a_milestone_that_was_reached_too_late_is_reached():
    found = assess(Course(date(2026, 1, 1), milestones=[REACHED, AHEAD]), TODAY)

    assert found.status is InitiativeStatus.UNDER_WAY
    assert found.because == "Næste milepæl: «Første hold» 1. februar 2027"


def test_a_milestone_due_today_is_not_late():
    due_today = Milestone("I dag", TODAY)

    assert (
        assess(Course(date(2026, 1, 1), milestones=[due_today]), TODAY).status is InitiativeStatus.UNDER_WAY
    )
    tomorrow = assess(Course(date(2026, 1, 1), milestones=[due_today]), TODAY + timedelta(days=1))
    assert (tomorrow.status, tomorrow.because) == (
        InitiativeStatus.LATE,
        "«I dag» skulle være nået 22. november 2026 (1 dag siden)",
    )


def test_several_late_milestones_are_counted_and_the_oldest_named():
    older = Milestone("Udkast", date(2026, 9, 1))

    because = assess(Course(milestones=[LATE, older]), TODAY).because
    assert because.startswith("2 milepæle er over fristen; «Udkast»")


@pytest.mark.parametrize(
    ("course", "status"),
    [
        (Course(), InitiativeStatus.PLANNED),
        (Course(starts=date(2027, 1, 1)), InitiativeStatus.PLANNED),
        (Course(milestones=[AHEAD]), InitiativeStatus.PLANNED),
        (Course(milestones=[REACHED]), InitiativeStatus.UNDER_WAY),
        (Course(starts=TODAY), InitiativeStatus.UNDER_WAY),
        (Course(starts=date(2026, 1, 1), ends=TODAY), InitiativeStatus.UNDER_WAY),
        (Course(starts=date(2026, 1, 1), ends=date(2026, 11, 21)), InitiativeStatus.LATE),
        (Course(closed_on=date(2026, 10, 1), milestones=[LATE]), InitiativeStatus.DONE),
        (Course(closed_on=date(2026, 10, 1), replaced_by="Fælles kursus"), InitiativeStatus.REPLACED),
    ],
)
def test_the_status_follows_from_dates_and_milestones(course, status):
    assert assess(course, TODAY).status is status


def test_a_status_set_by_hand_stands_with_its_reason_beside_the_computed_one():
    said = Override(InitiativeStatus.PAUSED, "afventer reformen")

    found = assess(Course(milestones=[LATE]), TODAY, said)
    assert (found.status, found.computed) == (InitiativeStatus.PAUSED, InitiativeStatus.LATE)
    assert found.status is not found.computed
    assert found.because == "Sat manuelt: afventer reformen"


def test_what_is_closed_stays_closed_whatever_was_said_before():
    said = Override(InitiativeStatus.LATE, "går langsomt")

    found = assess(Course(closed_on=date(2026, 10, 1)), TODAY, said)
    assert (found.status, found.computed) == (InitiativeStatus.DONE, InitiativeStatus.DONE)


def test_a_status_set_by_hand_needs_a_reason_and_done_is_not_one_of_them():
    with pytest.raises(ValueError, match="needs a reason"):
        Override(InitiativeStatus.PAUSED, "  ")
    with pytest.raises(ValueError, match="not set by hand"):
        Override(InitiativeStatus.DONE, "færdig")


days_around = st.dates(date(2026, 1, 1), date(2027, 12, 31))
milestones = st.builds(Milestone, st.just("Milepæl"), days_around, st.none() | days_around)


@pytest.mark.slow
@given(st.lists(milestones, max_size=5), st.none() | days_around)
def test_an_initiative_is_late_exactly_when_something_is_overdue_and_it_is_not_closed(steps, ends):
    course = Course(starts=date(2026, 1, 1), ends=ends, milestones=steps)
    overdue = any(step.done_on is None and step.due < TODAY for step in steps)

    assert (assess(course, TODAY).status is InitiativeStatus.LATE) == (
        overdue or (ends is not None and ends < TODAY)
    )


@given(st.sampled_from(SET_BY_HAND), st.lists(milestones, max_size=3))
def test_the_word_of_a_person_decides_while_the_initiative_is_open(status, steps):
    assert assess(Course(milestones=steps), TODAY, Override(status, "en grund")).status is status


def test_news_older_than_the_partnership_s_own_interval_is_stale():
    fresh = freshness(TODAY - timedelta(days=90), None, TODAY, interval_days=90)
    stale = freshness(TODAY - timedelta(days=91), None, TODAY, interval_days=90)

    assert (fresh.is_stale, fresh.describe()) == (False, "Opdateret for 90 dage siden")
    assert (stale.is_stale, stale.describe()) == (True, "Ikke opdateret i 91 dage")
    assert not freshness(TODAY - timedelta(days=91), None, TODAY, interval_days=365).is_stale


def test_without_any_news_the_age_is_counted_from_the_beginning():
    never = freshness(None, date(2022, 1, 1), TODAY, interval_days=90)

    assert (never.is_stale, never.describe()) == (True, "Aldrig opdateret, begyndt for 1.786 dage siden")
    assert freshness(None, None, TODAY, 90).describe() == "Ingen opdatering endnu"
    assert not freshness(None, date(2027, 1, 1), TODAY, 90).is_stale


def test_nobody_waits_for_news_of_what_is_closed():
    closed = freshness(date(2020, 1, 1), None, TODAY, 90, is_expected=False)

    assert not closed.is_stale
    assert closed.is_older_than(90)
