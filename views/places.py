"""The pages by their files, for those that lead to one another."""

OVERVIEW = "pages/results/overview.py"
RESULTS = "pages/results/results.py"
UNIT = "pages/results/unit.py"
GROUNDS = "pages/results/grounds.py"
INITIATIVES = "pages/partnership/initiatives.py"

DISTRIBUTION, COMPARED, TREND = "fordeling", "sammenlign", "udvikling"
"""The tabs of Resultater by their keys."""

MEETING = "pages/partnership/meeting.py"

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
