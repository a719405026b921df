"""A figure as it was on the wall: plain data to be kept with a decision, and the table they make again."""

from collections.abc import Mapping
from html import escape

import pandas as pd

from indicators.danish import number, percent
from indicators.report import Report
from views import tables


def frozen(report: Report, headline: str, frame: pd.DataFrame) -> dict:
    """Title, selection, source, release and numbers; a number that is not shown is None."""
    return {
        "title": headline,
        "selection": report.selection.describe(),
        "source": report.origin.source,
        "release": report.origin.release,
        "released_on": report.origin.released_on.isoformat(),
        "columns": [str(heading) for heading in frame.columns],
        "rows": [[_plain(value) for value in row] for row in frame.itertuples(index=False)],
    }


def _plain(value: object) -> object:
    if value is None or pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value if isinstance(value, int | float) else str(value)


def table(figure: Mapping) -> str:
    """As HTML: shares as percent, numbers under each other."""
    rows = figure["rows"]
    return tables.table(
        [
            tables.Column(
                heading,
                [_cell(row[at]) for row in rows],
                tables.NUMBERS if at and any(_is_number(row[at]) for row in rows) else tables.WORDS,
            )
            for at, heading in enumerate(figure["columns"])
        ]
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _cell(value: object) -> str:
    """Shares are kept from 0 to 1 as decimals, counts as whole numbers."""
    if value is None:
        return ""
    if isinstance(value, float):
        return percent(value)
    return number(value) if isinstance(value, int) else escape(value)
