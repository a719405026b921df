"""Comparisons as a Markdown table, with the size of the machine under it."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import date

import pandas as pd

from benchmarks.comparison import Comparison, Quartiles

HEADINGS = ("Measured", "Size", "Ours", "Baseline", "Against", "Ours / baseline")
DIVIDERS = ("---", "---:", "---:", "---:", "---", "---:")


def markdown(found: Sequence[Comparison], day: date) -> str:
    """The table, one measurement after the other, each by size."""
    order = list(dict.fromkeys((some.what, some.against) for some in found))
    by_measurement = sorted(found, key=lambda some: order.index((some.what, some.against)))
    rows = [HEADINGS, DIVIDERS, *(_cells(some) for some in by_measurement)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return f"{table}\n\nMeasured {day.isoformat()} on {machine()}."


def line(comparison: Comparison) -> str:
    """One comparison in one line."""
    return " · ".join(_cells(comparison))


def machine() -> str:
    """What the numbers depend on: cores, memory and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"Python {platform.python_version()}, pandas {pd.__version__}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} cores, {memory:.0f} GiB memory, {versions}"


def _cells(some: Comparison) -> tuple[str, ...]:
    ours_spread, baseline_spread = some.spread or (None, None)
    ours, baseline = _amount(some, some.ours, ours_spread), _amount(some, some.baseline, baseline_spread)
    ratio = some.ours / some.baseline
    return some.what, f"{some.size:g} ×", ours, baseline, some.against, f"{ratio:.{_decimals(ratio)}f}"


def _amount(some: Comparison, amount: float, spread: Quartiles | None) -> str:
    rate = f" ({some.handled / amount:,.0f} {some.handled_name}/s)" if some.handled else ""
    between = f" ({spread[0]:,.0f}-{spread[1]:,.0f})" if spread else ""
    return f"{amount:,.{_decimals(amount)}f} {some.unit}{rate}{between}"


def _decimals(amount: float) -> int:
    return 0 if amount >= 100 else 2 if amount < 10 else 1
