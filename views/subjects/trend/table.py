"""The years as a frame."""

import pandas as pd

from indicators.trend import Trend
from views.foundation import frames


def years(report: Trend) -> pd.DataFrame:
    """One row a series and year; shares 0 to 1, empty where nothing is shown."""
    rows = [(one, point) for one in report.series for point in one.points]
    limits = [point.limits or (None, None) for _, point in rows]
    changes = [point.change for _, point in rows]
    columns = [
        ("Uddannelse" if report.by_education else "Enhed", [one.about.name for one, _ in rows]),
        ("År", [str(point.year) for _, point in rows]),
        ("Andel", frames.Shares(point.figure.share for _, point in rows)),
        ("Nedre grænse", frames.Shares(low for low, _ in limits)),
        ("Øvre grænse", frames.Shares(high for _, high in limits)),
        ("Antal svar", frames.whole(point.figure.n for _, point in rows)),
        ("Ændring siden runden før", [report.change(*row) or "" for row in rows]),
        ("Ændring (procentpoint)", frames.points(change and change.difference for change in changes)),
        ("Status", [point.figure.status for _, point in rows]),
    ]
    return frames.frame(columns)
