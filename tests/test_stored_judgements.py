"""What a release stores beside its figures: judgements, theme scores, and changes since the round before."""

import pytest
from sqlmodel import Session, select

from data_access.dashboard import cells, queries
from data_access.dashboard.cells import EACH, GroupFigures, Which
from data_access.dashboard.models import PublishedChange, PublishedFigure
from data_access.publishing import releases
from indicators.cells import Cell
from indicators.figure import State
from indicators.intervals import difference, wilson
from indicators.judgement import Change, Verdict
from indicators.questionnaire import about_theme
from indicators.response import Badge
from indicators.selection import Years
from tests.conftest import MadeStores
from tests.made_up import (
    GREVE,
    KOEGE,
    LITTLE,
    MUCH,
    NURSING,
    QUESTIONNAIRE,
    ROSKILDE,
    SOCIAL_WORK,
    VERY_MUCH,
    add_round,
    add_sheets,
)

ALL = "alle"


def answered(session: Session, a_round, place: str, agree: int, disagree: int, **details: str) -> None:
    add_sheets(session, a_round, place, {"S01": VERY_MUCH, "S02": MUCH}, times=agree, **details)
    add_sheets(session, a_round, place, {"S01": LITTLE, "S02": LITTLE}, times=disagree, **details)


def stored(dashboard: Session, unit: str, year: int = 2025, education: str = ALL) -> GroupFigures:
    rounds = queries.rounds(dashboard, queries.release_in_force(dashboard), "student", Years(year))
    return cells.group(dashboard, rounds, unit, education, ALL)


@pytest.fixture(scope="module")
def once_published(own_stores_of_each_kind: MadeStores) -> MadeStores:
    """Roskilde falls from 38 to 20 of 40, Køge stays at 38 of 40, Greve has 8 answers; S01 breaks in 2024."""
    with own_stores_of_each_kind.filling() as (confidential, dashboard):
        for year, agree in ((2024, 38), (2025, 20)):
            a_round = add_round(confidential, year)
            answered(confidential, a_round, ROSKILDE, agree, 40 - agree)
            answered(confidential, a_round, KOEGE, 38, 2)
            answered(confidential, a_round, GREVE, 5, 3)
        releases.publish(confidential, dashboard)
    return own_stores_of_each_kind


@pytest.fixture
def two_years(published: Session) -> Session:
    """That release."""
    return published


def test_a_figure_is_stored_with_interval_difference_and_verdict(two_years):
    judgement = stored(two_years, ROSKILDE).figure("S01").judgement

    assert (judgement.low, judgement.high) == pytest.approx(wilson(20, 40), abs=1e-6)
    assert judgement.difference == pytest.approx(20 / 40 - 43 / 48, abs=1e-6)
    expected = difference(20, 40, 43, 48).interval
    assert (judgement.difference_low, judgement.difference_high) == pytest.approx(expected, abs=1e-6)
    assert judgement.verdict is Verdict.BELOW


def test_few_answers_get_an_interval_but_no_verdict(two_years):
    figure = stored(two_years, GREVE).figure("S01")

    assert figure.state is State.SHOWN
    assert figure.judgement.low is not None
    assert figure.judgement.verdict is Verdict.TOO_FEW


def test_everything_has_no_one_to_stand_beside(two_years):
    assert stored(two_years, ALL).figure("S01").judgement.verdict is None


def test_a_theme_is_stored_with_its_own_judgement(two_years):
    score = stored(two_years, ROSKILDE).score("vejledning")

    assert (score.share, score.fewest, score.detailed) == (0.5, 40, True)
    assert score.judgement.verdict is Verdict.BELOW


def test_a_response_is_stored_with_its_badge(two_years):
    assert stored(two_years, ROSKILDE).response.badge is Badge.GOOD


def test_a_change_since_the_round_before_is_stored_for_questions_and_themes(two_years):
    changes = stored(two_years, ROSKILDE).changes

    assert changes["S02"].change is Change.FALLEN
    assert changes["S02"].earlier_year == 2024
    assert changes["S02"].difference == pytest.approx(20 / 40 - 38 / 40)
    assert changes[about_theme("samlet")].change is Change.FALLEN
    assert stored(two_years, KOEGE).changes["S02"].change is Change.NOT_CERTAIN
    assert stored(two_years, GREVE).changes["S02"].change is Change.TOO_FEW


