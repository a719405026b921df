"""Published figures and reference data: all that a page can reach."""
