"""That figures or records were taken out of the dashboard: by whom, which, and of which release."""

from data_access.dashboard import store
from data_access.dashboard.admission import Credential
from data_access.dashboard.partnership_tables.changes import Action, Event, note
from data_access.dashboard.queries import release_in_force
from data_access.dashboard.scope import author
from data_access.mode import is_read_only
from indicators.rights import Principal


def note_export(who: Principal | Credential, what: str, **keys: str) -> None:
    """A line in the log, in a transaction of its own; a copy to be read has no log to write in.

    `keys` are those of what was chosen, as `Selection.keys` has them.
    """
    if is_read_only():
        return
    with store.writing(who) as session:
        release = release_in_force(session).number
        note(session, author(session), Action.EXPORTED, Event.EXPORT, what, release=release, **keys)