def test_the_first_round_has_changed_from_nothing(two_years):
    assert stored(two_years, ROSKILDE, 2024).changes == {}


def test_nothing_is_compared_across_a_series_break(confidential, dashboard):
    for year in (2023, 2024):
        answered(confidential, add_round(confidential, year), ROSKILDE, 30, 10)
    releases.publish(confidential, dashboard)

    changes = stored(dashboard, ROSKILDE, 2024).changes
    assert "S01" not in changes
    assert about_theme("vejledning") not in changes
    assert changes["S02"].change is Change.NOT_CERTAIN


def test_a_round_published_again_is_compared_anew_and_the_old_release_keeps_its_own(
    published_so_far, answers_behind
):
    answered(answers_behind, add_round_2024(answers_behind), ROSKILDE, 0, 60)
    releases.publish(answers_behind, published_so_far, ["student-2024"])

    assert stored(published_so_far, ROSKILDE).changes["S02"].change is not Change.FALLEN
    releases.restore(published_so_far, 1)
    assert stored(published_so_far, ROSKILDE).changes["S02"].change is Change.FALLEN


def add_round_2024(confidential: Session):
    from data_access.confidential.models import Round

    return confidential.get(Round, "student-2024")


def test_a_release_of_the_same_rounds_compares_them_once(published_so_far, answers_behind):
    before = len(published_so_far.exec(select(PublishedChange)).all())
    releases.publish(answers_behind, published_so_far, ["student-2025"])
    releases.publish(answers_behind, published_so_far, ["student-2025"])

    assert len(published_so_far.exec(select(PublishedChange)).all()) == 3 * before


def test_nothing_judged_is_stored_of_a_hidden_figure(two_years):
    hidden = two_years.exec(select(PublishedFigure).where(PublishedFigure.n.is_(None))).all()

    assert all(row.low is row.verdict is row.expected is row.mean is None for row in hidden)


def test_the_expected_share_and_its_verdict_follow_the_unit_s_educations(confidential, dashboard):
    """Roskilde has only social workers, who are less content everywhere; Køge has mostly nurses."""
    a_round = add_round(confidential)
    answered(confidential, a_round, ROSKILDE, 30, 30, education=SOCIAL_WORK)
    answered(confidential, a_round, KOEGE, 30, 30, education=SOCIAL_WORK)
    answered(confidential, a_round, KOEGE, 190, 10, education=NURSING)
    releases.publish(confidential, dashboard)

    judgement = stored(dashboard, ROSKILDE).figure("S01").judgement
    assert judgement.verdict is Verdict.BELOW
    assert judgement.expected == pytest.approx(0.5)
    assert judgement.verdict_on_mix is Verdict.ALIKE
    assert judgement.explained_by_mix


@pytest.mark.parametrize("own_stores_of_each_kind", ["sqlite"], indirect=True)
def test_many_cells_come_in_one_go_and_only_those_asked_for(two_years):
    rounds = queries.rounds(two_years, queries.release_in_force(two_years), "student", Years(2025))

    municipalities = cells.groups(two_years, rounds, Which(kind="kommune", question="S01"))
    assert {cell.unit for cell in municipalities} == {ROSKILDE, KOEGE, GREVE}
    assert all(set(group.figures) == {"S01"} and not group.scores for group in municipalities.values())
    by_education = cells.groups(two_years, rounds, Which((ROSKILDE,), education=EACH))
    assert set(by_education) == {Cell(ROSKILDE, NURSING, ALL)}


def test_a_questionnaire_whose_theme_points_both_ways_is_refused():
    told = QUESTIONNAIRE.model_dump(mode="json")
    told["questions"][1] |= {"theme": "vejledning", "high_is_bad": True}

    with pytest.raises(ValueError, match="blander spørgsmål"):
        type(QUESTIONNAIRE).model_validate(told)
