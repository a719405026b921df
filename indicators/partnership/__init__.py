"""Agreements, initiatives and success criteria: how they stand on a day, computed from what was agreed."""
