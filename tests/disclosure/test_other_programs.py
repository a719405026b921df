"""Held up against programs of others: Tau-Argus' primary suppression, and linear programming as an attack."""

import numpy as np
import pytest

from indicators.disclosure import System, audit, choose
from tests.disclosure.small_systems import crossed_system, small_round

pytestmark = pytest.mark.slow

PLACES, EDUCATIONS = 5, 6


def two_way_table(seed: int) -> System:
    """Municipality x education with both margins; nobody recurs."""
    return crossed_system((PLACES, EDUCATIONS, 1), [], small_round(seed, recurring=0).persons)


@pytest.fixture
def tau_argus(tmp_path, monkeypatch):
    """Tau-Argus leaves its logs in the working directory."""
    monkeypatch.chdir(tmp_path)
    return tau_argus_table


def tau_argus_table(system: System):
    """The same table by Tau-Argus; status S is shown, U primarily and M secondarily hidden."""
    protect = pytest.importorskip("pytauargus").protect
    people = [
        {"place": f"P{group // EDUCATIONS}", "education": f"E{group % EDUCATIONS}", "value": 1.0}
        for group, size in enumerate(system.persons.alone)
        for _ in range(size)
    ]
    result = protect(people, ["place", "education"], "value", "FREQ(5,0)", "OPT(1)", workdir="run")
    table = result.tables[0].dataframe()
    return table[table["freq"].astype(int) > 0]


def system_of(table, system: System) -> System:
    """Tau-Argus' lines as cells, in its order."""
    grid = np.arange(PLACES * EDUCATIONS).reshape(PLACES, EDUCATIONS)
    members = [
        grid[_part(place)][..., _part(education)].ravel()
        for place, education in zip(table["place"], table["education"], strict=True)
    ]
    index = np.repeat(np.arange(len(members)), [len(some) for some in members])
    crossed = np.zeros(len(members), dtype=np.int64)
    return System(index, np.concatenate(members), crossed, system.persons, np.ones(len(members), dtype=bool))


def _part(name: str) -> slice:
    return slice(None) if name == "Total" else slice(int(name[1:]), int(name[1:]) + 1)


@pytest.mark.parametrize("seed", range(10))
def test_tau_argus_finds_the_same_cells_too_small(seed, tau_argus):
    plain = two_way_table(seed)
    table = tau_argus(plain)

    too_small = system_of(table, plain).persons_by_cell < 5

    assert (too_small == (table["status"] == "U").to_numpy()).all()


def test_the_least_suppression_of_tau_argus_gives_small_groups_away(tau_argus):
    plain = two_way_table(0)
    table = tau_argus(plain)
    system = system_of(table, plain)

    found = audit(system.rows((table["status"] == "S").to_numpy()), system.persons, 5)

    assert found.derivable_groups_below_k > 0
    assert audit(system.rows(choose(system, 5)), system.persons, 5).clean


@pytest.mark.parametrize("seed", range(10))
def test_no_hidden_cell_is_determined_by_counts_that_cannot_be_negative(seed):
    linprog = pytest.importorskip("scipy.optimize").linprog
    system = two_way_table(seed)
    rows = system.rows(choose(system, 5))
    sums = np.zeros((len(rows), PLACES * EDUCATIONS))
    sums[np.repeat(np.arange(len(rows)), rows.lengths), rows.group] = 1
    size = system.persons.by_group

    for group in np.flatnonzero((size > 0) & (size < 5)):
        goal = np.zeros(len(size))
        goal[group] = 1
        limits = [(0, None if known else 0) for known in size]
        least, most = (
            linprog(sign * goal, A_eq=sums, b_eq=sums @ size, bounds=limits).fun * sign for sign in (1, -1)
        )
        assert most - least >= 1
