"""Agreements: status on a day, notice deadlines, and the annual cycle over them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.partnership.agreement import (
    AgreementStatus,
    MonthsNotice,
    Period,
    YearlyNotice,
    agreement_status,
    next_deadline,
)
from indicators.partnership.cycle import CycleEntry, CycleKind, Recurring, last_day_of_cycle, twelve_months
from indicators.partnership.days import DayOfYear, day_of_year, months_later

FIVE_YEARS = Period(date(2016, 1, 1), date(2020, 12, 31))
BY_OCTOBER = YearlyNotice(by=DayOfYear(10, 1), effect=DayOfYear(1, 1))


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (date(2015, 12, 31), AgreementStatus.COMING),
        (date(2016, 1, 1), AgreementStatus.IN_FORCE),
        (date(2020, 6, 30), AgreementStatus.IN_FORCE),
        (date(2020, 7, 1), AgreementStatus.EXPIRES_SOON),
        (date(2020, 12, 31), AgreementStatus.EXPIRES_SOON),
        (date(2021, 1, 1), AgreementStatus.EXPIRED),
    ],
)
def test_the_status_of_an_agreement_follows_its_period(today, status):
    assert agreement_status(FIVE_YEARS, today) is status


def test_an_agreement_without_an_end_is_in_force_until_notice_is_given():
    open_ended = Period(date(2015, 7, 1))

    assert agreement_status(open_ended, date(2026, 11, 22)) is AgreementStatus.IN_FORCE
    ended = agreement_status(open_ended, date(2026, 11, 22), terminated_from=date(2027, 1, 1))
    assert ended is AgreementStatus.TERMINATED


def test_an_agreement_ends_the_day_before_its_renewal_begins():
    replaced = Period(date(2021, 1, 1)).cut_before(date(2023, 1, 1))

    assert replaced.ends == date(2022, 12, 31)
    assert FIVE_YEARS.cut_before(date(2025, 1, 1)) == FIVE_YEARS
    assert agreement_status(replaced, date(2023, 1, 1)) is AgreementStatus.EXPIRED


def test_notice_by_1_october_is_for_the_1_january_that_follows():
    deadline = next_deadline(BY_OCTOBER, FIVE_YEARS, date(2018, 10, 2))

    assert deadline.describe() == "senest 1. oktober 2019 til ophør 1. januar 2020"
    assert next_deadline(BY_OCTOBER, FIVE_YEARS, date(2018, 10, 1)).by == date(2018, 10, 1)


def test_there_is_no_deadline_for_notice_that_would_change_nothing():
    assert next_deadline(BY_OCTOBER, FIVE_YEARS, date(2019, 10, 2)) is None
    assert next_deadline(BY_OCTOBER, FIVE_YEARS, date(2022, 1, 1)) is None
    assert next_deadline(None, FIVE_YEARS, date(2018, 1, 1)) is None


def test_an_open_ended_agreement_has_a_deadline_every_year():
    deadline = next_deadline(BY_OCTOBER, Period(date(2015, 7, 1)), date(2026, 11, 22))

    assert (deadline.by, deadline.effect) == (date(2027, 10, 1), date(2028, 1, 1))


def test_months_of_notice_are_counted_back_from_the_day_after_the_end():
    rule = MonthsNotice(3)

    deadline = next_deadline(rule, FIVE_YEARS, date(2020, 1, 1))
    assert (deadline.by, deadline.effect) == (date(2020, 10, 1), date(2021, 1, 1))
    assert next_deadline(rule, Period(date(2015, 7, 1)), date(2020, 1, 1)) is None
    assert (rule.describe(), MonthsNotice(1).describe()) == ("Med 3 måneders varsel", "Med 1 måneds varsel")


def test_a_month_without_the_day_gives_its_last_one():
    assert months_later(date(2026, 8, 31), -6) == date(2026, 2, 28)
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert DayOfYear(2, 29).in_year(2025) == date(2025, 2, 28)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-60, 60))
def test_a_step_of_months_never_leaves_the_month_aimed_at(day, months):
    later = months_later(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@pytest.mark.parametrize("text", ["2-30", "13-01", "10", "10-01-2026", "oktober"])
def test_a_day_that_no_year_has_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - any will do: what is said of it is the form's
        day_of_year(text)


def test_a_period_that_ends_before_it_starts_cannot_be_built():
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2020, 1, 1), date(2019, 12, 31))


def test_the_cycle_shows_what_lasts_several_months_in_each_of_them():
    survey = Recurring(DayOfYear(11, 1), CycleKind.DATA_COLLECTION, "Vejledere", "SPU", DayOfYear(12, 31))
    autumn = date(2026, 10, 5)
    months = twelve_months(survey.entries(autumn, last_day_of_cycle(autumn)), autumn)

    assert [month.name for month in months if month.entries] == ["november 2026", "december 2026"]
    assert (months[0].name, months[-1].name) == ("oktober 2026", "september 2027")
    assert months[1].entries[0].when() == "1. november 2026 – 31. december 2026"


def test_what_runs_over_new_year_is_in_the_cycle_that_begins_in_january():
    winter = Recurring(DayOfYear(12, 1), CycleKind.REPORT, "Rapport", "SPU", DayOfYear(1, 31))
    months = twelve_months(winter.entries(date(2027, 1, 1), date(2027, 12, 31)), date(2027, 1, 1))

    assert [month.name for month in months if month.entries] == ["januar 2027", "december 2027"]
    assert months[0].entries[0].first == date(2026, 12, 1)


def test_the_entries_of_a_month_stand_by_day():
    meeting = CycleEntry(date(2026, 12, 8), CycleKind.MEETING, "Styregruppe", "SPU")
    notice = CycleEntry(date(2026, 12, 1), CycleKind.NOTICE, "Opsigelse", "Absalon og Roskilde")

    (december, *_) = twelve_months([meeting, notice], date(2026, 12, 1))
    assert december.entries == (notice, meeting)
