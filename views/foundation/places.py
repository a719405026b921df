"""The pages by their files, for those that lead to one another."""

from collections.abc import Mapping
from urllib.parse import urlencode

OVERVIEW = "pages/results/overview.py"
RESULTS = "pages/results/results.py"
UNIT = "pages/results/unit.py"
GROUNDS = "pages/results/data_quality.py"
INITIATIVES = "pages/partnership/initiatives.py"
MEETING = "pages/partnership/meeting.py"

DISTRIBUTION, COMPARED, TREND = "fordeling", "sammenlign", "udvikling"
"""The tabs of Resultater by their keys."""

VIEW_OF_GROUNDS, RESPONSE = "grundlag", "svarprocent"
"""How the address says which view of Datagrundlag is meant, and the key of the first one."""


BY_ADDRESS = {
    "": OVERVIEW,
    "resultater": RESULTS,
    "min-enhed": UNIT,
    "indsatser": INITIATIVES,
    "datagrundlag": GROUNDS,
}
"""The pages whose views can be on an agenda, by their path in the address."""

NAMES = {
    OVERVIEW: "Overblik",
    RESULTS: "Resultater",
    UNIT: "Min enhed",
    INITIATIVES: "Indsatser",
    GROUNDS: "Datagrundlag",
}
"""What a reader calls them."""


def to_results(keys: Mapping[str, object]) -> str:
    """A link to Resultater with these choices, from the page beside it: for HTML, which holds no controls."""
    return f"resultater?{urlencode(keys)}"
