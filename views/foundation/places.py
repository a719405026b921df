"""The pages by their files, for those that lead to one another."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from indicators.rights import Right

OVERVIEW = "pages/results/overview.py"
RESULTS = "pages/results/results.py"
UNIT = "pages/results/unit.py"
GROUNDS = "pages/results/data_quality.py"
INITIATIVES = "pages/partnership/initiatives.py"
MEETING = "pages/partnership/meeting.py"
SECRETARIAT = "pages/secretariat/secretariat.py"

DISTRIBUTION = "fordeling"
COMPARED = "sammenlign"
TREND = "udvikling"
"""The tabs of Resultater by their keys."""

VIEW_OF_GROUNDS, RESPONSE = "grundlag", "svarprocent"
"""How the address says which view of Datagrundlag is meant, and the key of the first one."""


class Page(NamedTuple):
    """A page by its file, its path in the address, and what a reader calls it."""

    file: str
    path: str
    title: str
    rights: tuple[Right, ...] = (Right.READ_RESULTS,)
    """Any of them opens it."""


PAGES = (
    Page(OVERVIEW, "", "Overblik"),
    Page(RESULTS, "resultater", "Resultater"),
    Page(UNIT, "min-enhed", "Min enhed"),
    Page(INITIATIVES, "indsatser", "Indsatser", (Right.READ_PARTNERSHIPS,)),
    Page(MEETING, "moede", "Møde", (Right.READ_PARTNERSHIPS,)),
    Page(GROUNDS, "datagrundlag", "Datagrundlag"),
    Page(SECRETARIAT, "sekretariat", "Sekretariat", (Right.INVITE, Right.LEND_READING, Right.READ_LOG)),
)
"""In the order of the menu; the one without a path is what the address alone opens."""

NAMES = {page.file: page.title for page in PAGES}

BY_ADDRESS = {page.path: page.file for page in PAGES if page.file not in (MEETING, SECRETARIAT)}
"""The pages whose views can be on an agenda, by their path in the address."""


def to_results(keys: Mapping[str, object]) -> str:
    """A link to Resultater with these choices, from the page beside it: for HTML, which holds no controls."""
    path = next(page.path for page in PAGES if page.file == RESULTS)
    return f"{path}?{urlencode(keys, doseq=True)}"
