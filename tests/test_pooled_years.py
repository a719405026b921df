"""Several years together: which years, which questions, whose answers, and what a release does with them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, select

from data_access.confidential.models import Round
from data_access.dashboard import cells, queries
from data_access.dashboard.models import PublishedRound
from data_access.dashboard.reference_tables import load_reference
from data_access.publishing import prepared_releases, releases
from data_access.publishing.deciding import decided
from data_access.reference import Membership, Unit, read_reference
from indicators.figure import State
from indicators.judgement import Verdict
from indicators.pooled_years import MOST_YEARS, pooled_questionnaire, years_to_pool
from indicators.questionnaire import Questionnaire, SeriesBreak
from indicators.selection import Years
from tests.made_up import (
    GREVE,
    KOEGE,
    KP,
    LITTLE,
    MUCH,
    QUESTIONNAIRE,
    ROSKILDE,
    add_round,
    add_sheets,
)

ALL = "alle"
TWO_YEARS = Years(2025, 2024)


def together(dashboard: Session, unit: str, education: str = ALL, institution: str = ALL, years=TWO_YEARS):
    release = queries.release_in_force(dashboard)
    rounds = queries.rounds(dashboard, release, "student", years)
    return cells.group(dashboard, rounds, unit, education, institution)


def two_years(confidential: Session, keys: bool = True) -> tuple[Round, Round]:
    """Seven answers of Roskilde each year, enough elsewhere, and four of Greve each year.

    With keys nobody but one in Køge has answered before; without them nobody can tell.
    """
    rounds = add_round(confidential, 2024), add_round(confidential, 2025)
    for a_round in rounds:
        for place, agree, disagree in ((ROSKILDE, 4, 3), (KOEGE, 20, 10), (GREVE, 2, 2)):
            for number in range(agree + disagree):
                answer = MUCH if number < agree else LITTLE
                year = 2024 if (place, number) == (KOEGE, 0) else a_round.year
                person = f"{year} {place} {number}" if keys else None
                add_sheets(confidential, a_round, place, {"S01": answer, "S02": answer}, person=person)
        add_sheets(confidential, a_round, GREVE, None, times=3)
    return rounds


def test_the_newest_three_years_that_have_a_question_in_common_are_added_up():
    without_break = QUESTIONNAIRE.model_copy(update={"series_breaks": ()})
    broken = SeriesBreak(year=2024, reason="nyt spørgeskema")
    other_scale = QUESTIONNAIRE.model_copy(update={"series_breaks": (broken,)})

    assert years_to_pool(dict.fromkeys((2020, 2021, 2022, 2024), without_break)) == (2021, 2022, 2024)
    assert years_to_pool(dict.fromkeys((2022, 2023, 2024, 2025), other_scale)) == (2024, 2025)
    assert years_to_pool({2025: QUESTIONNAIRE}) == ()
    assert years_to_pool({2023: other_scale, 2024: other_scale}) == ()
    assert MOST_YEARS == 3


def test_a_question_that_has_changed_or_is_new_is_not_added_up_and_neither_is_its_theme():
    asked = dict.fromkeys((2023, 2024, 2025), QUESTIONNAIRE)

    pooled = pooled_questionnaire(asked)

    assert [question.id for question in pooled.questions] == ["S02"], "S01 has a new wording from 2024"
    assert [theme.id for theme in pooled.themes] == ["samlet"]
    assert Questionnaire.model_validate(pooled.model_dump(mode="json")) == pooled


def test_answers_and_invited_of_two_years_are_added_up_with_their_own_interval_and_verdict(
    confidential, dashboard
):
    two_years(confidential)
    releases.publish(confidential, dashboard)

    koege, roskilde = together(dashboard, KOEGE), together(dashboard, ROSKILDE)

    assert (koege.response.answers, koege.response.invited) == (60, 60)
    assert (roskilde.figure("S01").n, roskilde.figure("S01").favourable) == (14, 8)
    assert roskilde.figure("S01").judgement.verdict is Verdict.ALIKE
    assert roskilde.figure("S01").judgement.low < 8 / 14 < roskilde.figure("S01").judgement.high
    assert roskilde.score("samlet").fewest == 14
    assert roskilde.changes == {}, "there is nothing that they are held up against"


def test_four_answers_in_each_of_two_years_are_eight_persons_and_are_shown_together(confidential, dashboard):
    two_years(confidential)
    releases.publish(confidential, dashboard)

    release = queries.release_in_force(dashboard)
    for year in (2024, 2025):
        rounds = queries.rounds(dashboard, release, "student", Years(year))
        assert cells.group(dashboard, rounds, GREVE, ALL, ALL).response.state is State.HIDDEN
    assert together(dashboard, GREVE).response.answers == 8
    assert together(dashboard, GREVE).figure("S01").n == 8


@pytest.mark.parametrize(("who", "answers"), [("{number}", None), ("{year} {number}", 8)])
def test_eight_answers_of_four_persons_are_hidden_and_of_eight_persons_shown(
    confidential, dashboard, who, answers
):
    for a_round in two_years(confidential):
        for number, answer in enumerate((MUCH, MUCH, LITTLE, LITTLE)):
            person = who.format(year=a_round.year, number=number)
            add_sheets(confidential, a_round, "kommune:0316", {"S01": answer, "S02": answer}, person=person)
    releases.publish(confidential, dashboard)

    assert together(dashboard, "kommune:0316").response.answers == answers


def test_where_no_key_tells_four_who_answer_in_two_years_may_be_the_same_four(confidential, dashboard):
    two_years(confidential, keys=False)
    releases.publish(confidential, dashboard)

    assert together(dashboard, GREVE).response.state is State.HIDDEN
    assert together(dashboard, KOEGE).response.answers == 60


def test_keys_of_which_none_is_seen_in_two_years_tell_no_more_than_none(confidential, dashboard):
    for a_round in two_years(confidential, keys=False):
        for number, answer in enumerate((MUCH, MUCH, LITTLE, LITTLE)):
            person = f"serial number {a_round.year}-{number}"
            add_sheets(confidential, a_round, "kommune:0316", {"S01": answer, "S02": answer}, person=person)
    releases.publish(confidential, dashboard)

    assert together(dashboard, "kommune:0316").response.state is State.HIDDEN


def test_one_answer_more_in_the_other_year_is_not_told_by_the_sum(confidential, dashboard):
    earlier, _later = two_years(confidential)
    add_sheets(confidential, earlier, "kommune:0316", {"S01": MUCH}, times=2)
    add_sheets(confidential, add_round(confidential, 2023), KOEGE, {"S01": MUCH}, times=9)
    for year in (2024, 2025):
        add_sheets(confidential, confidential.get(Round, f"student-{year}"), "kommune:0330", {"S01": MUCH}, 9)
    add_sheets(confidential, confidential.get(Round, "student-2023"), "kommune:0330", {"S01": MUCH}, times=1)
    releases.publish(confidential, dashboard)

    years = Years(2025, 2023)
    assert together(dashboard, "kommune:0330", years=years).response.state is State.HIDDEN, "19 - 9 - 9 = 1"
    assert together(dashboard, ALL, years=years).response.answers == 112


def test_a_group_counts_the_places_that_it_has_at_the_end_of_the_last_year(
    confidential, dashboard, monkeypatch
):
    two_years(confidential)
    files = read_reference()
    own = Unit("gruppe:egen", "gruppe", "Egen gruppe")
    moved = (
        Membership(KOEGE, own.key, valid_to=date(2024, 6, 30)),
        Membership(ROSKILDE, own.key),
    )
    changed = replace(files, units=(*files.units, own), memberships=(*files.memberships, *moved))
    monkeypatch.setattr(prepared_releases, "read_reference", lambda: changed)
    load_reference(dashboard, changed)
    releases.publish(confidential, dashboard)

    assert together(dashboard, own.key).response.answers == 14


def test_institutions_crossed_with_units_are_hidden_and_institutions_alone_are_not(confidential, dashboard):
    for a_round in two_years(confidential):
        add_sheets(confidential, a_round, KOEGE, {"S01": MUCH}, times=12, institution=KP)
    releases.publish(confidential, dashboard)

    assert together(dashboard, ALL, institution=KP).response.answers == 24
    assert together(dashboard, KOEGE, institution=KP).response.state is State.HIDDEN


def test_a_release_of_another_survey_carries_them_over_and_one_of_a_year_makes_them_anew(
    confidential, dashboard
):
    two_years(confidential)
    releases.publish(confidential, dashboard)
    first = pooled_ids(dashboard)
    supervisors = Round(
        id="supervisor-2025",
        survey_id="supervisor",
        year=2025,
        questionnaire=QUESTIONNAIRE.model_copy(update={"survey": "supervisor"}).model_dump(mode="json"),
        source="Opdigtet til afprøvning",
        is_sample=True,
    )
    confidential.add(supervisors)
    confidential.flush()
    add_sheets(confidential, supervisors, KOEGE, {"S01": MUCH}, times=12)

    releases.publish(confidential, dashboard, ["supervisor-2025"])
    assert pooled_ids(dashboard) == first
    releases.publish(confidential, dashboard, ["student-2025"])
    assert pooled_ids(dashboard) != first
    assert len(pooled_ids(dashboard)) == 1
    releases.publish(confidential, dashboard, ["student-2025"], adds_up_years=False)
    assert pooled_ids(dashboard) == []


def pooled_ids(dashboard: Session) -> list[int]:
    release = queries.release_in_force(dashboard)
    return [one.id for one in queries.rounds_of(dashboard, release.number) if one.is_pooled]


def test_the_audit_of_a_release_holds_them_up_against_the_single_years(confidential, dashboard):
    two_years(confidential)
    releases.publish(confidential, dashboard)
    assert {audit.derivable_groups_below_k for audit in releases.audit(confidential, dashboard).values()} == {
        0
    }

    published = dashboard.exec(select(PublishedRound).where(PublishedRound.first_year.is_not(None))).one()
    of_greve = next(
        cell
        for cell in dashboard.exec(select(cells.PublishedCell))
        if (cell.published_round_id, cell.unit_key) == (published.id - 1, GREVE) and cell.education_id == ALL
    )
    of_greve.answers = 4  # of one year alone: the others have the rest
    dashboard.flush()

    assert releases.audit(confidential, dashboard)["student-2024-2025"].derivable_groups_below_k > 0


def test_years_that_cannot_be_shown_together_are_named_with_the_release(confidential, dashboard):
    two_years(confidential)

    def decide(to_publish):
        return None if to_publish.single_years else decided(to_publish)

    release = releases.publish(confidential, dashboard, decide=decide)

    assert pooled_ids(dashboard) == []
    assert release.note.startswith("Flere år samlet er ikke med: student 2024-2025.")
