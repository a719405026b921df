"""The pages by their files, for those that lead to one another."""

OVERVIEW = "pages/results/overview.py"
RESULTS = "pages/results/results.py"
UNIT = "pages/results/unit.py"
GROUNDS = "pages/results/grounds.py"
INITIATIVES = "pages/partnership/initiatives.py"

DISTRIBUTION, COMPARED, TREND = "fordeling", "sammenlign", "udvikling"
"""The tabs of Resultater by their keys."""
