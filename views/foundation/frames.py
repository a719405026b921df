"""Reports as frames: what "Vis som tabel" shows and the workbook's table sheets hold."""

from collections.abc import Iterable, Sequence
from itertools import chain, count

import pandas as pd

from indicators.danish import round_half_up

Column = tuple[str, Iterable]


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
    return pd.DataFrame({heading: values for heading, (_, values) in zip(headings, columns, strict=True)})


def whole(numbers: Iterable[int | None]) -> pd.Series:
    """Whole numbers, some of which may be missing."""
    return pd.Series(list(numbers), dtype="Int64")


def points(differences: Iterable[float | None]) -> pd.Series:
    """Differences of shares as whole procentpoint."""
    return whole(None if one is None else int(round_half_up(100 * one)) for one in differences)
