"""The proof, through the application's own doors: what can be asked for, added up, and what a fault does."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from sqlmodel import Session, select

from data_access.confidential.models import Round
from data_access.confidential.released_contents import basis_of
from data_access.dashboard import queries
from data_access.dashboard.models import PublishedCell, PublishedFigure, Release
from data_access.problems import ReleaseProblem
from data_access.publishing import deciding, releases
from data_access.publishing.releases import audit_round
from indicators.disclosure import System, SystemRows, audit
from indicators.disclosure.history import Systems, of_question
from indicators.figure import State
from indicators.selection import (
    ALL_EDUCATIONS,
    ALL_INSTITUTIONS,
    COMPARED_WITH_EVERYONE_ELSE,
    Option,
    Selection,
    Years,
)
from tests.disclosure.small_systems import brute_force
from tests.made_up import MUCH, QUESTIONNAIRE, SOME, add_round, add_sheets
from views.documents.files.workbook import written
from views.subjects.distribution.distribution import section
from views.subjects.distribution.report import distribution

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)]

PLACES = ["kommune:0265", "kommune:0259", "kommune:0253", "kommune:0316", "hospital:koege"]
EDUCATIONS = ["sygeplejerske", "socialraadgiver", "paedagog"]
INSTITUTIONS = ["absalon", "kp"]
STUDENTS = Option("student", "Studerendes praktikevaluering")


def add_small_round(session: Session, seed: int) -> Round:
    """80-160 sheets at five places; some students answer twice."""
    rng = np.random.default_rng(seed)
    a_round = add_round(session)
    groups = list(product(PLACES, EDUCATIONS, INSTITUTIONS))
    weights = rng.lognormal(0, 1, len(groups))
    for sheet, group in enumerate(
        rng.choice(len(groups), int(rng.integers(80, 161)), p=weights / weights.sum())
    ):
        place, education, institution = groups[group]
        answers = {"S01": int(rng.choice([MUCH, SOME])), "S02": MUCH}
        person = {"person": f"student {sheet // 2}"} if sheet < 12 else {}
        add_sheets(session, a_round, place, answers, education=education, institution=institution, **person)
    return a_round


def system_of(confidential: Session, dashboard: Session, a_round: Round) -> tuple[System, dict]:
    """The round as the audit sees question S01, and the finest groups of each cell."""
    basis = basis_of(confidential, a_round, queries.memberships(dashboard))
    systems = Systems.of(basis.contents, basis.units_of)
    table, number = systems.table, of_question(QUESTIONNAIRE.question("S01"), QUESTIONNAIRE, "n")
    system = systems.system(number, np.ones(len(table.cells), dtype=bool))
    groups: dict = {}
    for cell, group in zip(table.cell_index.tolist(), table.group_index.tolist(), strict=True):
        groups.setdefault(table.cells[cell], []).append(group)
    return system, {(cell.unit, cell.education, cell.institution): found for cell, found in groups.items()}


def units(dashboard: Session, groups: dict) -> list[Option]:
    """Those of the interface's that somebody has answered about."""
    answered_about = {unit for unit, _education, _institution in groups}
    choices = queries.choices(dashboard, queries.release_in_force(dashboard), "student")
    return [unit for unit in choices.units if unit.key in answered_about]


def everything_shown(dashboard: Session, groups: dict, elsewhere: bool = False) -> list[dict[int, int]]:
    """Every number of S01 that any selection of the interface shows, as weights of finest groups.

    Also, if asked for, that of the many units that nobody has answered about.
    """
    choices = queries.choices(dashboard, queries.release_in_force(dashboard), "student")
    shown = []
    for unit, education, institution in product(
        choices.units if elsewhere else units(dashboard, groups),
        (ALL_EDUCATIONS, *choices.educations),
        (ALL_INSTITUTIONS, *choices.institutions),
    ):
        chosen = Selection(STUDENTS, 2025, unit, education, institution, COMPARED_WITH_EVERYONE_ELSE)
        table = distribution(dashboard, chosen)
        row = next(row for row in table.rows if row.question.id == "S01")
        own = Counter(groups.get((unit.key, education.key, institution.key), []))
        everyone = Counter(groups.get(("alle", education.key, institution.key), []))
        if row.figure.state is State.SHOWN:
            shown.append(dict(own))
        if table.selection.compares and row.benchmark.state is State.SHOWN:
            shown.append(dict(everyone - own))
    return shown


