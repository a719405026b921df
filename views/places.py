"""The pages by their files, for those that lead to one another."""

from collections.abc import Mapping
from urllib.parse import urlencode

OVERVIEW = "pages/results/overview.py"
RESULTS = "pages/results/results.py"
UNIT = "pages/results/unit.py"
GROUNDS = "pages/results/grounds.py"
INITIATIVES = "pages/partnership/initiatives.py"

DISTRIBUTION, COMPARED, TREND = "fordeling", "sammenlign", "udvikling"
"""The tabs of Resultater by their keys."""

VIEW_OF_GROUNDS, RESPONSE = "grundlag", "svarprocent"
"""How the address says which view of Datagrundlag is meant, and the key of the first one."""


def to_results(keys: Mapping[str, object]) -> str:
    """A link to Resultater with these choices, from the page beside it: for HTML, which holds no controls."""
    return f"resultater?{urlencode(keys)}"
