"""Records are checked, versioned and logged; deleting hides, and the last change can be taken back."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from data_access import engines
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.partnership_tables.changes import ChangeRecord
from data_access.dashboard.partnership_tables.meetings import DecisionForm
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    CRITERION,
    INITIATIVE,
    ITEM,
    KINDS,
    MEETING,
    PARTNERSHIP,
    PARTY,
)
from data_access.partnerships.records.records import filled, open_record, snapshot
from data_access.problems import ConflictProblem, EditProblem
from indicators.partnership.initiative import InitiativeStatus
from tests.conftest import writing
from tests.partnerships.small_partnership import SECRETARIAT, TODAY, made, small_partnership


def changes(session: Session, kind_name: str = "initiative") -> list[ChangeRecord]:
    query = select(ChangeRecord).where(ChangeRecord.kind == kind_name).order_by(ChangeRecord.id)
    return list(session.exec(query))


def test_an_initiative_is_read_as_it_was_typed_with_all_its_lists(dashboard, fjord):
    typed = {
        "title": "Fælles kursus",
        "description": "Første linje\nanden linje <b>=1+1</b>",
        "participants": [
            {"party_id": fjord.koege, "part": "orienteres"},
            {"party_id": fjord.roskilde, "part": "deltager"},
        ],
        "focus_areas": [fjord.focus_area],
        "educations": ["sygeplejerske", "paedagog"],
        "units": ["kommune:0265", "hospital:koege"],
        "questions": [{"survey": "student", "question": "S05", "direction": "op"}],
    }
    made_one = fjord.initiative(dashboard, **typed)

    found = open_record(dashboard, INITIATIVE, made_one.id)
    assert found.form == filled(INITIATIVE, {"partnership_id": fjord.id, **typed})
    assert [one.part for one in found.form.participants] == ["orienteres", "deltager"]


def test_texts_lose_control_characters_and_nothing_else(dashboard, fjord):
    found = fjord.initiative(
        dashboard, " Kur\x00sus\u202e \n i  vejledning ", goal="a\r\nb\x07\tc  ![x](http://y)"
    )

    assert found.form.title == "Kursus i vejledning"
    assert found.form.goal == "a\nb\tc  ![x](http://y)"


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"title": " \n"}, "title", "må ikke være tom"),
        ({"title": "x" * 201}, "title", "må højst have 200 tegn"),
        ({"starts": "2026-13-01"}, "starts", "skal være en dato, fx 2027-01-31"),
        ({"starts": date(2026, 2, 1), "ends": date(2026, 1, 1)}, "", "«Slut» skal ligge efter «Start»"),
        ({"is_continuous": True, "ends": date(2026, 1, 1)}, "", "en løbende indsats har ingen slutdato"),
        ({"status": "Sat i bero"}, "", "kræver en begrundelse"),
        ({"status": "Afsluttet", "status_reason": "færdig"}, "", "skal være en af: Forsinket"),
        ({"goal": "Ring til 010190-1234"}, "goal", "må ikke rumme cpr-numre eller mailadresser"),
        ({"responsible_role": "leder@kommune.dk"}, "responsible_role", "Skriv organisation og rolle"),
        ({"units": ["Roskilde Kommune"]}, "units", "skal være en nøgle uden mellemrum"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_field_by_field(values, field, said):
    with pytest.raises(EditProblem, match="Der er noget, der ikke kan gemmes") as problem:
        filled(INITIATIVE, {"partnership_id": 1, "title": "Kursus"} | values)

    assert said in problem.value.faults[field]


def test_what_a_form_refers_to_must_be_there(dashboard, fjord):
    with pytest.raises(EditProblem) as problem:
        fjord.initiative(
            dashboard, responsible_id=999, units=["kommune:9999"], participants=[{"party_id": 998}]
        )

    assert problem.value.faults == {
        "responsible_id": "«999» findes ikke",
        "units": "«kommune:9999» findes ikke",
        "participants": "«998» findes ikke",
    }


def test_a_focus_area_of_another_partnership_is_refused(dashboard, fjord):
    other = made(dashboard, KINDS["partnership"], name="Et andet")

    with pytest.raises(EditProblem) as problem:
        made(dashboard, INITIATIVE, partnership_id=other.id, title="Kursus", focus_areas=[fjord.focus_area])

    assert problem.value.faults == {"focus_areas": "hører til et andet partnerskab"}


def test_two_parties_cannot_have_the_same_name_unless_one_is_deleted(dashboard, fjord):
    with pytest.raises(EditProblem, match="der er allerede en part med det navn"):
        made(dashboard, PARTY, name="Køge Kommune", kind="Kommune")

    editing.delete(dashboard, SECRETARIAT, open_record(dashboard, PARTY, fjord.koege))
    assert made(dashboard, PARTY, name="Køge Kommune", kind="Kommune").id != fjord.koege


def test_every_change_is_logged_with_who_what_before_and_after(dashboard, fjord):
    first = fjord.initiative(dashboard)
    editing.edit(
        dashboard,
        "Skolen",
        first,
        first.form.model_copy(update={"goal": "Flere vejledere", "units": ("kommune:0265",)}),
    )

    created, edited = changes(dashboard)
    assert (created.who, created.action, created.before) == (SECRETARIAT, "oprettet", None)
    assert (edited.who, edited.action, edited.version) == ("Skolen", "rettet", 2)
    assert (edited.before["goal"], edited.after["goal"]) == ("", "Flere vejledere")
    assert (edited.before["units"], edited.after["units"]) == ([], ["kommune:0265"])
    assert edited.at is not None


def test_saving_without_a_change_writes_nothing(dashboard, fjord):
    first = fjord.initiative(dashboard)
    again = editing.edit(dashboard, "Skolen", first, first.form)

    assert again.version == 1
    assert len(changes(dashboard)) == 1


def test_the_second_of_two_editors_is_shown_both_versions_and_loses_nothing(dashboard, fjord):
    opened = fjord.initiative(dashboard, goal="Mere tid")
    theirs = opened.form.model_copy(update={"goal": "Mere tid og ro", "units": ("kommune:0265",)})
    mine = opened.form.model_copy(update={"goal": "Bedre tid", "starts": date(2026, 8, 1)})
    editing.edit(dashboard, "Skolen", opened, theirs)

    with pytest.raises(ConflictProblem, match=r"er ændret af Skolen .* Intet af dit er gået tabt") as problem:
        editing.edit(dashboard, "Kommunen", opened, mine)

    conflict = problem.value
    assert (conflict.mine, conflict.theirs) == (mine, theirs)
    by_field = {one.field: one for one in conflict.differences}
    assert list(by_field) == ["goal", "starts", "units"]
    assert (by_field["goal"].before, by_field["goal"].mine, by_field["goal"].theirs) == (
        "Mere tid",
        "Bedre tid",
        "Mere tid og ro",
    )
    assert (by_field["units"].label, by_field["units"].theirs) == ("Enheder", "Roskilde Kommune")
    assert {name for name, one in by_field.items() if one.is_contested} == {"goal"}
    assert (conflict.merged.goal, conflict.merged.starts, conflict.merged.units) == (
        "Mere tid og ro",
        date(2026, 8, 1),
        ("kommune:0265",),
    )

    knowing_both = open_record(dashboard, INITIATIVE, opened.id)
    assert knowing_both.version == conflict.version
    assert editing.edit(dashboard, "Kommunen", knowing_both, conflict.merged).version == 3


def test_deleting_hides_and_restoring_brings_back(dashboard, fjord):
    opened = fjord.initiative(dashboard)
    editing.delete(dashboard, SECRETARIAT, opened)

    for had_open in (opened, open_record(dashboard, INITIATIVE, opened.id)):
        with pytest.raises(EditProblem, match=r"Indsatsen er slettet\. Gendan først"):
            editing.edit(dashboard, SECRETARIAT, had_open, opened.form)

    back = editing.restore(dashboard, SECRETARIAT, INITIATIVE, opened.id)
    assert back.form == opened.form
    assert [one.action for one in changes(dashboard)] == ["oprettet", "slettet", "gendannet"]


def test_nobody_deletes_what_another_has_changed_meanwhile(dashboard, fjord):
    opened = fjord.initiative(dashboard)
    initiative_commands.close(dashboard, "Skolen", opened, TODAY)

    with pytest.raises(ConflictProblem):
        editing.delete(dashboard, SECRETARIAT, opened)


@pytest.mark.parametrize("deed", ["create", "edit", "delete", "restore"])
def test_the_last_change_can_be_undone_and_done_again(dashboard, fjord, deed):
    opened = fjord.initiative(dashboard)
    if deed == "edit":
        initiative_commands.close(dashboard, SECRETARIAT, opened, TODAY, "færdig")
    if deed in ("delete", "restore"):
        editing.delete(dashboard, SECRETARIAT, opened)
    if deed == "restore":
        editing.restore(dashboard, SECRETARIAT, INITIATIVE, opened.id)

    def state() -> tuple:
        record = dashboard.get(INITIATIVE.table, opened.id)
        return snapshot(open_record(dashboard, INITIATIVE, opened.id).form), record.deleted_at is not None

    states = [state()]
    for _ in range(2):
        editing.undo(dashboard, SECRETARIAT, changes(dashboard)[-1].id)
        states.append(state())

    assert states[0] == states[2] != states[1]
    last = changes(dashboard)[-1]
    assert (last.action, last.undoes_id) == ("fortrudt", changes(dashboard)[-2].id)


def test_only_the_last_change_of_a_record_is_undone(dashboard, fjord):
    opened = fjord.initiative(dashboard)
    initiative_commands.close(dashboard, SECRETARIAT, opened, TODAY)

    with pytest.raises(EditProblem, match="Fortryd den seneste ændring først"):
        editing.undo(dashboard, SECRETARIAT, changes(dashboard)[0].id)


def test_the_store_itself_keeps_the_log_as_it_was_written(store_url):
    with writing(store_url) as session:
        small_partnership(session)

    for deed in ("UPDATE change SET who = 'en anden'", "DELETE FROM change"):
        with (
            pytest.raises(DBAPIError, match="only added to"),
            writing(store_url) as session,
        ):
            session.execute(text(deed))


def test_a_change_that_fails_leaves_no_line_in_the_log(store_url):
    with writing(store_url) as session:
        fjord = small_partnership(session)
        opened = fjord.initiative(session)

    def fail_after_closing() -> None:
        with writing(store_url) as session:
            initiative_commands.close(session, SECRETARIAT, opened, TODAY)
            raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        fail_after_closing()
    with engines.reading(store_url, DASHBOARD) as session:
        assert len(changes(session)) == 1
        assert open_record(session, INITIATIVE, opened.id).form.closed_on is None


def test_a_status_update_needs_no_version_and_is_in_nobody_s_way(dashboard, fjord):
    opened = fjord.initiative(dashboard)
    initiative_commands.post_update(dashboard, "Skolen", opened.id, "Første hold er begyndt", TODAY)

    assert initiative_commands.close(dashboard, "Kommunen", opened, TODAY).version == 2


def test_a_status_set_by_hand_is_taken_back_with_its_reason(dashboard, fjord):
    opened = fjord.initiative(dashboard)
    paused = initiative_commands.set_status(
        dashboard, SECRETARIAT, opened, InitiativeStatus.PAUSED, "afventer reformen"
    )
    assert (paused.form.status, paused.form.status_reason) == ("Sat i bero", "afventer reformen")

    computed = initiative_commands.set_status(dashboard, SECRETARIAT, paused, None, "ligegyldig")
    assert (computed.form.status, computed.form.status_reason) == (None, "")


def test_closing_and_reopening(dashboard, fjord):
    opened = fjord.initiative(dashboard)
    closed = initiative_commands.close(dashboard, SECRETARIAT, opened, TODAY, "Alle hold er afholdt")

    assert (closed.form.closed_on, closed.form.closing_note) == (TODAY, "Alle hold er afholdt")
    assert initiative_commands.reopen(dashboard, SECRETARIAT, closed).form == opened.form


def test_a_merged_initiative_points_to_the_one_that_goes_on_but_never_to_itself(dashboard, fjord):
    small, large = fjord.initiative(dashboard, "Lille kursus"), fjord.initiative(dashboard, "Stort kursus")

    merged = initiative_commands.merge(dashboard, SECRETARIAT, small, large.id, TODAY)
    assert (merged.form.superseded_by_id, merged.form.closed_on) == (large.id, TODAY)
    with pytest.raises(EditProblem, match="kan ikke være den selv"):
        initiative_commands.merge(dashboard, SECRETARIAT, large, large.id, TODAY)


def test_a_decision_may_bring_about_its_initiative(dashboard, fjord):
    meeting = made(dashboard, MEETING, partnership_id=fjord.id, title="Møde", held_on=TODAY)
    item = made(dashboard, KINDS["agenda_item"], meeting_id=meeting.id, title="Status på praktik")
    figure = {"title": "61 % havde tid nok", "share": 0.61, "release": 3}
    decision = DecisionForm(
        partnership_id=fjord.id,
        agenda_item_id=item.id,
        text="Der laves et fælles kursus",
        decided_on=TODAY,
        figure=figure,
    )
    wished = filled(INITIATIVE, {"partnership_id": fjord.id, "title": "Fælles kursus"})
    decided = initiative_commands.decide(dashboard, SECRETARIAT, decision, wished)

    assert decided.form.figure == figure
    assert open_record(dashboard, INITIATIVE, decided.form.initiative_id).form == wished


def test_a_record_that_is_gone_is_told(dashboard):
    for ask in (
        lambda: open_record(dashboard, INITIATIVE, 77),
        lambda: editing.restore(dashboard, "x", INITIATIVE, 77),
    ):
        with pytest.raises(EditProblem, match="Indsatsen findes ikke længere"):
            ask()
    with pytest.raises(EditProblem, match="Ændringen findes ikke"):
        editing.undo(dashboard, "x", 77)


HAS_CPR = "010190\u20111234"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_field_of_any_kind_takes_a_cpr_number(kind):
    fields = {name: info for name, info in kind.form.model_fields.items() if "str" in str(info.annotation)}
    typed = {name: [HAS_CPR] if "tuple" in str(info.annotation) else HAS_CPR for name, info in fields.items()}

    with pytest.raises(EditProblem) as problem:
        filled(kind, typed)

    assert problem.value.faults.keys() >= fields.keys() > set()


@pytest.mark.parametrize(
    ("kind", "field", "typed"),
    [
        (AGREEMENT, "document", f"https://example.org/{HAS_CPR}.pdf"),
        (AGREEMENT, "document", f"https://example.org/{quote(HAS_CPR)}.pdf"),
        (ITEM, "view", f"enhed={quote(HAS_CPR)}"),
        (CRITERION, "unit_key", "010190-1234"),
    ],
)
def test_an_address_and_a_key_hide_no_cpr_number(kind, field, typed):
    with pytest.raises(EditProblem) as problem:
        filled(kind, {field: typed})

    assert problem.value.faults[field] == "må ikke rumme cpr-numre eller mailadresser"


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("", "Skriv først, hvem du skriver som"),
        (" \u202e\t", "Skriv først, hvem du skriver som"),
        ("S" * 81, "må højst have 80 tegn"),
        ("Anna 010190-1234", "må ikke rumme cpr-numre"),
        ("anna@example.org", "må ikke rumme cpr-numre eller mailadresser"),
    ],
)
def test_the_role_that_somebody_writes_as_is_checked_like_any_field(dashboard, who, said):
    form = filled(PARTNERSHIP, {"name": "Ved åen"})

    with pytest.raises(EditProblem, match=re.escape(said)):
        editing.create(dashboard, who, PARTNERSHIP, form)

    assert changes(dashboard, "partnership") == []


def test_the_role_is_kept_without_what_cannot_be_seen(dashboard):
    form = filled(PARTNERSHIP, {"name": "Ved åen"})
    editing.create(dashboard, "  Sekre\u0000tariatet\n i Køge ", PARTNERSHIP, form)

    assert changes(dashboard, "partnership")[0].who == "Sekretariatet i Køge"
