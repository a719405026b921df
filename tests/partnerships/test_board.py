"""What pages ask of partnerships: the board and its filters, cards, agreements, decisions, the cycle and criteria."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data_access.dashboard import reference_tables
from data_access.dashboard.models import UnitRecord
from data_access.partnerships.lists.agreements import (
    agreements,
    bodies,
    focus_areas,
    focus_points,
    partnerships,
)
from data_access.partnerships.lists.cycle import annual_cycle
from data_access.partnerships.lists.initiatives import deleted_initiatives, initiative_card, initiatives
from data_access.partnerships.lists.meetings import agenda, left_open, meeting, meetings
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.change_log import changes_of
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    CYCLE,
    DECISION,
    EFFECT,
    FOCUS_POINT,
    INITIATIVE,
    ITEM,
    MEETING,
    PARTNERSHIP,
    POINT,
)
from data_access.partnerships.records.records import open_record
from data_access.problems import EditProblem
from data_access.reference import Membership, read_reference
from indicators.groups import kind_key
from indicators.partnership.agreement import AgreementStatus
from indicators.partnership.board import Choice, Initiative, Ref, counted, offered
from indicators.partnership.initiative import InitiativeStatus
from indicators.selection import Option
from tests.partnerships.small_partnership import SECRETARIAT, TODAY, made, milestone


def titles(found: tuple[Initiative, ...]) -> list[str]:
    return [one.title for one in found]


def test_the_overdue_come_first_and_what_is_done_last(dashboard, fjord):
    fjord.initiative(dashboard, "Færdig", closed_on=TODAY)
    fjord.initiative(dashboard, "Kommende", starts=date(2027, 1, 1))
    under_way = fjord.initiative(dashboard, "I gang", starts=date(2026, 1, 1))
    milestone(dashboard, under_way, "Snart", date(2026, 12, 1))
    for title, due in (("Lidt forsinket", date(2026, 11, 1)), ("Meget forsinket", date(2026, 6, 1))):
        milestone(dashboard, fjord.initiative(dashboard, title, starts=date(2026, 1, 1)), "Frist", due)

    found = initiatives(dashboard, TODAY)
    assert titles(found) == ["Meget forsinket", "Lidt forsinket", "I gang", "Kommende", "Færdig"]
    assert counted(found) == "5 indsatser · 2 forsinkede · 1 i gang · 1 planlagt · 1 afsluttet"
    assert found[2].next_deadline == date(2026, 12, 1)
    assert found[-1].next_deadline is None


def test_a_done_or_deleted_milestone_is_not_late(dashboard, fjord):
    one = fjord.initiative(dashboard, starts=date(2026, 1, 1))
    milestone(dashboard, one, "Nået", date(2026, 2, 1), done_on=date(2026, 3, 1))
    editing.delete(dashboard, SECRETARIAT, milestone(dashboard, one, "Slettet", date(2026, 2, 1)))

    assert initiatives(dashboard, TODAY)[0].status is InitiativeStatus.UNDER_WAY


def test_deleted_initiatives_and_those_of_deleted_partnerships_are_not_on_the_board(dashboard, fjord):
    gone = fjord.initiative(dashboard, "Slettet")
    editing.delete(dashboard, SECRETARIAT, gone)
    other = made(dashboard, PARTNERSHIP, name="Slettet partnerskab")
    made(dashboard, INITIATIVE, partnership_id=other.id, title="Også væk")
    editing.delete(dashboard, SECRETARIAT, other)

    assert initiatives(dashboard, TODAY) == ()
    assert deleted_initiatives(dashboard) == (Ref(gone.id, "Slettet"),)
    assert initiative_card(dashboard, TODAY, gone.id).is_deleted
    assert [one.name for one in partnerships(dashboard)] == ["Praktik ved fjorden"]


def test_every_filter_finds_its_own(dashboard, fjord):
    fjord.initiative(dashboard, "Om alt")
    course = fjord.initiative(
        dashboard,
        "Kursus",
        focus_areas=[fjord.focus_area],
        responsible_id=fjord.college,
        participants=[{"party_id": fjord.municipalities}],
        educations=["sygeplejerske"],
        units=["region:1085"],
        starts=date(2026, 1, 1),
    )
    fjord.initiative(dashboard, "For lærere", educations=["laerer"], starts=date(2026, 11, 1))
    initiative_commands.post_update(dashboard, "Skolen", course.id, "I gang", date(2026, 8, 1))

    def found(**wanted: object) -> list[str]:
        return sorted(titles(initiatives(dashboard, TODAY, Choice(**wanted))))

    everything = ["For lærere", "Kursus", "Om alt"]
    assert found() == found(partnership=Ref(fjord.id, "")) == everything
    assert found(partnership=Ref(fjord.id + 1, "")) == []
    assert found(focus_area=Ref(fjord.focus_area, "")) == ["Kursus"]
    assert found(responsible=Ref(fjord.college, "")) == ["Kursus"]
    assert found(responsible=Ref(fjord.koege, "")) == []
    assert found(party=Ref(fjord.college, "")) == ["Kursus"]
    assert found(party=Ref(fjord.koege, "")) == ["Kursus"], "a member of a group takes part"
    assert found(education=Option("sygeplejerske", "")) == ["Kursus", "Om alt"], "none named is for all"
    assert found(unit=Option("region:1085", "")) == ["Kursus"]
    assert found(unit=Option("hospital:holbaek", "")) == ["Kursus"], "a member of the region"
    assert found(statuses=(InitiativeStatus.PLANNED,)) == ["Om alt"]
    assert found(not_updated_for=90) == ["Kursus"]
    assert found(not_updated_for=10) == ["For lærere", "Kursus"]


def test_a_choice_says_itself_in_words():
    choice = Choice(
        partnership=Ref(1, "SPU"),
        responsible=Ref(2, "KP"),
        unit=Option("kommune:0265", "Roskilde Kommune"),
        statuses=(InitiativeStatus.LATE,),
        not_updated_for=90,
    )

    assert (
        choice.describe()
        == "SPU · Roskilde Kommune · ansvarlig: KP · status: forsinket · ikke opdateret i 90 dage"
    )
    assert Choice().describe() == "Alle indsatser"
    assert counted(()) == "Ingen indsatser"


def test_a_unit_s_initiatives_are_those_that_name_it_its_groups_or_the_party_that_it_is(dashboard, fjord):
    fjord.initiative(dashboard, "Nævner kommunen", units=["kommune:0265"])
    fjord.initiative(dashboard, "Nævner KKR", units=["kkr:sjaelland"])
    fjord.initiative(dashboard, "Kommunen er ansvarlig", responsible_id=fjord.roskilde)
    fjord.initiative(dashboard, "Kommunerne deltager", participants=[{"party_id": fjord.municipalities}])
    fjord.initiative(dashboard, "Om Køge", units=["kommune:0259"])

    roskilde = initiatives(dashboard, TODAY, Choice(unit=Option("kommune:0265", "Roskilde Kommune")))
    assert sorted(titles(roskilde)) == [
        "Kommunen er ansvarlig",
        "Kommunerne deltager",
        "Nævner KKR",
        "Nævner kommunen",
    ]


GROUPS_OF_ROSKILDE = [
    key
    for key in dict.fromkeys(one.group for one in read_reference().memberships)
    if any((one.member, one.group) == ("kommune:0265", key) for one in read_reference().memberships)
]


def test_roskilde_is_in_a_group_of_every_kind_that_has_members():
    kinds = {kind_key(one.group) for one in read_reference().memberships}

    assert {kind_key(group) for group in [*GROUPS_OF_ROSKILDE, "gruppe:vestegnen"]} == kinds


@pytest.mark.parametrize("group", GROUPS_OF_ROSKILDE)
def test_a_group_s_initiatives_are_its_own_and_its_members_each_with_its_way(dashboard, fjord, group):
    fjord.initiative(dashboard, "Gruppens egen", units=[group])
    fjord.initiative(dashboard, "Nævner et medlem", units=["kommune:0265"])
    fjord.initiative(dashboard, "Et medlem er ansvarligt", responsible_id=fjord.roskilde)
    fjord.initiative(
        dashboard, "Et medlem er med i en part", participants=[{"party_id": fjord.municipalities}]
    )
    fjord.initiative(dashboard, "Begge dele", units=[group, "kommune:0265"])
    fjord.initiative(dashboard, "Et helt andet sted", units=["kommune:0851"])
    fjord.initiative(dashboard, "Ingen nævnt")

    unit = Option(group, "")
    assert {one.title: one.way_to(unit) for one in initiatives(dashboard, TODAY, Choice(unit=unit))} == {
        "Gruppens egen": "",
        "Nævner et medlem": "via Roskilde Kommune",
        "Et medlem er ansvarligt": "via Roskilde Kommune",
        "Et medlem er med i en part": "via Kommunerne ved fjorden",
        "Begge dele": "",
    }


def test_an_own_group_has_the_initiatives_of_those_who_are_members_on_the_day(dashboard, fjord):
    files = read_reference()
    until = date(2026, 12, 31)
    short = Membership("kommune:0265", "gruppe:vestegnen", None, until)
    reference_tables.load_reference(dashboard, replace(files, memberships=(*files.memberships, short)))
    fjord.initiative(dashboard, units=["kommune:0265"])
    vestegnen = Option("gruppe:vestegnen", "Vestegnen")

    assert len(initiatives(dashboard, until, Choice(unit=vestegnen))) == 1
    assert initiatives(dashboard, until + timedelta(days=1), Choice(unit=vestegnen)) == ()


def test_a_group_that_has_ended_or_has_not_begun_has_the_initiatives_of_its_last_or_first_members(
    dashboard, fjord
):
    fjord.initiative(dashboard, units=["kommune:0217"])
    ended, to_come = Option("klynge:rh-nord", ""), Option("raad:sr-nordsjaelland", "")

    for day in (date(2026, 6, 1), date(2027, 6, 1)):
        assert [one.way_to(ended) for one in initiatives(dashboard, day, Choice(unit=ended))] == [
            "via Helsingør Kommune"
        ]
        assert len(initiatives(dashboard, day, Choice(unit=to_come))) == 1


def test_of_many_ways_to_a_unit_the_first_are_named(dashboard, fjord):
    towns = ["kommune:0259", "kommune:0265", "kommune:0253", "kommune:0269", "kommune:0316"]
    fjord.initiative(dashboard, units=towns)
    sjaelland = Option("kkr:sjaelland", "")
    [found] = initiatives(dashboard, TODAY, Choice(unit=sjaelland))

    assert found.way_to(sjaelland) == "via Greve Kommune, Holbæk Kommune, Køge Kommune og 2 mere"
    assert found.way_to(None) == ""


def test_a_unit_that_is_gone_from_the_reference_files_stays_as_long_as_an_initiative_is_about_it(
    dashboard, fjord
):
    files = read_reference()
    fjord.initiative(dashboard, units=["gruppe:vestegnen"])
    without = [unit for unit in files.units if unit.kind not in ("gruppe", "klynge")]
    reference_tables.load_reference(dashboard, replace(files, units=tuple(without), memberships=()))

    assert initiatives(dashboard, TODAY)[0].units == (Option("gruppe:vestegnen", "Vestegnen"),)
    assert dashboard.get(UnitRecord, "klynge:rh-nord") is None


def test_freshness_is_measured_by_the_partnership_s_own_interval(dashboard, fjord):
    one = fjord.initiative(dashboard, starts=date(2026, 1, 1))
    initiative_commands.post_update(dashboard, "Skolen", one.id, "Nyt", date(2026, 8, 1))
    assert initiatives(dashboard, TODAY)[0].freshness.describe() == "Ikke opdateret i 113 dage"

    partnership = open_record(dashboard, PARTNERSHIP, fjord.id)
    initiative_commands.with_values(dashboard, SECRETARIAT, partnership, update_interval_days=180)
    assert initiatives(dashboard, TODAY)[0].freshness.describe() == "Opdateret for 113 dage siden"


def test_the_card_holds_log_decisions_effects_merged_initiatives_and_changes(dashboard, fjord):
    one, small = fjord.initiative(dashboard, "Stort"), fjord.initiative(dashboard, "Lille")
    initiative_commands.merge(dashboard, SECRETARIAT, small, one.id, TODAY)
    for text, day in (("Først", date(2026, 5, 1)), ("Sidst", date(2026, 9, 1))):
        initiative_commands.post_update(dashboard, "Skolen", one.id, text, day)
    about = {"partnership_id": fjord.id, "initiative_id": one.id}
    made(dashboard, DECISION, **about, text="Fortsæt", decided_on=TODAY)
    made(dashboard, EFFECT, **about, title="Andre er begyndt", party_id=fjord.koege, year=2026)
    milestone(dashboard, one, "Frist", date(2026, 11, 1))

    card = initiative_card(dashboard, TODAY, one.id)
    assert [(line.text, line.by) for line in card.updates] == [("Sidst", "Skolen"), ("Først", "Skolen")]
    assert [decision.text for decision in card.decisions] == ["Fortsæt"]
    assert [(effect.title, effect.party.name) for effect in card.effects] == [
        ("Andre er begyndt", "Køge Kommune")
    ]
    assert card.absorbed == (Ref(small.id, "Lille"),)
    assert [(line.title, line.is_late) for line in card.milestones] == [("Frist", True)]
    assert [change.action for change in card.changes] == ["oprettet"]
    replaced = initiative_card(dashboard, TODAY, small.id)
    assert replaced.superseded_by == Ref(one.id, "Stort")
    assert replaced.initiative.assessment.because == "Afløst af «Stort»"
    with pytest.raises(EditProblem, match="Indsatsen findes ikke længere"):
        initiative_card(dashboard, TODAY, 999)


def test_the_log_is_read_in_words(dashboard, fjord):
    one = fjord.initiative(dashboard, ends=date(2027, 1, 31))
    initiative_commands.with_values(
        dashboard,
        "Skolen",
        one,
        responsible_id=fjord.roskilde,
        ends=None,
        is_continuous=True,
        participants=[{"party_id": fjord.koege, "part": "orienteres"}],
        questions=[{"survey": "student", "question": "S05", "unit_key": "kommune:0265"}],
    )

    edited, created = changes_of(dashboard, INITIATIVE, one.id)
    assert created.fields == ()
    assert {field.label: (field.before, field.after) for field in edited.fields} == {
        "Ansvarlig": ("", "Roskilde Kommune"),
        "Slut": ("31. januar 2027", ""),
        "Løbende": ("nej", "ja"),
        "Deltagere": ("", "Køge Kommune (orienteres)"),
        "Knyttede spørgsmål": ("", "S05 (op), Roskilde Kommune"),
    }


def test_agreements_stand_with_parties_deadline_and_their_chain(dashboard, fjord):
    renewal = made(
        dashboard,
        AGREEMENT,
        partnership_id=fjord.id,
        title="Ny aftale",
        starts=date(2027, 1, 1),
        renews_id=fjord.agreement,
        notice_months=3,
    )

    new, old = agreements(dashboard, TODAY)
    assert (new.title, new.status, new.renews) == (
        "Ny aftale",
        AgreementStatus.COMING,
        Ref(old.id, "Aftale om praktik"),
    )
    assert old.renewed_by == Ref(renewal.id, "Ny aftale")
    assert old.period.ends == date(2026, 12, 31), "it ends where the renewal begins"
    assert (old.status, old.next_deadline) == (AgreementStatus.EXPIRES_SOON, None)
    assert [party.name for party in old.parties] == ["Professionshøjskolen", "Kommunerne ved fjorden"]
    assert new.notice.describe() == "Med 3 måneders varsel"

    editing.delete(dashboard, SECRETARIAT, renewal)
    (alone,) = agreements(dashboard, date(2026, 8, 1), fjord.id)
    assert (alone.status, alone.next_deadline.by) == (AgreementStatus.IN_FORCE, date(2026, 10, 1))


def test_notice_ends_the_agreement_and_its_deadlines(dashboard, fjord):
    agreement = open_record(dashboard, AGREEMENT, fjord.agreement)
    initiative_commands.with_values(dashboard, SECRETARIAT, agreement, terminated_from=date(2027, 1, 1))

    (found,) = agreements(dashboard, TODAY)
    assert (found.status, found.next_deadline) == (AgreementStatus.TERMINATED, None)
    assert found.period.ends == date(2026, 12, 31)


def test_focus_areas_points_and_bodies_stand_in_the_order_agreed(dashboard, fjord):
    made(
        dashboard,
        FOCUS_POINT,
        partnership_id=fjord.id,
        year=2026,
        title="Overgange",
        focus_area_id=fjord.focus_area,
    )
    made(dashboard, FOCUS_POINT, partnership_id=fjord.id, year=2025, title="Vejledning")

    assert [area.name for area in focus_areas(dashboard, fjord.id)] == ["Vejledning"]
    assert [(point.year, point.title) for point in focus_points(dashboard, fjord.id)] == [
        (2025, "Vejledning"),
        (2026, "Overgange"),
    ]
    assert [body.name for body in bodies(dashboard, fjord.id)] == ["Styregruppen"]


def test_open_decisions_stand_overdue_first_until_they_are_followed_up(dashboard, fjord):
    def decided(text: str, due: date | None):
        return made(
            dashboard, DECISION, partnership_id=fjord.id, text=text, decided_on=date(2026, 6, 1), due=due
        )

    decided("Uden frist", None)
    decided("Senere", date(2027, 1, 1))
    late = decided("Over fristen", date(2026, 10, 1))

    found = left_open(dashboard, TODAY, fjord.id, date.max)
    assert [(one.text, one.is_overdue) for one in found] == [
        ("Over fristen", True),
        ("Senere", False),
        ("Uden frist", False),
    ]
    initiative_commands.with_values(dashboard, SECRETARIAT, late, done_on=TODAY, outcome="Gjort")
    assert [one.text for one in left_open(dashboard, TODAY, fjord.id, date.max)] == ["Senere", "Uden frist"]


def test_a_meeting_has_its_agenda_points_and_decisions_in_order(dashboard, fjord):
    held = made(
        dashboard,
        MEETING,
        partnership_id=fjord.id,
        body_id=fjord.steering_group,
        title="Møde",
        held_on=TODAY,
        starts_at="13.30",
    )
    second = made(
        dashboard, ITEM, meeting_id=held.id, position=2, title="Sidst", kind="Beslutning", minutes_planned=10
    )
    first = made(
        dashboard, ITEM, meeting_id=held.id, position=1, title="Først", page="Overblik", view="aar=2025"
    )
    made(dashboard, POINT, agenda_item_id=first.id, text="Godt besøgt")
    made(dashboard, DECISION, partnership_id=fjord.id, agenda_item_id=second.id, text="Ja", decided_on=TODAY)

    (line,) = meetings(dashboard, fjord.id)
    assert (line.body.name, line.starts_at, line.status) == ("Styregruppen", "13.30", "Planlagt")
    assert meeting(dashboard, held.id) == line
    items = agenda(dashboard, TODAY, held.id)
    assert [(item.title, item.kind) for item in items] == [("Først", "Orientering"), ("Sidst", "Beslutning")]
    assert [point.text for point in items[0].points] == ["Godt besøgt"]
    assert items[1].decisions[0].meeting == Ref(held.id, "Møde")


def test_the_cycle_gathers_all_partnerships_for_twelve_months(dashboard, fjord):
    made(dashboard, MEETING, partnership_id=fjord.id, title="Styregruppe", held_on=date(2026, 12, 7))
    made(
        dashboard,
        CYCLE,
        partnership_id=fjord.id,
        kind="Dataindsamling",
        title="Måling",
        yearly_from="11-01",
        yearly_to="12-31",
    )
    made(dashboard, CYCLE, partnership_id=fjord.id, kind="Rapport", title="Rapport", once_on=date(2027, 2, 1))
    ended = made(dashboard, PARTNERSHIP, name="Udløbet")
    made(
        dashboard,
        AGREEMENT,
        partnership_id=ended.id,
        title="Gammel",
        starts=date(2016, 1, 1),
        ends=date(2020, 12, 31),
    )
    made(dashboard, CYCLE, partnership_id=ended.id, kind="Møde", title="Årsmøde", yearly_from="06-01")

    months = annual_cycle(dashboard, TODAY)
    assert [(month.name, [entry.title for entry in month.entries]) for month in months if month.entries] == [
        ("november 2026", ["Måling"]),
        ("december 2026", ["Måling", "Styregruppe"]),
        ("februar 2027", ["Rapport"]),
    ]
    assert [month.name for month in annual_cycle(dashboard, date(2020, 1, 1), ended.id) if month.entries] == [
        "juni 2020",
        "december 2020",
    ]
    assert all(entry.partnership == "Fjorden" for month in months for entry in month.entries)


def test_the_cycle_has_the_notice_deadline_and_the_end_of_an_agreement(dashboard, fjord):
    of_2026 = annual_cycle(dashboard, date(2026, 1, 1))
    of_2027 = annual_cycle(dashboard, date(2027, 1, 1), fjord.id)

    assert [(entry.kind, entry.first) for entry in of_2026[9].entries] == [
        ("Opsigelsesfrist", date(2026, 10, 1))
    ]
    assert [(entry.kind, entry.first) for entry in of_2027[11].entries] == [
        ("Aftale udløber", date(2027, 12, 31))
    ]


def test_a_line_of_the_board_is_frozen(dashboard, fjord):
    fjord.initiative(dashboard)
    line = initiatives(dashboard, TODAY)[0]

    assert replace(line) == line
    assert hash(line) == hash(replace(line))


def test_the_filters_offer_only_what_finds_something(dashboard, fjord):
    fjord.initiative(
        dashboard,
        responsible_id=fjord.roskilde,
        participants=[{"party_id": fjord.college}],
        focus_areas=[fjord.focus_area],
        units=["kommune:0265"],
    )

    offers = offered(initiatives(dashboard, TODAY))
    assert [one.name for one in offers.parties] == ["Professionshøjskolen", "Roskilde Kommune"]
    assert [one.name for one in offers.responsibles] == ["Roskilde Kommune"]


def test_a_form_offers_what_the_partnership_has_and_every_unit_and_education(dashboard, fjord):
    other = made(dashboard, PARTNERSHIP, name="Et andet")
    fjord.initiative(dashboard)

    found = form_options(dashboard, fjord.id)
    assert [one.name for one in found.agreements] == ["Aftale om praktik"]
    assert found.parties[0].name == "Kommunerne ved fjorden"
    assert (len(found.initiatives), len(found.bodies), found.meetings, found.questions) == (1, 1, (), ())
    assert "kommune:0265" in {unit.key for unit in found.units}
    assert form_options(dashboard, other.id).agreements == ()
