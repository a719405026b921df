"""The expected problems: one family, whose message tells the reader in Danish what to do."""


class Problem(Exception):  # noqa: N818 - it is the family's name, in the domain's words
    """Something a person can put right; str() is a Danish text for that person."""


class ImportProblem(Problem):
    """The files or the mapping cannot be imported as they are; nothing has been changed."""


class StoreProblem(Problem):
    """A store is missing, unreadable or of another version."""


class ReleaseProblem(Problem):
    """A release cannot be made, found or restored."""


class SelectionProblem(Problem):
    """The reader asked for something that does not exist."""
