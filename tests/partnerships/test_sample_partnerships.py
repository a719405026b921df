"""The five partnerships of the sample are all there, complete, and name nobody."""

import re
import tomllib
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from shutil import copy

import pytest
from sqlmodel import Session, func, select

from data_access.dashboard import store
from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord
from data_access.operations.sample import PARTNERSHIPS
from data_access.partnerships.files.loading import load
from data_access.partnerships.lists.agreements import (
    Partnership,
    agreements,
    bodies,
    focus_areas,
    focus_points,
    partnerships,
)
from data_access.partnerships.lists.cycle import annual_cycle
from data_access.partnerships.lists.initiatives import effects, initiatives
from data_access.partnerships.lists.measurements import criteria, trends
from data_access.partnerships.lists.meetings import agenda, left_open, meetings
from data_access.partnerships.records import initiative_commands
from data_access.partnerships.records.kinds import INITIATIVE, PARTY
from data_access.partnerships.records.records import open_record
from data_access.publishing.releases import restore
from indicators.partnership.agreement import AgreementStatus
from indicators.partnership.criterion import Outcome
from indicators.partnership.initiative import InitiativeStatus
from indicators.rights import OPERATOR
from views.meeting.items import current_figure, is_view

TODAY = date(2026, 11, 22)
FILES = sorted(PARTNERSHIPS.glob("*.toml"))
QUESTIONNAIRES = PARTNERSHIPS.parent / "questionnaires"


@pytest.fixture(scope="module")
def session(sample_stores) -> Session:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", sample_stores.dashboard_url)
        with store.reading(OPERATOR) as opened:
            yield opened


def partnership(session: Session, short_name: str) -> Partnership:
    return next(one for one in partnerships(session) if one.short_name == short_name)


def test_every_record_of_every_file_is_in_the_store(session):
    for path in FILES:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        prefix = f"{written['partnership']['key']}/%"
        query = select(func.count()).where(InitiativeRecord.key.like(prefix))
        assert session.exec(query).one() == len(written["initiatives"]), path.name


def test_all_five_partnerships_are_there_and_marked_as_sample(session):
    found = partnerships(session)

    assert [one.short_name for one in found] == [
        "Absalon og Roskilde",
        "Sammen om Velfærd",
        "Samskabelse Midtjylland",
        "SPU",
        "Kompetenceudvikling Syddanmark",
    ]
    assert all(one.is_sample and one.source and one.purpose for one in found)


def test_the_common_ground_of_2015_has_four_focus_areas_its_fora_and_yearly_follow_up(session):
    one = partnership(session, "Samskabelse Midtjylland")

    areas = focus_areas(session, one.id)
    assert len(areas) == 4
    assert all(area.challenge and area.goal and len(area.actions) >= 2 for area in areas)
    assert len(bodies(session, one.id)) == 10
    (agreement,) = agreements(session, TODAY, one.id)
    assert len(agreement.parties) == 4
    assert "hvert år" in agreement.follow_up
    assert (agreement.period.ends, agreement.status) == (None, AgreementStatus.IN_FORCE)


def test_the_agreement_of_southern_denmark_has_period_groups_areas_and_notice(session):
    one = partnership(session, "Kompetenceudvikling Syddanmark")
    (agreement,) = agreements(session, date(2018, 11, 1), one.id)

    assert (agreement.period.starts, agreement.period.ends) == (date(2016, 1, 1), date(2020, 12, 31))
    assert (agreement.next_deadline.by, agreement.next_deadline.effect) == (
        date(2019, 10, 1),
        date(2020, 1, 1),
    )
    assert len(agreement.parties) == 5
    assert len(focus_areas(session, one.id)) == 6
    assert (agreement.meetings_a_year, bool(agreement.financing)) == (1, True)
    group = session.exec(select(PartyRecord).where(PartyRecord.key == "syddanske-kommuner")).one()
    assert len(open_party(session, group.id)) == 22
    assert "Opsigelsesfrist" in {
        entry.kind for month in annual_cycle(session, date(2018, 1, 1), one.id) for entry in month.entries
    }


