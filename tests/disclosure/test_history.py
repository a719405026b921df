"""Releases of one round that are put side by side: late answers, changed groups, two profiles."""

from collections.abc import Mapping

import numpy as np
import pytest

from indicators.auditing import audit_publication
from indicators.cells import UNKNOWN_PERSON, FinestGroup, Tally
from indicators.disclosure.history import Earlier, Systems
from indicators.figure import State
from indicators.publication import Publication, publication
from indicators.rounds import ANSWERED, RoundContents
from indicators.selection import ALL
from tests.made_up import GREVE, KOEGE, NURSING, QUESTIONNAIRE, ROSKILDE

AGREE, DISAGREE = 0, 4
PLACES = {ROSKILDE: (30, 6), KOEGE: (18, 5), GREVE: (3, 1)}
"""How many agree and disagree."""


def answers(
    counts: Mapping[str, tuple[int, int]], persons: Mapping[tuple[str, int], str] | None = None
) -> RoundContents:
    """A round with one question; `persons` are known by place and answer, one sheet each, beside the counts."""
    places, people = list(counts), sorted(set((persons or {}).values()))
    lines = [
        (places.index(place), option, count, UNKNOWN_PERSON)
        for place, both in counts.items()
        for option, count in zip((AGREE, DISAGREE), both, strict=True)
        if count
    ]
    lines += [
        (places.index(at), option, 1, people.index(who)) for (at, option), who in (persons or {}).items()
    ]
    group, option, count, person = np.array(lines).T
    groups = tuple(FinestGroup(place, NURSING, "") for place in places)
    response = Tally(group, np.full(len(group), ANSWERED), count, person)
    return RoundContents(
        groups, response, {"S01": Tally(group, option, count, person)}, frozenset(), tuple(people)
    )


def units(*own_group: str) -> dict[str, tuple[str, ...]]:
    return {place: (place, *(["gruppe:egen"] if place in own_group else []), ALL) for place in PLACES}


def released(contents: RoundContents, units_of: Mapping, least_persons: int = 5, **beside) -> Publication:
    return publication(contents, units_of, QUESTIONNAIRE, least_persons, **beside)


def risk(contents: RoundContents, units_of: Mapping, shown: Publication, *earlier: Earlier) -> int:
    systems = Systems.of(contents, units_of, earlier)
    return audit_publication(systems, shown, QUESTIONNAIRE, 5).derivable_groups_below_k


def shown_units(shown: Publication) -> set[str]:
    return {shown.cells[cell].unit for cell, _, figure in shown.figures if figure.state is State.SHOWN}


def earlier(contents: RoundContents, units_of: Mapping, shown: Publication) -> Earlier:
    return Earlier(contents, units_of, shown, 5, "styregruppe")


def test_the_same_answers_and_groups_show_the_same_again():
    contents, groups = answers(PLACES), units(ROSKILDE, KOEGE)
    first = released(contents, groups)

    again = released(contents, groups, earlier=[earlier(contents, groups, first)])

    assert again == first
    assert risk(contents, groups, again, earlier(contents, groups, first)) == 0


def test_an_own_group_that_loses_one_small_municipality_gives_it_away_and_is_hidden():
    contents, before, now = answers(PLACES), units(ROSKILDE, GREVE), units(ROSKILDE)
    first, alone = released(contents, before), released(contents, now)
    known = earlier(contents, before, first)

    together = released(contents, now, earlier=[known])

    assert risk(contents, now, alone) == risk(contents, before, first) == 0
    assert risk(contents, now, alone, known) > 0
    assert risk(contents, now, together, known) == 0
    assert "gruppe:egen" in shown_units(alone) - shown_units(together) or ROSKILDE not in shown_units(
        together
    )


@pytest.mark.parametrize(
    "changed",
    [
        {ROSKILDE: (31, 6)},
        {ROSKILDE: (29, 6)},
        {ROSKILDE: (29, 7)},
        {ROSKILDE: (31, 8), KOEGE: (18, 4)},
    ],
    ids=["one late answer", "one removed answer", "one corrected answer", "four changes at two places"],
)
def test_fewer_changed_answers_than_the_limit_are_not_told_by_two_releases(changed):
    before, now = answers(PLACES), answers(PLACES | changed)
    known = earlier(before, units(), released(before, units()))
    alone = released(now, units())

    together = released(now, units(), earlier=[known])

    assert risk(now, units(), alone, known) > 0
    assert risk(now, units(), together, known) == 0
    assert ALL not in shown_units(together), "the total would tell them"


def test_five_late_answers_of_one_place_are_enough():
    before, now = answers(PLACES), answers(PLACES | {ROSKILDE: (34, 7)})
    known = earlier(before, units(), released(before, units()))

    together = released(now, units(), earlier=[known])

    assert {ALL, ROSKILDE} <= shown_units(together)
    assert risk(now, units(), together, known) == 0


def test_a_known_person_who_moved_place_is_one_person_in_two_groups():
    before = answers(PLACES, {(ROSKILDE, AGREE): "a student"})
    now = answers(PLACES, {(KOEGE, AGREE): "a student"})
    known = earlier(before, units(), released(before, units()))

    together = released(now, units(), earlier=[known])

    assert risk(now, units(), released(now, units()), known) > 0
    assert risk(now, units(), together, known) == 0


def test_the_open_profile_shows_a_subset_of_what_the_steering_group_sees():
    contents, groups = answers(PLACES | {GREVE: (8, 4)}), units(ROSKILDE, KOEGE)
    steering = released(contents, groups)

    within = released(contents, groups, 10, within=steering)

    shown = {(cell, question) for cell, question, figure in within.figures if figure.n is not None}
    assert shown
    assert shown <= {(cell, question) for cell, question, figure in steering.figures if figure.n is not None}
