"""What somebody has typed never reaches the server's log, not even in the traceback of a defect."""

import io
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from streamlit.testing.v1 import AppTest

from data_access import engines
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard.models import DASHBOARD
from data_access.problems import EditProblem, StoreProblem
from views.chrome import defects

TYPED = "Anna har ringet om 010190-1234"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a server that has started writes in its log, whichever library does it."""
    before, written = logging.getLogRecordFactory(), io.StringIO()
    handler = logging.StreamHandler(written)
    defects.keep_messages_out_of_the_log()
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    logging.setLogRecordFactory(before)


def lost_in(typed: str) -> None:
    try:
        {}[typed]
    except KeyError as missing:
        raise ValueError(f"{typed} is not known") from missing


def test_a_traceback_names_every_exception_and_line_but_says_nothing_that_was_typed(log):
    try:
        lost_in(TYPED)
    except ValueError:
        logging.getLogger("some.library").exception("It went wrong")

    said = log.getvalue()
    assert TYPED not in said
    assert "builtins.KeyError" in said
    assert "builtins.ValueError" in said
    assert said.count("in lost_in") == 2


def test_what_led_to_a_defect_is_told_in_the_order_in_which_it_happened():
    with pytest.raises(ValueError, match="not known") as defect:
        lost_in(TYPED)

    said = defects.without_messages(defect.value)
    assert said.index("builtins.KeyError") < said.index("builtins.ValueError")
    assert TYPED not in said


@pytest.mark.parametrize("tables", [DASHBOARD, CONFIDENTIAL], ids=["dashboard", "confidential"])
def test_an_error_of_a_database_names_no_value(store_url, tables):
    with engines.writing(store_url, tables):
        pass

    for way in (engines.reading, engines.writing):
        with pytest.raises((DBAPIError, StoreProblem)) as error, way(store_url, tables) as session:
            session.execute(text("SELECT * FROM no_such_table WHERE name = :name"), {"name": TYPED})
        assert TYPED not in f"{error.value} {getattr(error.value, 'detail', '')}"


def test_a_problem_that_is_told_on_a_page_leaves_its_kind_in_the_log_and_not_its_words(caplog):
    def page():
        from data_access.problems import EditProblem
        from views.foundation import problems

        with problems.told_to_the_reader():
            raise EditProblem("«Anna har ringet om 010190-1234» er ændret siden")

    told = AppTest.from_function(page, default_timeout=20).run().error[0].value.replace("\\", "")

    assert TYPED in told
    assert TYPED not in caplog.text
    assert EditProblem.__name__ in caplog.text


def test_the_operator_reads_what_the_database_said(caplog):
    def page():
        from data_access.problems import StoreProblem
        from views.foundation import problems

        problems.tell(StoreProblem("Dashboardlageret er optaget.", "database is locked"))

    told = AppTest.from_function(page, default_timeout=20).run().error[0].value.replace("\\", "")

    assert told == "Dashboardlageret er optaget."
    assert "StoreProblem database is locked" in caplog.text