def open_party(session: Session, party_id: int) -> tuple[int, ...]:
    return open_record(session, PARTY, party_id).form.members


def test_absalon_and_roskilde_have_focus_points_by_year_and_two_meetings_a_year(session):
    one = partnership(session, "Absalon og Roskilde")

    assert [point.year for point in focus_points(session, one.id)] == [2021, 2021, 2021, 2022, 2022]
    (agreement,) = agreements(session, TODAY, one.id)
    assert (agreement.status, agreement.meetings_a_year) == (AgreementStatus.EXPIRED, 2)
    assert "på skift" in bodies(session, one.id)[0].cadence


def test_sammen_om_velfaerd_has_its_action_plan_with_participation_by_initiative_and_derived_effects(session):
    one = partnership(session, "Sammen om Velfærd")

    found = [line for line in initiatives(session, TODAY) if line.partnership.id == one.id]
    assert len(found) == 5
    assert len({line.participants for line in found}) == 5
    assert [effect.kind for effect in effects(session, one.id)] == ["Afledt effekt"] * 3 + ["Eksempel"]
    assert len(focus_areas(session, one.id)) == 4


def test_spu_has_a_lively_board(session):
    one = partnership(session, "SPU")
    found = [line for line in initiatives(session, TODAY) if line.partnership.id == one.id]
    statuses = [line.status for line in found]

    assert len(found) >= 12
    assert statuses.count(InitiativeStatus.LATE) >= 2
    assert statuses.count(InitiativeStatus.UNDER_WAY) >= 4
    assert {
        InitiativeStatus.DONE,
        InitiativeStatus.PLANNED,
        InitiativeStatus.PAUSED,
        InitiativeStatus.REPLACED,
    } <= set(statuses)
    assert sum(line.freshness.is_stale for line in found) >= 2
    assert any(line.status is not line.assessment.computed and line.assessment.because for line in found)


def test_spu_s_initiatives_are_linked_to_questions_that_the_sample_asks(session):
    asked = {
        question["id"]
        for path in QUESTIONNAIRES.glob("s*.toml")
        for question in tomllib.loads(path.read_text(encoding="utf-8"))["questions"]
    }
    found = initiatives(session, TODAY)
    linked = {one.question for line in found for one in line.questions}

    assert len(linked) >= 8
    assert linked <= asked
    helsingoer = next(line for line in found if "Helsingør" in line.title)
    years = [one.year for one in trends(session, helsingoer)[0].series.measurements]
    assert years == [2022, 2023, 2024, 2025]


def test_the_criteria_of_the_sample_show_every_outcome(session):
    outcomes = {one.evaluation.outcome for one in criteria(session, TODAY)}
    reasons = " ".join(one.evaluation.because for one in criteria(session, TODAY))

    assert outcomes == set(Outcome)
    assert "Databrud i 2024" in reasons
    assert "Skjult af hensyn til anonymitet" in reasons


def test_the_meeting_of_8_december_2025_has_its_agenda_points_and_decisions(session):
    one = partnership(session, "SPU")
    held = next(line for line in meetings(session, one.id) if line.held_on == date(2025, 12, 8))

    items = agenda(session, TODAY, held.id)
    assert (held.starts_at, held.ends_at, len(items)) == ("13.30", "15.00", 7)
    assert sum(len(item.points) for item in items) >= 15
    assert sum(len(item.decisions) for item in items) == 3
    assert {item.kind for item in items} == {"Orientering", "Drøftelse", "Beslutning"}
    assert left_open(session, TODAY, one.id, date.max)[0].is_overdue


