"""The expected problems: one family, whose message tells the reader in Danish what to do."""


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


class ReleaseProblem(Problem):
    """A release cannot be made, found or restored."""


class SelectionProblem(Problem):
    """The reader asked for something that does not exist."""
