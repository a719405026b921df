"""What is deleted leaves nothing dangling: what uses it is told beforehand, and shown without it."""

from datetime import date

from sqlmodel import Session

from data_access.partnerships.lists.agreements import agreements, bodies
from data_access.partnerships.lists.initiatives import initiative_card, initiatives
from data_access.partnerships.lists.meetings import decisions_about, left_open, meetings
from data_access.partnerships.records import editing
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import (
    BODY,
    COUNTED,
    DECISION,
    FOCUS_AREA,
    INITIATIVE,
    ITEM,
    KINDS,
    MEETING,
    PARTNERSHIP,
    PARTY,
    POINT,
    Kind,
)
from data_access.partnerships.records.records import open_record
from data_access.partnerships.records.uses import Uses, uses_of
from indicators.partnership.board import offered
from tests.partnerships.small_partnership import SECRETARIAT, TODAY, made, milestone
from views.partnership.records.records import uses_markup


def named(several) -> dict[str, tuple[str, ...]]:
    return {one.kind.name: one.names for one in several}


def deleted(session: Session, kind: Kind, record_id: int) -> None:
    editing.delete(session, SECRETARIAT, open_record(session, kind, record_id))


def test_a_party_that_is_deleted_is_gone_from_agreements_initiatives_filters_and_named_in_minutes(
    dashboard, fjord
):
    one = fjord.initiative(
        dashboard,
        responsible_id=fjord.college,
        participants=[{"party_id": fjord.college}, {"party_id": fjord.koege}],
    )
    chaired = {"name": "Forum", "chair_id": fjord.college}
    made(dashboard, BODY, partnership_id=fjord.id, **chaired)
    decided = {"text": "Kurset afholdes", "decided_on": TODAY, "responsible_id": fjord.college}
    made(dashboard, DECISION, partnership_id=fjord.id, initiative_id=one.id, **decided)

    found = uses_of(dashboard, PARTY, fjord.college)

    assert not found.hidden
    assert named(found.without) == {
        "body": ("Forum",),
        "agreement": ("Aftale om praktik",),
        "initiative": ("Fælles vejlederkursus",),
    }
    assert named(found.naming) == {"decision": ("Kurset afholdes",)}
    said = uses_markup(PARTY, found)
    assert "Bliver stående uden parten, indtil parten gendannes:" in said
    assert "1 aftale: «Aftale om praktik»" in said

    deleted(dashboard, PARTY, fjord.college)

    (line,) = initiatives(dashboard, TODAY)
    assert line.responsible is None
    assert [each.party.id for each in line.participants] == [fjord.koege]
    assert fjord.college not in {party.id for party in offered([line]).parties}
    (agreed,) = agreements(dashboard, TODAY)
    assert [party.name for party in agreed.parties] == ["Kommunerne ved fjorden"]
    assert next(body for body in bodies(dashboard, fjord.id) if body.name == "Forum").chair is None
    (decision,) = decisions_about(dashboard, TODAY, one.id)
    assert decision.responsible.name == "Professionshøjskolen (slettet)"
    given = form_options(dashboard, fjord.id)
    assert fjord.college not in given.of("party")
    assert given.of("party", [fjord.college])[fjord.college] == "Professionshøjskolen (slettet)"

    editing.restore(dashboard, SECRETARIAT, PARTY, fjord.college)

    (line,) = initiatives(dashboard, TODAY)
    assert line.responsible.name == "Professionshøjskolen"
    assert len(line.participants) == 2
    assert not form_options(dashboard, fjord.id).deleted["party"]


def test_a_focus_area_or_a_body_that_is_deleted_is_gone_from_the_card(dashboard, fjord):
    one = fjord.initiative(dashboard, focus_areas=[fjord.focus_area], body_id=fjord.steering_group)
    assert named(uses_of(dashboard, FOCUS_AREA, fjord.focus_area).without) == {
        "initiative": ("Fælles vejlederkursus",)
    }

    deleted(dashboard, FOCUS_AREA, fjord.focus_area)
    deleted(dashboard, BODY, fjord.steering_group)

    card = initiative_card(dashboard, TODAY, one.id)
    assert card.initiative.focus_areas == ()
    assert card.body is None
    assert offered([card.initiative]).focus_areas == ()


