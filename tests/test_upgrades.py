"""Stores of earlier versions: brought up to this one with everything in them, or refused."""

from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, make_url, select, text
from sqlmodel import Session

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL, AnswerSheet
from data_access.dashboard.models import DASHBOARD, MembershipRecord, RoundComparison
from data_access.dashboard.partnership_tables import changes
from data_access.dashboard.partnership_tables.agreements import PartnershipForm, PartnershipRecord
from data_access.dashboard.partnership_tables.changes import ChangeRecord
from data_access.dashboard.scope import bind
from data_access.operations import upgrades
from data_access.operations.log_checks import log_findings
from data_access.partnerships.lists import showing
from data_access.partnerships.records import editing
from data_access.partnerships.records.kinds import DECISION, ITEM, MEETING, PARTNERSHIP
from data_access.partnerships.records.records import filled
from data_access.problems import MissingStoreProblem, StoreProblem
from indicators.rights import OPERATOR
from tests.conftest import writing
from tests.made_up import add_roskilde, add_round

FIRST = "e46318ebcd743606"
FIRST_CONFIDENTIAL = "f93303d243a5bdbf"
SIGNING_IN = ("sign_in", "role_grant", "invitation", "account", "reading_link")
SINCE_THE_FIRST = ("decision_draft", "showing", "round_comparison", *SIGNING_IN)
COLUMNS_SINCE = (
    *(("release", "groups"), ("release", "withdrawn_at"), ("release", "promises")),
    *(("published_round", "contents_id"), ("published_round", "checksum"), ("published_round", "first_year")),
    *(("membership", "group_from"), ("membership", "group_to"), ("published_figure", "withheld")),
    *(("change", "account_id"), ("change", "seals"), ("change", "chain")),
)
INDEX_SINCE = "ix_change_kind_record_id"


def tables_of_the_first() -> MetaData:
    """The tables as the first version had them."""
    tables = MetaData(info=DASHBOARD.info)
    for table in DASHBOARD.sorted_tables:
        if table.name not in SINCE_THE_FIRST:
            new = {column for of_table, column in COLUMNS_SINCE if of_table == table.name}
            columns = [column._copy() for column in table.columns if column.name not in new]
            Table(table.name, tables, *columns)
    return tables


@pytest.fixture(params=[DASHBOARD, CONFIDENTIAL], ids=["dashboard", "confidential"])
def tables(request: pytest.FixtureRequest) -> MetaData:
    """The tables of each store."""
    return request.param


@pytest.fixture
def first_store(store_url: str) -> str:
    """A store as the first version made it, in which somebody has written."""
    with writing(store_url) as session:
        editing.create(session, "Sekretariatet", PARTNERSHIP, PartnershipForm(name="Samarbejdet på Fyn"))
        for name in SINCE_THE_FIRST:
            DASHBOARD.tables[name].drop(session.connection())
        session.execute(text(f"DROP INDEX {INDEX_SINCE}"))
        for table, column in COLUMNS_SINCE:
            session.execute(text(f'ALTER TABLE "{table}" DROP COLUMN "{column}"'))
        engines.note(session, DASHBOARD, engines.SHAPE, FIRST)
    return store_url


def as_at_first(session: Session) -> None:
    """The confidential store without what has come since."""
    CONFIDENTIAL.tables["released_contents"].drop(session.connection())
    session.execute(text("ALTER TABLE round DROP COLUMN wording"))
    engines.note(session, CONFIDENTIAL, engines.SHAPE, FIRST_CONFIDENTIAL)


@pytest.fixture
def first_confidential_store(store_url: str) -> str:
    """A store of answers from before releases kept what they were decided on."""
    with engines.writing(store_url, CONFIDENTIAL) as session:
        add_roskilde(session, add_round(session))
        as_at_first(session)
    return store_url


KEPT = {"title": "8675309 havde tid", "selection": "Alle enheder", "release": 1, "rows": [["Tid", 8_675_309]]}


