"""Reports as frames: what "Vis som tabel" shows and the workbook's table sheets hold."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count

import pandas as pd

from indicators.danish import round_half_up
from indicators.figure import Share

Column = tuple[str, Iterable]
SHARES = "shares"
"""Under which a frame keeps the headings of its shares: to pandas they are fractions like any other."""


class Shares(list[float | None]):
    """The values of a column of shares, 0 to 1, some of which may be missing."""


def optional(wanted: bool, *columns: Column) -> list[Column]:
    """The columns, or none."""
    return list(columns) if wanted else []


def frame(columns: Sequence[Column]) -> pd.DataFrame:
    """A frame whose headings are all different, as a spreadsheet demands: an answer may be called Status."""
    headings: list[str] = []
    for heading, _ in columns:
        taken = {used.casefold() for used in headings}
        repeats = (f"{heading} ({number})" for number in count(2))
        headings.append(next(name for name in chain([heading], repeats) if name.casefold() not in taken))
    contents = dict(zip(headings, (values for _, values in columns), strict=True))
    shares = [heading for heading, values in contents.items() if isinstance(values, Shares)]
    table = pd.DataFrame(contents).astype(dict.fromkeys(shares, float))
    table.attrs[SHARES] = shares
    return table


def share_columns(table: pd.DataFrame) -> list[str]:
    """The headings of the columns that hold shares."""
    return [heading for heading in table.attrs.get(SHARES, ()) if heading in table]


def rows(table: pd.DataFrame) -> Iterator[tuple]:
    """The rows with shares as such, for whatever shows one value after the other."""
    is_share = table.columns.isin(share_columns(table))
    for values in table.itertuples(index=False, name=None):
        yield tuple(
            Share(value) if share and not pd.isna(value) else value
            for value, share in zip(values, is_share, strict=True)
        )


def whole(numbers: Iterable[int | None]) -> pd.Series:
    """Whole numbers, some of which may be missing."""
    return pd.Series(list(numbers), dtype="Int64")


def points(differences: Iterable[float | None]) -> pd.Series:
    """Differences of shares as whole procentpoint."""
    return whole(
        None if difference is None else int(round_half_up(100 * difference)) for difference in differences
    )
