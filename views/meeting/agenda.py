"""The part Dagsorden of the page Møde."""

from data_access.partnerships.meetings import Meeting
from indicators.selection import Selection


def tab(_selection: Selection, one: Meeting) -> None:
    """The agenda of the meeting."""
