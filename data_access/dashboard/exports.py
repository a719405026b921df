"""That figures were taken out of the dashboard: by whom, which, and of which release."""

from data_access import engines
from data_access.dashboard import store
from data_access.dashboard.partnership_tables.changes import Action, Author, Event, note
from data_access.dashboard.queries import release_in_force


def note_export(author: Author, what: str, **keys: str) -> None:
    """A line in the log, in a transaction of its own; a copy to be read has no log to write in.

    `keys` are those of what was chosen, as `Selection.keys` has them.
    """
    if engines.is_read_only():
        return
    with store.changing() as session:
        release = release_in_force(session).number
        note(session, author, Action.EXPORTED, Event.EXPORT, what, release=release, **keys)
