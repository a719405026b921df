"""The years as a frame."""

import pandas as pd

from indicators.trend import Trend
from views import frames


def years(report: Trend) -> pd.DataFrame:
    """One row a series and year; shares 0 to 1, empty where nothing is shown."""
    rows = [(one, point) for one in report.series for point in one.points]
    limits = [point.limits or (None, None) for _, point in rows]
    columns = [
        ("Uddannelse" if report.by_education else "Enhed", [one.about.name for one, _ in rows]),
        ("År", [str(point.year) for _, point in rows]),
        ("Andel", [point.figure.share for _, point in rows]),
        ("Nedre grænse", [low for low, _ in limits]),
        ("Øvre grænse", [high for _, high in limits]),
        ("Antal svar", frames.whole(point.figure.n for _, point in rows)),
        ("Ændring siden runden før", [_change(report, point) for _, point in rows]),
        ("Status", [point.figure.status for _, point in rows]),
    ]
    return frames.frame(columns)


def _change(report: Trend, point) -> str:
    if any(one.year == point.year for one in report.breaks):
        return "Databrud"
    return point.change.change.value if point.change else ""
