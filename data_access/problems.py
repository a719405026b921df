"""The expected problems: one family, whose message tells the reader in Danish what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class Problem(Exception):  # noqa: N818 - it is the family's name, in the domain's words
    """Something a person can put right; str() is a Danish text for that person.

    `detail` is for the one who runs the system: paths and the database's own words. It belongs in
    the log and on the command line, never on a page.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class ImportProblem(Problem):
    """The files or the mapping cannot be imported as they are; nothing has been changed."""


class ReferenceProblem(Problem):
    """A reference file that people edit says something that cannot be."""


class StoreProblem(Problem):
    """A store is unreadable or of another version."""


class MissingStoreProblem(StoreProblem):
    """There is no store yet, which may be as it should."""


class ReadOnlyProblem(StoreProblem):
    """This is a copy that may only be read; nothing has been changed."""


UNREADABLE = "{} kan ikke læses tilbage, som det blev skrevet. Efterse disken, og prøv igen."


class ReleaseProblem(Problem):
    """A release cannot be made, found or restored."""


class RefusedRelease(ReleaseProblem):
    """A release was refused for this reason; everything is as it was."""

    def __init__(self, because: str) -> None:
        super().__init__(f"Udgivelsen er afvist, og intet er ændret: {because}")


class SettingsProblem(Problem):
    """The environment says something that the dashboard cannot be run by."""


class AccessProblem(Problem):
    """Whoever asks may not do or see that; nothing has been changed."""


class SignedOutProblem(AccessProblem):
    """Nobody is signed in any more: the session is over, ended by somebody, or there has been none."""


class SelectionProblem(Problem):
    """The reader asked for something that does not exist."""


class EditProblem(Problem):
    """What was typed cannot be kept as it is; `faults` says it for each field, by the field's name."""

    def __init__(self, message: str, faults: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.faults = dict(faults or {})


@dataclass(frozen=True)
class FieldDifference:
    """One field of which two people had something to say, in words."""

    field: str
    label: str
    before: str
    mine: str
    theirs: str

    @property
    def is_contested(self) -> bool:
        """Whether both have changed it, to different things."""
        return self.before not in (self.mine, self.theirs) and self.mine != self.theirs


class ConflictProblem(EditProblem):
    """Somebody else has saved meanwhile. Nothing typed is lost: it carries what both have written.

    `mine` and `theirs` are the whole forms; `merged` is theirs with all that only I have changed.
    Saving any of them again, opened as `version`, is a decision made in knowledge of both.
    """

    def __init__(
        self,
        message: str,
        version: int,
        forms: tuple[object, object, object],
        differences: Sequence[FieldDifference],
    ) -> None:
        super().__init__(message)
        self.version = version
        self.mine, self.theirs, self.merged = forms
        self.differences = tuple(differences)
