"""What happens to a defect: the log gets the traceback, the reader a sentence, and both the same id."""

import secrets

import streamlit as st
from streamlit.logger import get_logger

_log = get_logger(__name__)


def tell_the_reader(defect: Exception) -> bool:
    """Stand in for Streamlit's English red box; `st.App` calls this for whatever no one caught."""
    number = secrets.token_hex(3)
    _log.error("Fejl-id %s", number, exc_info=defect)
    st.error(
        f"Der er sket en fejl i dashboardet. Genindlæs siden. Kommer fejlen igen, "
        f"så oplys fejl-id **{number}** til sekretariatet."
    )
    return True
