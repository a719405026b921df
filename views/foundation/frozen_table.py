"""A figure that is kept with a decision or shown instead of its chart: the numbers as a table."""

from collections.abc import Mapping
from html import escape

from views.foundation import frozen_figure, tables


def table(figure: Mapping) -> str:
    """As HTML, numbers under each other."""
    words = frozen_figure.words(figure)
    return tables.table(
        [
            tables.Column(heading, [escape(row[at]) for row in words], _holds(figure, at))
            for at, heading in enumerate(figure["columns"])
        ]
    )


def _holds(figure: Mapping, at: int) -> str:
    """The first column says what the row is about, whatever it holds."""
    numbers = at and any(isinstance(row[at], int | float) for row in figure["rows"])
    return tables.NUMBERS if numbers else tables.WORDS
