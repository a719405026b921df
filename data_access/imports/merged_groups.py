"""Rows of a table of counts that are for the same place, education and institution."""

from collections import defaultdict

from data_access.imports.background import Background
from data_access.imports.tables import SurveyTable

Tallies = dict[str, dict[str, int]]


class MergedGroups:
    """Rows for the same place, education and institution are refused, unless they are parts of one whole."""

    def __init__(self, table: SurveyTable, background: Background) -> None:
        self._table = table
        self._may_sum = background.mapping.counts.sum_duplicates
        self._may_repeat = background.mapping.duplicates is not None
        self._complaints = background.complaints
        self.remarks: list[str] = []

    def merge(self, groups: list[dict], indexes: list[int]) -> dict:
        """The one group that the rows stand for."""
        if len(groups) == 1:
            return groups[0]
        rows = self._table.rows(indexes)
        are_equal = all(group == groups[0] for group in groups)
        if self._may_sum:
            self.remarks.append(f"{rows}: {_SAME_GROUP}; lagt sammen.")
            return _summed(groups)
        if are_equal and self._may_repeat:
            self.remarks.append(f"{rows}: {_SAME_GROUP} med ens tal; talt med én gang.")
        else:
            why = " med ens tal" if are_equal else ", men forskellige tal"
            self._complaints.add(f"{_SAME_GROUP}{why}. {_MEND_GROUP}", rows)
        return groups[0]


_SAME_GROUP = "Samme sted, uddannelse og institution"
_MEND_GROUP = (
    "Ret filen, udelad rækker med [leave_out], eller skriv sum_duplicates = true under [counts], hvis "
    "tallene er dele af en helhed."
)


def _summed(groups: list[dict]) -> dict:
    tallies: Tallies = defaultdict(lambda: defaultdict(int))
    for group in groups:
        for name, tally in group["tallies"].items():
            for value, count in tally.items():
                tallies[name][value] += count
    return {
        "invited": _sum_or_unknown([group["invited"] for group in groups]),
        "answers": _sum_or_unknown([group["answers"] for group in groups]),
        "tallies": {name: dict(tally) for name, tally in tallies.items()},
    }


def _sum_or_unknown(numbers: list[int | None]) -> int | None:
    return None if None in numbers else sum(numbers)