@pytest.mark.parametrize("seed", range(10))
def test_from_everything_the_interface_offers_no_small_group_can_be_derived(confidential, dashboard, seed):
    a_round = add_small_round(confidential, seed)
    releases.publish(confidential, dashboard)
    system, groups = system_of(confidential, dashboard, a_round)
    shown = everything_shown(dashboard, groups, elsewhere=seed == 0)

    found = audit(SystemRows.weighted(shown), system.persons, 5)

    assert len(shown) > 10
    assert found.offending == ()
    assert found.smallest_derivable_group >= 5


def test_brute_force_over_the_cells_shown_finds_no_small_group_either(confidential, dashboard):
    a_round = add_small_round(confidential, 1)
    releases.publish(confidential, dashboard)
    system, groups = system_of(confidential, dashboard, a_round)
    shown = everything_shown(dashboard, groups)

    assert brute_force(SystemRows.weighted(shown), system.persons, 5) == {}


def only_small_cells_hidden(systems, least_persons):
    return [system.offered & (system.persons_by_cell >= least_persons) for system in systems]


def test_a_release_that_skips_secondary_hiding_is_refused_and_changes_nothing(
    confidential, dashboard, monkeypatch
):
    add_small_round(confidential, 2)
    first = releases.publish(confidential, dashboard)
    monkeypatch.setattr(deciding, "one_by_one", only_small_cells_hidden)

    with (
        pytest.raises(ReleaseProblem, match="Udgivelsen er afvist, og intet er ændret"),
        dashboard.begin_nested(),
    ):
        releases.publish(confidential, dashboard)

    assert releases.in_force(dashboard).number == first.number
    assert [one.number for one in dashboard.exec(select(Release))] == [first.number]


def test_a_release_that_is_interrupted_leaves_the_one_before_in_force(confidential, dashboard):
    add_small_round(confidential, 2)
    first = releases.publish(confidential, dashboard)

    def interrupt(_done: float, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), dashboard.begin_nested():
        releases.publish(confidential, dashboard, progress=interrupt)

    assert releases.in_force(dashboard).number == first.number


def published_small_round(confidential: Session, dashboard: Session, seed: int):
    a_round = add_small_round(confidential, seed)
    releases.publish(confidential, dashboard)
    published = queries.rounds(dashboard, queries.release_in_force(dashboard), "student", Years(2025)).now
    return a_round, published


def test_one_figure_of_four_persons_let_through_is_found(confidential, dashboard):
    a_round, published = published_small_round(confidential, dashboard, 3)
    assert audit_round(confidential, dashboard, published, 5).derivable_groups_below_k == 0
    system, groups = system_of(confidential, dashboard, a_round)
    key = next(key for key, members in groups.items() if 0 < system.persons.among(members) < 5)
    cell = dashboard.exec(
        select(PublishedCell).where(
            PublishedCell.published_round_id == published.id,
            PublishedCell.unit_key == key[0],
            PublishedCell.education_id == key[1],
            PublishedCell.institution_id == key[2],
        )
    ).one()
    dashboard.merge(PublishedFigure(cell_id=cell.id, question_id="S01", n=4, favourable=2, persons=4))
    dashboard.flush()

    assert audit_round(confidential, dashboard, published, 5).derivable_groups_below_k > 0


def test_a_cell_of_a_filter_that_the_release_does_not_know_is_refused(confidential, dashboard):
    _, published = published_small_round(confidential, dashboard, 4)
    dashboard.add(
        PublishedCell(
            published_round_id=published.id,
            unit_key="periode:foraar",
            education_id="alle",
            institution_id="alle",
            answers=50,
        )
    )
    dashboard.flush()

    with pytest.raises(ReleaseProblem, match="ikke er i de svar, den er lavet af"):
        audit_round(confidential, dashboard, published, 5)


def test_every_number_in_every_workbook_is_one_that_the_release_shows(confidential, dashboard):
    from io import BytesIO

    import pandas as pd

    a_round, _ = published_small_round(confidential, dashboard, 5)
    _, groups = system_of(confidential, dashboard, a_round)
    figures = {
        (row.n, row.favourable) for row in dashboard.exec(select(PublishedFigure)) if row.n is not None
    }
    for unit in units(dashboard, groups):
        file = written([section(distribution(dashboard, Selection(STUDENTS, 2025, unit)))])
        data = pd.read_excel(BytesIO(file), sheet_name="Data")
        own = data[(data["Enhed"] == unit.name) & data["Antal svar"].notna()]
        for n, favourable in own[["Antal svar", "Antal enige"]].itertuples(index=False):
            assert (n, None if pd.isna(favourable) else favourable) in figures
