"""A figure as it was shown: kept with an item or a decision, and printed in the minutes.

Numbers stay numbers, hidden ones are nothing beside a status in words.
"""

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd

from indicators.danish import day, decimal, number, percent
from indicators.figure import Share
from indicators.report import Report
from views.foundation import frames, tables

Figure = Mapping[str, object]


def freeze(report: Report, frame: pd.DataFrame, title: str = "") -> dict:
    """The report's table as it is now, under its headline or the one that somebody has given it."""
    return {
        "title": title or report.title,
        "selection": report.selection.describe(),
        "source": report.origin.source,
        "release": report.origin.release,
        "released_on": report.origin.released_on.isoformat(),
        "columns": [str(heading) for heading in frame.columns],
        "shares": [at for at, heading in enumerate(frame.columns) if heading in frames.share_columns(frame)],
        "rows": [[_kept(value) for value in row] for row in frame.itertuples(index=False)],
    }


def words(figure: Figure) -> list[list[str]]:
    """The rows as a reader sees them: whole percent, Danish numbers, nothing where nothing is shown."""
    return [[_word(value) for value in row] for row in numbers(figure)]


def source(figure: Figure) -> str:
    """Where the figure comes from, in one line."""
    released = pd.Timestamp(str(figure["released_on"])).date() if figure.get("released_on") else None
    of = f"Udgivelse {figure['release']}" if figure.get("release") else ""
    parts = (figure.get("selection"), figure.get("source"), f"{of} af {day(released)}" if released else of)
    return " · ".join(str(part) for part in parts if part)


def is_shown(figure: Figure) -> bool:
    """Whether it holds its numbers, and not the reason why they may not be shown any more."""
    return not figure.get("withheld")


def numbers(figure: Figure) -> Sequence[Sequence[object]]:
    """The rows as a workbook takes them, with shares as such."""
    shares = figure.get("shares")
    return [
        tuple(_typed(value, shares is None or at in shares) for at, value in enumerate(row))
        for row in figure.get("rows", ())
    ]


def _typed(value: object, is_share: bool) -> object:
    """A figure that was kept before columns said so held no fractions but shares."""
    return Share(value) if is_share and isinstance(value, float) else value


def _kept(value: object) -> object:
    if value is None or pd.isna(value):
        return None
    return value if isinstance(value, str) else value.item() if hasattr(value, "item") else value


def _word(value: object) -> str:
    match value:
        case None:
            return ""
        case Share():
            return percent(value)
        case float():
            return decimal(value)
        case int():
            return number(value)
    return str(value)


def table(figure: Mapping) -> str:
    """As HTML, numbers under each other."""
    rows = words(figure)
    return tables.table(
        [
            tables.Column(heading, [escape(row[at]) for row in rows], _holds(figure, at))
            for at, heading in enumerate(figure["columns"])
        ]
    )


def _holds(figure: Mapping, at: int) -> str:
    """The first column says what the row is about, whatever it holds."""
    numbers = at and any(isinstance(row[at], int | float) for row in figure["rows"])
    return tables.NUMBERS if numbers else tables.WORDS
