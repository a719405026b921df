"""The tables of partnerships. Each has a form, which says what may be typed, and a record, which keeps it."""

from data_access.dashboard.partnership_tables import agreements, changes, initiatives, meetings

__all__ = ["agreements", "changes", "initiatives", "meetings"]