def test_the_frozen_figures_of_held_meetings_are_those_of_the_first_release(session, monkeypatch, tmp_path):
    url = session.get_bind().engine.url
    copy(url.database, tmp_path / "as_it_was.sqlite")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/as_it_was.sqlite")
    held = [one for one in meetings(session, partnership(session, "SPU").id) if one.held_on < TODAY]
    items = [item for one in held for item in agenda(session, TODAY, one.id)]
    views = [item for item in items if is_view(item)]
    today = [current_figure(item) for item in views]
    with store.writing(OPERATOR) as then:
        restore(then, 1)

    found = [current_figure(item) for item in views]

    assert {one.status for one in held} == {"Afsluttet"}
    assert len(views) == 3
    for item, real in zip(views, found, strict=True):
        assert written(item.figure) == written(real)
        assert all(made.figure == item.figure for made in item.decisions)
    assert [written(one)["rows"] == written(now)["rows"] for one, now in zip(found, today, strict=True)] == [
        False,
        True,
        True,
    ]


def written(figure: dict) -> dict:
    """As a file can hold it: shares to four decimals, and nothing as an empty text."""
    rows = [[round(cell, 4) if isinstance(cell, float) else cell for cell in row] for row in figure["rows"]]
    return {**figure, "rows": [["" if cell is None else cell for cell in row] for row in rows]}


def test_the_coming_expansion_is_an_agreement_ahead_and_in_the_cycle(session):
    one = partnership(session, "SPU")
    ahead = next(
        agreement
        for agreement in agreements(session, TODAY, one.id)
        if agreement.status is AgreementStatus.COMING
    )

    assert {"Region Østdanmark", "SOSU H"} <= {party.name for party in ahead.parties}
    january = annual_cycle(session, date(2027, 1, 1), one.id)[0]
    assert "Region Østdanmark og de 17 sundhedsråd begynder" in [entry.title for entry in january.entries]


# The names in the source documents, as sha256 of "first last" so that they do not stand here either.
NAMES = frozenset(
    [
        "f9d4210bd1b14675",
        "fd30033abfcdf808",
        "be22dc04fdcf5d4b",
        "fb8e0cb71e095fdd",
        "974796179215e955",
        "74ac36ac4d34e7ef",
        "f33fd2ec74721541",
        "8f39a78945ce7eab",
        "90f0b5ab68a3fc36",
        "35741d06ce560651",
        "65b5fa46aebf0233",
        "b0daeb3a8e28592e",
        "870114a59d90da7d",
        "dcfb8c905187ba58",
        "b2943e06075459a0",
        "9d7a74b3f974aea4",
        "1da210e408f2b9e5",
        "28f05f528739bc72",
        "56c010780eb2400c",
        "d31cbc689bb9a07c",
        "3217c29bba22e4fc",
        "4c52a50dac943952",
        "71d8b839eb46fa01",
        "3334ce96d9523ff1",
        "fe70107367584de0",
        "7e96c8cc7ab4e3f2",
        "f3edb276b41845f2",
        "fe78dad8e8d67fd6",
        "40452c6542aeb25a",
        "60f0adcbd9a0e3dc",
        "accf36500d2d203e",
        "a175c659819deb7e",
        "7c1a517d0218974a",
        "c4897dfceb0de7e7",
        "88b8277527cdddcd",
        "6e2dfcdab1303b53",
    ]
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_person_of_the_source_documents_is_named(path: Path):
    words = re.findall(r"\w+", path.read_text(encoding="utf-8"))
    pairs = {f"{first} {second}" for first, second in pairwise(words)}

    assert not {pair for pair in pairs if sha256(pair.casefold().encode()).hexdigest()[:16] in NAMES}


def test_loading_the_sample_again_keeps_what_a_reader_has_tried_out(session, tmp_path, monkeypatch):
    url = session.get_bind().engine.url
    copy(url.database, tmp_path / "tried.sqlite")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/tried.sqlite")
    with store.writing(OPERATOR) as tried:
        one = tried.exec(select(InitiativeRecord).where(InitiativeRecord.key == "spu/svarprocent")).one()
        initiative_commands.close(tried, "En læser", open_record(tried, INITIATIVE, one.id), TODAY)
        report = load(tried, FILES)

    assert (report.added, report.changed) == (0, 0)
    assert report.kept == ["Flere svar i målingerne"]
