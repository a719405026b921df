"""What the log says of those who only look: files that they took home, and pages of the secretariat's."""

from data_access.dashboard import store
from data_access.dashboard.admission import Credential
from data_access.dashboard.partnership_tables.changes import Action, Event, note
from data_access.dashboard.queries import release_in_force
from data_access.dashboard.scope import author
from data_access.mode import is_read_only
from indicators.rights import Principal


def note_export(who: Principal | Credential, what: str, **keys: str) -> None:
    """Figures or records were taken out of the dashboard; in a transaction of its own.

    `keys` are those of what was chosen (`Selection.keys`). A copy to be read has no log to write in.
    """
    if is_read_only():
        return
    with store.writing(who) as session:
        release = release_in_force(session).number
        note(session, author(session), Action.EXPORTED, Event.EXPORT, what, release=release, **keys)


def note_view(who: Principal | Credential, what: str) -> None:
    """Somebody has opened a page of the secretariat's."""
    with store.writing(who) as session:
        note(session, author(session), Action.VIEWED, Event.PAGE, what)
