"""Releases that know of each other: what they stand on, what they give away together, and how one is withdrawn."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from data_access.confidential.models import AnswerSheet, ReleasedContents, Round
from data_access.confidential.released_contents import basis_of, opened, record_of
from data_access.dashboard import cells, queries, reference_tables
from data_access.dashboard.models import PublishedCell, PublishedFigure, PublishedRound, RoundComparison
from data_access.problems import ReleaseProblem, StoreProblem
from data_access.publishing import releases
from data_access.publishing.rounds_to_publish import WhenTogether
from data_access.reference import Membership, read_reference
from indicators.selection import Years
from tests.made_up import GREVE, KOEGE, LITTLE, MUCH, ROSKILDE, SOME, VERY_MUCH, add_round, add_sheets

pytestmark = pytest.mark.slow

OWN_GROUP = "gruppe:vestegnen"


def answered(session: Session, a_round: Round, place: str, persons: int) -> None:
    """So many persons, of whom each has an opinion of her own."""
    for number in range(persons):
        value = (VERY_MUCH, MUCH, SOME, LITTLE)[number % 4]
        add_sheets(session, a_round, place, {"S01": value, "S02": value}, person=f"{place} {number}")


@pytest.fixture
def three_places(confidential: Session) -> Round:
    """A round of three municipalities, each with twenty persons."""
    a_round = add_round(confidential)
    for place in (ROSKILDE, KOEGE, GREVE):
        answered(confidential, a_round, place, 20)
    return a_round


@pytest.fixture
def another_group(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From now on the reference files have Roskilde in the own group too."""
    files = read_reference()
    changed = replace(files, memberships=(*files.memberships, Membership(ROSKILDE, OWN_GROUP)))
    for module in ("data_access.publishing.prepared_releases", "data_access.dashboard.store"):
        monkeypatch.setattr(f"{module}.read_reference", lambda: changed)


def answers_of(dashboard: Session, unit: str) -> int | None:
    release = queries.release_in_force(dashboard)
    rounds = queries.rounds(dashboard, release, "student", Years(2025))
    return cells.group(dashboard, rounds, unit, "alle", "alle").response.answers


def late_answers(confidential: Session, a_round: Round, persons: int) -> None:
    for number in range(persons):
        add_sheets(confidential, a_round, ROSKILDE, {"S01": MUCH, "S02": MUCH}, person=f"late {number}")


def test_a_release_is_kept_with_what_it_stood_on_and_the_same_is_kept_once(
    confidential, dashboard, three_places
):
    first = releases.publish(confidential, dashboard)
    releases.publish(confidential, dashboard)

    (kept,) = confidential.exec(select(ReleasedContents))
    now = basis_of(confidential, three_places, queries.memberships(dashboard))
    assert opened(kept).units_of == now.units_of
    assert opened(kept).contents.persons == now.contents.persons
    assert kept.digest == record_of(three_places.id, opened(kept)).digest == record_of("x", now).digest
    assert {published.contents_id for published in dashboard.exec(select(PublishedRound))} == {kept.id}
    assert releases.rounds_of(dashboard, first.number)[0].checksum


def test_the_dashboard_store_holds_no_digest_of_answers_for_one_could_be_tried_out(
    confidential, dashboard, three_places
):
    releases.publish(confidential, dashboard)
    first = confidential.exec(select(ReleasedContents)).one()

    assert record_of(three_places.id, opened(first)).id != first.id, "the same answers, another number"


def test_one_late_answer_is_refused_with_how_many_it_takes_and_five_are_published(
    confidential, dashboard, three_places
):
    releases.publish(confidential, dashboard)
    late_answers(confidential, three_places, 1)

    with pytest.raises(
        ReleaseProblem, match=r"--hide.*--replace.*vent: 1 persons svar er ændret siden udgivelse 1"
    ):
        releases.publish(confidential, dashboard)
    assert releases.in_force(dashboard).number == 1

    add_sheets(confidential, three_places, ROSKILDE, {"S01": SOME, "S02": SOME}, times=9)
    assert releases.publish(confidential, dashboard).number == 2
    assert answers_of(dashboard, ROSKILDE) == 30


