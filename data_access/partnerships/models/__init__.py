"""The tables of partnerships. Each has a form, which says what may be typed, and a record, which keeps it."""

from data_access.partnerships.models import agreements, changes, initiatives, meetings, showing

__all__ = ["agreements", "changes", "initiatives", "meetings", "showing"]
