"""What happens to a defect: the log gets the traceback, the reader a sentence, and both the same id."""

import logging
import secrets
import traceback

import streamlit as st
from streamlit.logger import get_logger

from data_access.problems import Problem
from views.foundation import problems

_log = get_logger(__name__)


def tell_the_reader(error: Exception) -> bool:
    """Stand in for Streamlit's English red box; `st.App` calls this for whatever no one caught."""
    if isinstance(error, Problem):
        problems.tell(error)
        return True
    number = secrets.token_hex(3)
    _log.error("Fejl-id %s\n%s", number, without_messages(error))
    st.error(
        f"Der er sket en fejl i dashboardet. Genindlæs siden. Kommer fejlen igen, "
        f"så oplys fejl-id **{number}** til sekretariatet."
    )
    return True


def keep_messages_out_of_the_log() -> None:
    """From now on every traceback in the log is without messages, whoever writes it there."""
    make = logging.getLogRecordFactory()

    def record(*arguments: object, **named: object) -> logging.LogRecord:
        made = make(*arguments, **named)
        if made.exc_info and made.exc_info[1]:
            made.exc_text = without_messages(made.exc_info[1])
        return made

    logging.setLogRecordFactory(record)


def without_messages(error: BaseException) -> str:
    """The traceback, and those of what led to it, with the type of each exception alone.

    A message may hold what somebody has typed.
    """
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    kind = type(error)
    return "".join(
        [
            without_messages(earlier) + "\n" if earlier else "",
            *traceback.format_tb(error.__traceback__),
            f"{kind.__module__}.{kind.__qualname__}",
        ]
    )