def test_hiding_shows_what_is_safe_beside_the_earlier_release(confidential, dashboard, three_places):
    releases.publish(confidential, dashboard)
    late_answers(confidential, three_places, 1)

    releases.publish(confidential, dashboard, when_together=WhenTogether.HIDE)

    assert answers_of(dashboard, ROSKILDE) is None
    assert answers_of(dashboard, "alle") is None
    assert answers_of(dashboard, KOEGE) == 20


def test_replacing_withdraws_the_earlier_release_everywhere(confidential, dashboard, three_places):
    releases.publish(confidential, dashboard)
    late_answers(confidential, three_places, 1)

    release = releases.publish(confidential, dashboard, when_together=WhenTogether.REPLACE)

    assert [each.number for each in releases.releases(dashboard)] == [release.number] == [2]
    assert [each.number for each in releases.withdrawn(dashboard)] == [1]
    assert answers_of(dashboard, ROSKILDE) == 21
    assert len(dashboard.exec(select(PublishedRound)).all()) == 1
    assert len(confidential.exec(select(ReleasedContents)).all()) == 1
    with pytest.raises(ReleaseProblem, match="Udgivelse 1 er trukket tilbage"):
        releases.restore(dashboard, 1)
    with pytest.raises(StoreProblem, match="Udgivelse 1 findes ikke længere"):
        queries.release(dashboard, 1)
    assert releases.publish(confidential, dashboard).number == 3, "a number is never used again"


def test_a_withdrawn_release_leaves_the_rounds_that_others_show(confidential, dashboard):
    for year in (2024, 2025):
        answered(confidential, add_round(confidential, year), ROSKILDE, 20)
    releases.publish(confidential, dashboard)
    releases.publish(confidential, dashboard, ["student-2025"])
    with pytest.raises(ReleaseProblem, match="Udgivelse 2 gælder og kan ikke trækkes tilbage"):
        releases.withdraw(dashboard, 2)

    releases.withdraw(dashboard, 1)

    left = [published.id for published in releases.rounds_of(dashboard, 2)]
    assert sorted(published.id for published in dashboard.exec(select(PublishedRound))) == sorted(left)
    assert set(dashboard.exec(select(PublishedCell.published_round_id))) == set(left)
    assert len(dashboard.exec(select(RoundComparison)).all()) == 1


def test_all_of_a_release_has_the_same_least_number_of_persons(confidential, dashboard):
    for year in (2024, 2025):
        answered(confidential, add_round(confidential, year), ROSKILDE, 20)
    releases.publish(confidential, dashboard)

    with pytest.raises(ReleaseProblem, match=r"mindst 5 personer.*student-2024 mangler.*--least-persons 7»"):
        releases.publish(confidential, dashboard, ["student-2025"], least_persons=7)
    with pytest.raises(ReleaseProblem, match="færre end 3 personer"):
        releases.publish(confidential, dashboard, least_persons=2)

    release = releases.publish(confidential, dashboard, least_persons=7, when_together=WhenTogether.REPLACE)
    assert (release.profile, release.least_persons) == ("styregruppe", 7)


def test_six_persons_are_shown_for_five_and_not_for_seven(confidential, dashboard):
    a_round = add_round(confidential)
    answered(confidential, a_round, ROSKILDE, 6)
    answered(confidential, a_round, KOEGE, 20)
    answered(confidential, a_round, GREVE, 20)
    releases.publish(confidential, dashboard, least_persons=7)

    assert answers_of(dashboard, ROSKILDE) is None
    assert min(dashboard.exec(select(PublishedFigure.persons).where(PublishedFigure.n.is_not(None)))) >= 7


