"""Published figures, reference data and partnerships: all that a page can reach."""

# A store is made with all of its tables, so whoever knows one of them knows the others too.
from data_access.dashboard import partnership_tables as models_of_partnerships  # noqa: F401
