"""Small rounds all the way through the application, each released in stores that are empty again afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import Session

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from tests.conftest import MadeStores, writing
from tests.disclosure.attacker import Shown
from tests.disclosure.small_rounds import SmallRound, release

Released = Callable[[SmallRound, int], tuple[Shown, ...]]


@pytest.fixture(scope="session")
def released(made_in_sqlite: MadeStores, tmp_path_factory: pytest.TempPathFactory) -> Released:
    """What the round shows once it has been imported and released for that least number of persons."""
    folder = tmp_path_factory.mktemp("released")
    return cache(lambda a_round, least_persons: _released(made_in_sqlite, folder, a_round, least_persons))


def _released(stores: MadeStores, folder: Path, a_round: SmallRound, least_persons: int) -> tuple[Shown, ...]:
    with empty_again(stores) as (confidential, dashboard):
        return tuple(release(confidential, dashboard, a_round, folder, least_persons))


@contextmanager
def empty_again(stores: MadeStores) -> Iterator[tuple[Session, Session]]:
    """Both stores to write in; afterwards they are as they were."""
    with (
        engines.writing(stores.confidential_url, CONFIDENTIAL) as confidential,
        writing(stores.dashboard_url) as dashboard,
    ):
        try:
            yield confidential, dashboard
        finally:
            confidential.rollback()
            dashboard.rollback()
