"""The pages by their files, for those that lead to one another."""

OVERVIEW = "pages/results/overview.py"
RESULTS = "pages/results/results.py"
UNIT = "pages/results/unit.py"
GROUNDS = "pages/results/grounds.py"