@pytest.mark.usefixtures("three_places")
def test_groups_changed_in_the_files_change_nothing_until_they_are_published(
    confidential, dashboard, another_group, monkeypatch
):
    del another_group
    with monkeypatch.context() as as_it_was:
        as_it_was.setattr("data_access.publishing.prepared_releases.read_reference", read_reference)
        add_sheets(confidential, add_round(confidential, 2024), ROSKILDE, {"S01": MUCH}, times=20)
        releases.publish(confidential, dashboard)
    before = queries.groups_of(dashboard, ROSKILDE, 2025)

    from data_access.dashboard import store

    reference_tables.load_reference(dashboard, store.read_reference())

    assert queries.groups_of(dashboard, ROSKILDE, 2025) == before
    assert OWN_GROUP not in {group.key for group in before}
    with pytest.raises(
        ReleaseProblem, match=r"Grupperne i referencefilerne.*student-2024 mangler\. Kør «python manage"
    ):
        releases.publish(confidential, dashboard, ["student-2025"])

    releases.publish(confidential, dashboard, when_together=WhenTogether.REPLACE)
    assert OWN_GROUP in {group.key for group in queries.groups_of(dashboard, ROSKILDE, 2025)}


@pytest.mark.usefixtures("three_places")
def test_pages_have_the_groups_of_the_release_that_is_restored(
    confidential, dashboard, another_group, monkeypatch
):
    del another_group
    with monkeypatch.context() as as_it_was:
        as_it_was.setattr("data_access.publishing.prepared_releases.read_reference", read_reference)
        releases.publish(confidential, dashboard)
    releases.publish(confidential, dashboard)
    assert OWN_GROUP in {group.key for group in queries.groups_of(dashboard, ROSKILDE, 2025)}

    releases.restore(dashboard, 1)

    assert OWN_GROUP not in {group.key for group in queries.groups_of(dashboard, ROSKILDE, 2025)}


def test_an_own_group_changed_by_a_small_municipality_is_refused_as_it_gives_it_away(
    confidential, dashboard, another_group, monkeypatch
):
    del another_group
    a_round = add_round(confidential)
    answered(confidential, a_round, ROSKILDE, 3)
    for place in ("kommune:0165", "kommune:0151", KOEGE, GREVE):
        answered(confidential, a_round, place, 20)
    with monkeypatch.context() as as_it_was:
        as_it_was.setattr("data_access.publishing.prepared_releases.read_reference", read_reference)
        releases.publish(confidential, dashboard)
    assert answers_of(dashboard, OWN_GROUP) is not None

    with pytest.raises(ReleaseProblem, match="Sammen med det, som udgivelse 1 stadig viser af student-2025"):
        releases.publish(confidential, dashboard)


@pytest.mark.usefixtures("three_places")
def test_what_is_open_to_everyone_is_a_part_of_what_the_steering_group_sees(confidential, dashboard):
    releases.publish(confidential, dashboard)
    seen = set(dashboard.exec(select(PublishedCell.unit_key).where(PublishedCell.answers.is_not(None))))
    open_to_all = releases.publish(confidential, dashboard, (), "offentlig")

    (published,) = releases.rounds_of(dashboard, open_to_all.number)
    shown = select(PublishedCell.unit_key).where(
        PublishedCell.published_round_id == published.id, PublishedCell.answers.is_not(None)
    )
    assert {*dashboard.exec(shown)} <= seen
    assert open_to_all.least_persons == 10


@pytest.mark.usefixtures("three_places")
def test_a_round_whose_earlier_answers_are_not_kept_is_only_replaced(confidential, dashboard):
    releases.publish(confidential, dashboard)
    for kept in confidential.exec(select(ReleasedContents)):
        confidential.delete(kept)
    confidential.flush()

    with pytest.raises(ReleaseProblem, match=r"de svar, den blev lavet af, er ikke gemt.*--replace"):
        releases.publish(confidential, dashboard)
    with pytest.raises(ReleaseProblem, match=r"kan ikke kontrolleres.*--replace"):
        releases.audit(confidential, dashboard)

    assert releases.publish(confidential, dashboard, when_together=WhenTogether.REPLACE).number == 2


def test_an_audit_stands_on_the_answers_of_the_release_whatever_has_been_imported_since(
    confidential, dashboard, three_places
):
    releases.publish(confidential, dashboard)
    before = releases.audit(confidential, dashboard)
    late_answers(confidential, three_places, 3)
    for sheet in confidential.exec(select(AnswerSheet).where(AnswerSheet.place == GREVE)):
        confidential.delete(sheet)
    confidential.flush()

    assert releases.audit(confidential, dashboard) == before