def test_what_belongs_to_a_meeting_is_hidden_and_brought_back_with_it(dashboard, fjord):
    one = fjord.initiative(dashboard)
    meeting = made(dashboard, MEETING, partnership_id=fjord.id, title="Møde i juni", held_on=date(2026, 6, 1))
    item = made(dashboard, ITEM, meeting_id=meeting.id, title="Kurset", initiative_id=one.id)
    made(dashboard, POINT, agenda_item_id=item.id, text="Seks hold er fyldt")
    decided = {"text": "Kurset gentages", "decided_on": date(2026, 6, 1), "agenda_item_id": item.id}
    made(dashboard, DECISION, partnership_id=fjord.id, initiative_id=one.id, **decided)

    found = uses_of(dashboard, MEETING, meeting.id)

    assert named(found.hidden) == {
        "agenda_item": ("Kurset",),
        "information_point": ("Seks hold er fyldt",),
        "decision": ("Kurset gentages",),
    }
    assert (found.without, found.naming) == ((), ())

    deleted(dashboard, MEETING, meeting.id)

    assert decisions_about(dashboard, TODAY, one.id) == ()
    assert left_open(dashboard, TODAY, fjord.id, date.max) == ()
    assert not uses_of(dashboard, INITIATIVE, one.id).naming

    editing.restore(dashboard, SECRETARIAT, MEETING, meeting.id)
    assert [each.text for each in left_open(dashboard, TODAY, fjord.id, date.max)] == ["Kurset gentages"]


def test_an_initiative_that_others_go_on_in_is_still_named_by_them(dashboard, fjord):
    into = fjord.initiative(dashboard, "Fælles kursus")
    milestone(dashboard, into, "Indhold", TODAY)
    fjord.initiative(dashboard, "Eget kursus", superseded_by_id=into.id, closed_on=TODAY)

    found = uses_of(dashboard, INITIATIVE, into.id)
    assert named(found.hidden) == {"milestone": ("Indhold",)}
    assert named(found.naming) == {"initiative": ("Eget kursus",)}

    deleted(dashboard, INITIATIVE, into.id)

    (line,) = initiatives(dashboard, TODAY)
    assert line.assessment.because == "Afløst af «Fælles kursus (slettet)»"


def test_a_partnership_takes_everything_of_its_own_with_it_and_no_party(dashboard, fjord):
    one = fjord.initiative(dashboard)
    milestone(dashboard, one, "Indhold", TODAY)
    made(dashboard, MEETING, partnership_id=fjord.id, title="Møde i juni", held_on=date(2026, 6, 1))

    found = uses_of(dashboard, PARTNERSHIP, fjord.id)

    assert set(named(found.hidden)) == {
        *("body", "agreement", "focus_area", "initiative", "milestone", "meeting")
    }
    assert (found.without, found.naming) == ((), ())
    deleted(dashboard, PARTNERSHIP, fjord.id)
    assert (meetings(dashboard), initiatives(dashboard, TODAY)) == ((), ())
    assert not uses_of(dashboard, PARTY, fjord.college).without


def test_every_kind_is_counted_in_danish_and_names_are_text(dashboard, fjord):
    assert COUNTED.keys() == KINDS.keys()
    for number in range(6):
        fjord.initiative(dashboard, f"<b>{number}</b>", focus_areas=[fjord.focus_area])

    said = uses_markup(FOCUS_AREA, uses_of(dashboard, FOCUS_AREA, fjord.focus_area))

    assert (
        "6 indsatser: «&lt;b&gt;0&lt;/b&gt;», «&lt;b&gt;1&lt;/b&gt;», «&lt;b&gt;2&lt;/b&gt;» og 3 til" in said
    )
    assert "Der er ikke andet, der bruger fokuspunktet." in uses_markup(
        KINDS["focus_point"], Uses((), (), ())
    )
