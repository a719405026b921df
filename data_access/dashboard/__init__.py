"""Published figures, reference data, partnerships and who comes in: all that a page can reach."""

# A store is made with all of its tables, so whoever knows one of them knows the others too.
from data_access.dashboard import access_tables  # noqa: F401
from data_access.dashboard import partnership_tables as models_of_partnerships  # noqa: F401