def test_the_log_of_an_earlier_version_is_chained_as_it_stands_and_its_figures_are_salted(store_url):
    with writing(store_url) as session:
        partnership = editing.create(
            session, "Sekretariatet", PARTNERSHIP, PartnershipForm(name="Samarbejdet på Fyn")
        )
        values = {"partnership_id": partnership.id, "text": "Et kursus", "decided_on": "2026-12-01"}
        editing.create(session, "Sekretariatet", DECISION, filled(DECISION, {**values, "figure": KEPT}))
        with changes.open_log(session):  # two who wrote at once, long ago
            session.execute(text("UPDATE change SET at = '2026-01-02 10:00:00' WHERE id = 1"))
            session.execute(text("UPDATE change SET at = '2026-01-02 09:59:59' WHERE id = 2"))
        lines = [
            line.model_dump(exclude={"seals", "chain"}) for line in session.scalars(select(ChangeRecord))
        ]
        before_the_chain(session)

    upgrades.upgrade(store_url, DASHBOARD)

    with engines.reading(store_url, DASHBOARD) as session:
        now = session.scalars(select(ChangeRecord).order_by(ChangeRecord.id)).all()
        assert [line.model_dump(exclude={"seals", "chain"}) for line in now[:2]] == lines
        assert [list(line.seals or {}) for line in now] == [[], ["after"], []]
        assert (now[2].action, now[2].after) == ("kædet sammen", {"lines": 2})
        found = list(log_findings(session))
        assert [line for in_order, line in found if not in_order] == []
        assert any("(linje 1-2 siden de blev kædet sammen)" in line for _, line in found)
    with writing(store_url) as session:
        editing.create(session, "Sekretariatet", PARTNERSHIP, PartnershipForm(name="Samarbejdet på Møn"))
        assert all(in_order for in_order, _ in log_findings(session))


def test_an_empty_log_of_an_earlier_version_stays_empty(store_url):
    with writing(store_url) as session:
        before_the_chain(session)

    upgrades.upgrade(store_url, DASHBOARD)

    with engines.reading(store_url, DASHBOARD) as session:
        assert session.scalars(select(ChangeRecord)).all() == []


def before_signing_in(session: Session) -> None:
    """The store as it was when nobody could sign in, and a draft was everybody's."""
    for name in (*SIGNING_IN, "decision_draft"):
        DASHBOARD.tables[name].drop(session.connection())
    session.execute(
        text(
            "CREATE TABLE decision_draft (item_id INTEGER NOT NULL PRIMARY KEY REFERENCES agenda_item (id), "
            "typed JSON NOT NULL)"
        )
    )
    engines.note(session, DASHBOARD, engines.SHAPE, "a5f10285ec0c0635")


def test_a_draft_of_an_earlier_version_is_now_of_whose_machine_it_is(store_url):
    with writing(store_url) as session:
        made = partial(editing.create, session, "Sekretariatet")
        partnership = made(PARTNERSHIP, PartnershipForm(name="Samarbejdet på Fyn")).id
        meeting = {"partnership_id": partnership, "title": "Møde", "held_on": "2026-12-01"}
        meeting_id = made(MEETING, filled(MEETING, meeting)).id
        item = made(ITEM, filled(ITEM, {"meeting_id": meeting_id, "title": "Punkt"})).id
        before_signing_in(session)
        draft = {"item": item, "typed": '{"text": "Vi begynder"}'}
        session.execute(text("INSERT INTO decision_draft VALUES (:item, :typed)"), draft)

    upgrades.upgrade(store_url, DASHBOARD)

    with engines.reading(store_url, DASHBOARD) as session:
        bind(session, OPERATOR)
        assert showing.draft(session, item) == {"text": "Vi begynder"}
        assert differences(session) == []


def before_the_chain(session: Session) -> None:
    """The store as it was before the lines of the log were chained."""
    before_signing_in(session)
    session.execute(text(f"DROP INDEX {INDEX_SINCE}"))
    for table, column in COLUMNS_SINCE:
        if table == "change":
            session.execute(text(f'ALTER TABLE "{table}" DROP COLUMN "{column}"'))
    engines.note(session, DASHBOARD, engines.SHAPE, "350eb856f21a47ba")


def differences(session: Session, tables: MetaData = DASHBOARD) -> list:
    """Between the database and the tables that the program expects."""
    return compare_metadata(MigrationContext.configure(session.connection()), tables)


def test_the_newest_step_leads_to_the_tables_as_they_are(tables):
    assert upgrades.scripts(tables).get_heads() == [engines.shape(tables)]


def test_the_first_shape_is_the_tables_without_those_that_came_later():
    assert engines.shape(tables_of_the_first()) == FIRST


def test_answers_of_an_earlier_version_are_brought_along(first_confidential_store):
    upgrades.upgrade(first_confidential_store, CONFIDENTIAL)

    with engines.writing(first_confidential_store, CONFIDENTIAL) as session:
        assert differences(session, CONFIDENTIAL) == []
        assert len(session.scalars(select(AnswerSheet)).all()) == 12


