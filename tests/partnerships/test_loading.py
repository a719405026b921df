"""Partnership files: loaded all or nothing, again without a change, and never over what people have written."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from data_access import engines
from data_access.dashboard.models import DASHBOARD
from data_access.dashboard.partnership_tables.agreements import PartnershipRecord, PartyRecord
from data_access.dashboard.partnership_tables.changes import ChangeRecord
from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord
from data_access.imports.sample_apart import refuse_sample_partnerships_beside
from data_access.partnerships.files.loading import load
from data_access.partnerships.lists.agreements import focus_areas, partnerships
from data_access.partnerships.lists.initiatives import initiative_card, initiatives
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.kinds import INITIATIVE, PARTNERSHIP, PARTY
from data_access.partnerships.records.records import open_record
from data_access.problems import ImportProblem, StoreProblem
from data_access.publishing import releases
from tests.conftest import MadeStores, writing
from tests.made_up import add_roskilde, add_round
from tests.partnerships.small_partnership import TODAY, made

FILE = """
[partnership]
key = "fjord"
name = "Praktik ved fjorden"
[[parties]]
key = "begge"
name = "Kommunerne ved fjorden"
kind = "Gruppe af parter"
members = ["kommune:0265", "kommune:0259"]
[[bodies]]
key = "styregruppe"
name = "Styregruppen"
kind = "Styregruppe"
chair = "absalon"
[[agreements]]
key = "aftale"
title = "Aftale om praktik"
starts = 2024-01-01
parties = ["begge", "absalon"]
[[focus_areas]]
key = "vejledning"
name = "Vejledning"
actions = ["holde kurser", "dele erfaringer"]
[[initiatives]]
key = "kursus"
title = "Fælles kursus"
responsible = "absalon"
body = "styregruppe"
agreement = "aftale"
focus_areas = ["vejledning"]
participants = [{ party = "begge", part = "deltager" }, { party = "hospital:koege", part = "orienteres" }]
units = ["kommune:0265"]
educations = ["sygeplejerske"]
questions = [{ survey = "student", question = "S05", unit = "kommune:0265", direction = "op" }]
starts = 2026-01-01
[[initiatives.milestones]]
title = "Første hold"
due = 2026-10-01
[[initiatives.updates]]
written_on = 2026-09-01
text = "Godt i gang"
[[meetings]]
key = "moede"
body = "styregruppe"
title = "Møde"
held_on = 2026-06-01
[[meetings.items]]
title = "Kurset"
initiative = "kursus"
[[meetings.items.points]]
text = "Godt besøgt"
[[meetings.items.decisions]]
text = "Kurset fortsætter"
initiative = "kursus"
responsible = "begge"
decided_on = 2026-06-01
[[cycle]]
kind = "Møde"
title = "Møde i juni"
yearly_from = "06-01"
"""

Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a partnership file and gives its path."""

    def write(text: str, name: str = "fjord.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def course(session: Session) -> InitiativeRecord:
    return session.exec(select(InitiativeRecord).where(InitiativeRecord.key == "fjord/kursus")).one()


def test_a_file_becomes_a_partnership_with_everything_in_it(dashboard, written):
    report = load(dashboard, [written(FILE)])

    assert (report.partnerships, report.added, report.kept) == (["Praktik ved fjorden"], 13, [])
    card = initiative_card(dashboard, TODAY, course(dashboard).id)
    line = card.initiative
    assert (line.responsible.name, card.body.name) == ("Professionshøjskolen Absalon", "Styregruppen")
    assert [(one.party.name, one.part) for one in line.participants] == [
        ("Kommunerne ved fjorden", "deltager"),
        ("Sjællands Universitetshospital, Køge", "orienteres"),
    ]
    assert {"kommune:0259", "hospital:koege"} <= line.reached_units.keys()
    assert (line.milestones[0].title, line.last_update) == ("Første hold", "Godt i gang")
    assert card.decisions[0].item.name == "Kurset"
    (partnership,) = partnerships(dashboard)
    assert focus_areas(dashboard, partnership.id)[0].actions == ("holde kurser", "dele erfaringer")


def test_the_parties_of_the_reference_data_need_no_description(dashboard, written):
    load(dashboard, [written(FILE)])

    parties = {party.key: party for party in dashboard.exec(select(PartyRecord))}
    assert parties["kommune:0265"].name == "Roskilde Kommune"
    assert (parties["absalon"].kind, parties["absalon"].institution_id) == (
        "Uddannelsesinstitution",
        "absalon",
    )


def test_a_party_that_was_made_on_the_page_is_the_same_party(dashboard, written):
    ours = made(dashboard, PARTY, name="Roskilde Kommune", kind="Kommune", unit_key="kommune:0265")
    load(dashboard, [written(FILE)])

    group = dashboard.exec(select(PartyRecord).where(PartyRecord.key == "begge")).one()
    assert ours.id in open_record(dashboard, PARTY, group.id).form.members


def test_loading_again_changes_nothing(dashboard, written):
    load(dashboard, [written(FILE)])
    before = len(dashboard.exec(select(ChangeRecord)).all())
    report = load(dashboard, [written(FILE)])

    assert (report.added, report.changed, report.unchanged) == (0, 0, 13)
    assert len(dashboard.exec(select(ChangeRecord)).all()) == before


def test_a_changed_file_brings_the_store_up_to_it(dashboard, written):
    load(dashboard, [written(FILE)])
    report = load(dashboard, [written(FILE.replace('title = "Fælles kursus"', 'title = "Stort kursus"'))])

    assert (report.added, report.changed, report.unchanged) == (0, 1, 12)
    assert course(dashboard).title == "Stort kursus"


def test_what_people_have_changed_or_deleted_stays_as_they_have_it_and_is_told(dashboard, written):
    load(dashboard, [written(FILE)])
    opened = open_record(dashboard, INITIATIVE, course(dashboard).id)
    initiative_commands.close(dashboard, "Skolen", opened, TODAY)
    changed = FILE.replace('title = "Fælles kursus"', 'title = "Stort kursus"')

    assert load(dashboard, [written(changed)]).kept == ["Fælles kursus"]
    assert course(dashboard).closed_on == TODAY

    editing.delete(dashboard, "Skolen", open_record(dashboard, INITIATIVE, opened.id))
    report = load(dashboard, [written(changed)])
    assert "Beholdt, som det er skrevet i dashboardet: «Fælles kursus»" in list(report.lines())
    assert initiatives(dashboard, TODAY) == ()


def test_what_is_gone_from_the_file_stays(dashboard, written):
    load(dashboard, [written(FILE)])
    load(dashboard, [written('[partnership]\nkey = "fjord"\nname = "Praktik ved fjorden"\n')])

    assert [one.title for one in initiatives(dashboard, TODAY)] == ["Fælles kursus"]


def test_several_files_share_their_parties(dashboard, written):
    other = '[partnership]\nkey = "andet"\nname = "Et andet"\n[[initiatives]]\ntitle = "Sammen"\nresponsible = "begge"\n'
    load(dashboard, [written(other, "andet.toml"), written(FILE)])

    found = {one.title: one for one in initiatives(dashboard, TODAY)}
    assert found["Sammen"].responsible.name == "Kommunerne ved fjorden"


MISTAKES = [
    ('title = "Fælles kursus"\n', "", "fjord.toml, initiatives 1 (kursus), title: mangler."),
    ("due = 2026-10-01", 'due = "til sommer"', "fjord.toml, initiatives 1 (kursus), milestones 1, due: skal være en dato"),
    ("due = 2026-10-01", "frist = 2026-10-01", "initiatives 1 (kursus), milestones 1, frist: kendes ikke."),
    ('responsible = "absalon"', 'responsible = "absolon"', "responsible: «absolon» findes ikke. Mente du absalon?"),
    ('responsible = "absalon"', "responsible = 7", "responsible: «7» skal være en nøgle i anførselstegn."),
    ('responsible = "absalon"', "responsible_id = 1", "responsible: kendes ikke. Skriv responsible med en nøgle."),
    ('focus_areas = ["vejledning"]', 'focus_areas = ["vejledn"]', "focus_areas: «vejledn» findes ikke. Mente du vejledning?"),
    ('party = "begge", part', 'party = "alle", part', "participants: «alle» findes ikke."),
    ('part = "orienteres"', 'part = "kigger på"', 'participants: skal være "deltager", "ansvarlig" eller "orienteres".'),
    ('units = ["kommune:0265"]', 'units = ["kommune:9999"]', "units: «kommune:9999» findes ikke."),
    ('educations = ["sygeplejerske"]', 'educations = "sygeplejerske"', "educations: skal være en liste"),
    ("starts = 2026-01-01", 'starts = 2026-01-01\nstatus = "Sat i bero"', "initiatives 1 (kursus): en status"),
    ('yearly_from = "06-01"', 'yearly_from = "juni"', 'cycle 1, yearly_from: skal være måned og dag, fx "10-01"'),
    ("[[bodies]]", "[[organer]]", "fjord.toml, organer: kendes ikke."),
    ("[[agreements]]", "[agreements]", "fjord.toml, agreements: skal skrives som [[agreements]]."),
    ('key = "fjord"\n', "", 'fjord.toml: Tabellen [partnership] med key = "…" mangler.'),
    ('text = "Godt i gang"', 'text = "Ring til 010190-1234"', "updates 1, text: må ikke rumme cpr-numre"),
    ('key = "kursus"', 'key = "010190-1234"', "initiatives 1 ((personoplysning, vises ikke)), key: må ikke rumme cpr-numre"),
    ('key = "kursus"', 'key = "kur\u200bsus"', "key: må ikke have tegn, der ikke kan ses."),
    ('responsible = "absalon"', 'responsible = "010190-1234"', "responsible: «(personoplysning, vises ikke)» findes ikke."),
    ('title = "Kurset"', 'title = "Kurset"\nfigure = {title = "Svar", columns = ["Fra"], rows = [["anna@example.org"]]}', "figure: må ikke rumme cpr-numre"),
    ('title = "Kurset"', 'title = "Kurset', "Filen 'fjord.toml' kan ikke læses som TOML ved linje"),
]  # fmt: skip


@pytest.fixture
def new_store(made_in_sqlite: MadeStores, tmp_path: Path) -> str:
    """The address of a store of the test's own, with the reference data and nothing else."""
    copy = tmp_path / "dashboard.sqlite"
    shutil.copy(made_in_sqlite.dashboard_url.removeprefix("sqlite:///"), copy)
    return f"sqlite:///{copy}"


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_told_with_file_and_key_and_nothing_is_loaded(new_store, written, right, wrong, said):
    assert right in FILE

    def load_it() -> None:
        with writing(new_store) as session:
            load(session, [written(FILE.replace(right, wrong, 1))])

    with pytest.raises(ImportProblem) as problem:
        load_it()

    assert said in str(problem.value)
    with engines.looking(new_store, DASHBOARD) as session:
        assert session.exec(select(PartnershipRecord)).all() == []


def test_all_mistakes_are_told_at_once_and_what_hangs_on_them_is_not(dashboard, written):
    wrong = FILE.replace('title = "Fælles kursus"\n', "").replace('name = "Styregruppen"\n', "")

    with pytest.raises(ImportProblem) as problem:
        load(dashboard, [written(wrong)])

    lines = str(problem.value).splitlines()
    assert lines[0] == "Partnerskaberne er ikke indlæst, og intet er ændret:"
    assert "- fjord.toml, bodies 1 (styregruppe), name: mangler." in lines
    assert not any("milestones" in line for line in lines)


def test_the_same_key_twice_is_told(dashboard, written):
    twice = FILE + '[[cycle]]\nkey = "1"\nkind = "Møde"\ntitle = "Igen"\nyearly_from = "07-01"\n'

    with pytest.raises(ImportProblem, match=r"cycle 2 \(1\): nøglen bruges allerede i fjord\.toml, cycle 1"):
        load(dashboard, [written(twice)])


def test_a_file_that_is_not_there_is_told(dashboard, tmp_path):
    with pytest.raises(ImportProblem, match=r"Partnerskabsfilen 'ingen\.toml' findes ikke"):
        load(dashboard, [tmp_path / "ingen.toml"])


def test_a_merged_initiative_may_name_the_one_that_is_written_before_it(dashboard, written):
    merged = '[[initiatives]]\nkey = "lille"\ntitle = "Lille kursus"\nsuperseded_by = "kursus"\nclosed_on = 2026-05-01\n'
    load(dashboard, [written(FILE.replace("[[meetings]]", merged + "[[meetings]]"))])

    found = {one.title: one for one in initiatives(dashboard, date(2026, 11, 22))}
    assert found["Lille kursus"].status == "Afløst"


SAMPLE_FILE = FILE.replace("[partnership]", "[partnership]\nis_sample = true", 1)


def test_the_sample_s_partnerships_are_refused_beside_real_rounds(dashboard, written):
    load(dashboard, [written(SAMPLE_FILE)])

    with pytest.raises(StoreProblem, match=r"Rigtige runder \(student-2026\) .*\(Praktik ved fjorden\)"):
        refuse_sample_partnerships_beside(["student-2026"], dashboard)


def test_real_partnerships_and_real_rounds_belong_together(dashboard, written):
    assert load(dashboard, [written(FILE)]).added == 13

    refuse_sample_partnerships_beside(["student-2026"], dashboard)


def test_real_rounds_are_not_published_beside_the_sample_s_partnerships(confidential, dashboard, written):
    load(dashboard, [written(SAMPLE_FILE)])
    a_round = add_round(confidential)
    add_roskilde(confidential, a_round)
    a_round.is_sample = False

    with pytest.raises(StoreProblem, match=r"Rigtige runder \(student-2025\)"):
        releases.publish(confidential, dashboard)
    a_round.is_sample = True
    assert releases.publish(confidential, dashboard)


def test_the_sample_s_partnerships_that_somebody_has_deleted_are_in_nobody_s_way(dashboard, written):
    load(dashboard, [written(SAMPLE_FILE)])
    for partnership in dashboard.exec(select(PartnershipRecord)):
        editing.delete(dashboard, "Sekretariatet", open_record(dashboard, PARTNERSHIP, partnership.id))

    refuse_sample_partnerships_beside(["student-2026"], dashboard)