def test_a_copy_is_open_to_no_more_people_than_the_store(tmp_path):
    url = f"sqlite:///{tmp_path}/confidential.sqlite"
    with engines.writing(url, CONFIDENTIAL) as session:
        as_at_first(session)

    assert upgrades.upgrade(url, CONFIDENTIAL).stat().st_mode & 0o777 == 0o600


def test_groups_stay_as_they_were_and_rounds_that_were_compared_count_as_compared(first_store):
    with engines.as_it_is(first_store, DASHBOARD) as session:
        for statement in OLD_RELEASE.split(";"):
            session.execute(text(statement))

    upgrades.upgrade(first_store, DASHBOARD)

    with engines.reading(first_store, DASHBOARD) as session:
        (membership,) = session.scalars(select(MembershipRecord)).all()
        assert (membership.group_from, membership.group_to) == (None, date(2026, 12, 31))
        (compared,) = session.scalars(select(RoundComparison)).all()
        assert (compared.earlier_round_id, compared.later_round_id, compared.checksum) == (1, 2, None)


OLD_RELEASE = """
INSERT INTO unit (key, kind, name, position) VALUES ('kommune:0265', 'kommune', 'Roskilde', 1);
INSERT INTO unit (key, kind, name, position, valid_to) VALUES ('klynge:x', 'klynge', 'X', 2, '2026-12-31');
INSERT INTO membership (member, "group") VALUES ('kommune:0265', 'klynge:x');
INSERT INTO published_round (id, round_id, survey_id, year, questionnaire, source, is_sample)
VALUES (1, 'student-2024', 'student', 2024, '{}', 'x', true), (2, 'student-2025', 'student', 2025, '{}', 'x', true);
INSERT INTO published_cell (id, published_round_id, unit_key, education_id, institution_id)
VALUES (7, 2, 'alle', 'alle', 'alle');
INSERT INTO published_change (cell_id, about, earlier_round_id, change, difference, low, high)
VALUES (7, 'S01', 1, 'Steget', 0.1, 0.05, 0.15)
"""


def test_an_earlier_store_is_refused_until_it_is_brought_up_and_keeps_what_was_written(first_store):
    with pytest.raises(StoreProblem, match=r"manage\.py upgrade"), engines.reading(first_store, DASHBOARD):
        pass

    upgrades.upgrade(first_store, DASHBOARD)

    with writing(first_store) as session:
        assert differences(session) == []
        assert session.scalars(select(PartnershipRecord.name)).all() == ["Samarbejdet på Fyn"]


def test_a_copy_of_the_file_is_taken_first_and_holds_the_same(first_store):
    copy = upgrades.upgrade(first_store, DASHBOARD)

    if engines.file_of(make_url(first_store)) is None:
        assert copy is None
    else:
        assert upgrades.upgrade(f"sqlite:///{copy}", DASHBOARD) is not None
        with engines.reading(f"sqlite:///{copy}", DASHBOARD) as session:
            assert session.scalars(select(PartnershipRecord.name)).all() == ["Samarbejdet på Fyn"]


def test_a_step_that_fails_leaves_the_store_as_it_was(first_store, monkeypatch):
    *earlier, newest = upgrades._steps(DASHBOARD, FIRST)

    def fails_at_the_end() -> None:
        newest.module.upgrade()
        raise RuntimeError("the disk is gone")

    failing = SimpleNamespace(revision="none", module=SimpleNamespace(upgrade=fails_at_the_end))
    with monkeypatch.context() as while_it_fails:
        while_it_fails.setattr(upgrades, "_steps", lambda _tables, _was: [*earlier, failing])
        with pytest.raises(RuntimeError, match="the disk is gone"):
            upgrades.upgrade(first_store, DASHBOARD)

    with engines.as_it_is(first_store, DASHBOARD) as session:
        assert engines.fact(session, DASHBOARD, engines.SHAPE) == FIRST
    upgrades.upgrade(first_store, DASHBOARD)


def test_a_store_of_this_version_is_left_alone(store_url, tmp_path, tables):
    with engines.writing(store_url, tables):
        pass
    before = list(tmp_path.iterdir())

    assert upgrades.upgrade(store_url, tables) is None
    assert list(tmp_path.iterdir()) == before


def test_a_store_of_an_unknown_version_is_not_touched(store_url, tables):
    with engines.writing(store_url, tables) as session:
        engines.note(session, tables, engines.SHAPE, "of tomorrow")

    with pytest.raises(StoreProblem, match="ikke kender"):
        upgrades.upgrade(store_url, tables)


def test_there_must_be_a_store(tmp_path: Path, tables):
    with pytest.raises(MissingStoreProblem):
        upgrades.upgrade(f"sqlite:///{tmp_path}/none.sqlite", tables)
