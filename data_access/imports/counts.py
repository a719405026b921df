"""A table of counts or percentages to counted groups, one per place, education and institution."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from data_access.imports.background import Background, Belonging
from data_access.imports.mapping import CountedQuestion, CountsMapping, Mapping
from data_access.imports.tables import SurveyTable, UnreadableValueError, read_column, remedy
from data_access.imports.validation_errors import ValidationErrors, shown

MOST = 10_000_000
"""No survey asks more people than live in the country; such a number is in the wrong column."""
_NUMBER = re.compile(r"(-?\d+)(?:[.,](\d{1,30}))?")
_PERCENT_SIGN = re.compile(r"\s?%$")
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d{1,3}([,\s'’]\d{3})+(\.\d+)?")
_THREE_DECIMALS = re.compile(r"-?\d{1,3},\d{3}")


@dataclass(frozen=True)
class Numbers:
    """Numbers in Danish or English form. What may be read in two ways is refused: "1.234", and "1,000" and
    "40 %" where a count is wanted."""

    is_percent: bool

    def meaning(self, text: str) -> Fraction | None:
        """The number, per cents as 0-100; None for a blank. NotUnderstoodError when there is doubt."""
        if not text:
            return None
        number = _PERCENT_SIGN.sub("", text) if self.is_percent else text
        parts = _NUMBER.fullmatch(number)
        if not parts or not number.isascii() or self._has_thousands(number) or _is_absurd(parts.group(1)):
            raise UnreadableValueError(text)
        return Fraction(f"{parts.group(1)}.{parts.group(2) or 0}")

    def explain(self, text: str) -> str:
        """Why the text is not a number."""
        number = _PERCENT_SIGN.sub("", text)
        if self._has_thousands(number):
            return f"'{shown(text)}' kan læses på to måder. Skriv tallet uden tusindtalsskilletegn."
        if not self.is_percent and number != text and _NUMBER.fullmatch(number):
            return f"'{shown(text)}' er en procent, ikke et antal."
        if (parts := _NUMBER.fullmatch(number)) and _is_absurd(parts.group(1)):
            return f"'{shown(text)}' er for stort: Højst {MOST // 1_000_000} millioner kan passe."
        return f"'{shown(text)}' er ikke et tal.{remedy(text)}"

    def _has_thousands(self, number: str) -> bool:
        """A share has no thousands, so a comma before three digits is a decimal comma there."""
        has_decimals = self.is_percent and _THREE_DECIMALS.fullmatch(number)
        return bool(_THOUSANDS.fullmatch(number)) and not has_decimals


def _is_absurd(whole: str) -> bool:
    """Told from the text, for Python refuses to read thousands of digits."""
    return float(whole) > MOST


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


_WHOLE_ROUNDING = Fraction(3)
_MEND_ROW = "Skriv tallet, eller udelad rækken med [leave_out]."
_DECIMALS = re.compile(r"\d+[.,](\d+)\s?%?")
_MOST_DECIMALS = 6
"""Further ones are how a computer writes a third, and of no person's rounding."""


@dataclass(frozen=True)
class CountedRows:
    """Counted groups as rows for the store, with what the report tells about the rest."""

    groups: list[dict]
    duplicates: list[str]
    without_figures: int
    remarks: tuple[str, ...]


def read_counts(table: SurveyTable, background: Background) -> CountedRows:
    """Counted groups; rows without any figure give none."""
    belongings = background.belongings(table)
    rows = _CountRows(table, background.mapping, background.complaints)
    indexes_of: dict[Belonging, list[int]] = defaultdict(list)
    groups: list[dict] = []
    for index, belonging in enumerate(belongings):
        group = rows.group(index)
        groups.append(group)
        if group["tallies"] or group["answers"]:
            indexes_of[belonging].append(index)
    merged = MergedGroups(table, background)
    kept = [
        {"place": place, "education_id": education, "institution_id": institution}
        | merged.merge([groups[index] for index in indexes], indexes)
        for (place, education, institution), indexes in indexes_of.items()
    ]
    without_figures = len(table) - sum(len(indexes) for indexes in indexes_of.values())
    return CountedRows(kept, merged.remarks, without_figures, tuple(rows.remarks()))


def largest_remainder(shares: list[Fraction], total: int) -> list[int]:
    """Whole numbers in proportion to the shares that add up to the total."""
    whole = sum(shares)
    quotas = [share * total / whole for share in shares]
    counts = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(shares)), key=lambda i: (counts[i] - quotas[i], i))
    for index in by_remainder[: total - sum(counts)]:
        counts[index] += 1
    return counts


class _CountRows:
    """The numbers of the table, column by column, and the group that each row tells of."""

    def __init__(self, table: SurveyTable, mapping: Mapping, complaints: ValidationErrors) -> None:
        self._table = table
        self._mapping = mapping
        self._counts: CountsMapping = mapping.counts
        self._complaints = complaints
        self._numbers: dict[tuple[str, bool], list[Fraction | None]] = {}
        self._units: dict[str, Fraction] = {}
        self._reported: set[tuple[int, str]] = set()  # cells that are complaints already
        self._impossible: defaultdict[str, list[int]] = defaultdict(list)

    def group(self, index: int) -> dict:
        """invited, answers and tallies of one row."""
        answers, invited = self._response(index)
        tallies: Tallies = {}
        for name, question in self._counts.questions.items():
            if tally := self._tally(index, name, question):
                tallies[name] = tally
            if tally and answers is not None and sum(tally.values()) > answers:
                self._fault(index, question.n, f"Flere svar på spørgsmålet end besvarelser ({answers}).")
        return {"invited": invited, "answers": answers, "tallies": tallies}

    def _response(self, index: int) -> tuple[int | None, int | None]:
        if not (response := self._counts.response):
            return None, None
        answers = self._whole(index, response.answers)
        invited = self._whole(index, response.invited) if response.invited else None
        if response.rate_percent and answers and (rate := self._rate(index, response.rate_percent)):
            invited = round(answers * 100 / rate)
            if invited > MOST:
                self._fault(index, response.rate_percent, "Svarprocenten er for lav til at kunne passe.")
        if invited is not None and answers is not None and invited < answers:
            self._fault(
                index, response.invited or response.answers, "Der er flere besvarelser end inviterede."
            )
        return answers, invited

    def _rate(self, index: int, heading: str) -> Fraction | None:
        """Per cent; 0,5 without a sign is half of those asked far more often than one in two hundred."""
        rate = self._number(index, heading, is_percent=True)
        if rate is None:
            return None
        if not 0 < rate <= 100:
            self._fault(index, heading, "Svarprocenten skal ligge mellem 0 og 100.")
        elif rate <= 1 and "%" not in (text := self._table.columns[heading][index]):
            self._fault(
                index, heading, f"Er '{shown(text)}' en brøk i stedet for procent? Skriv tallet med tegnet %."
            )
        else:
            return rate
        return None

    def _tally(self, index: int, name: str, question: CountedQuestion) -> dict[str, int]:
        """{option value: count}; empty when the group has no figures for the question."""
        is_percent = self._counts.unit == "percent"
        shares = [self._number(index, heading, is_percent) for heading in question.options]
        if all(share is None for share in shares):
            return {}
        total = self._whole(index, question.n)
        if any((index, heading) in self._reported for heading in (*question.options, question.n)):
            return {}
        if None in shares or any(share < 0 for share in shares):
            self._fault(index, question.n, f"Et af svarene mangler tal eller er negativt. {_MEND_ROW}")
            return {}
        if not total:
            if total is None or any(shares):
                self._fault(index, question.n, "Antallet af svar mangler, men svarene har tal.")
            return {}
        counts = self._as_counts(index, question, shares, total)
        if self._counts.unit == "percent" and counts and self._no_count_gives(shares, total, question):
            self._impossible[name].append(index)
        values = [str(self._mapping.option_value(name, option)) for option in question.options.values()]
        return dict(zip(values, counts, strict=True)) if counts else {}

    def _as_counts(
        self, index: int, question: CountedQuestion, shares: list[Fraction], total: int
    ) -> list[int]:
        added = sum(shares)
        if self._counts.unit == "percent":
            if abs(added - 100) <= self._rounding(question):
                return largest_remainder(shares, total)
            hint = " Er det brøker i stedet for procent?" if abs(added - 1) <= Fraction(3, 100) else ""
            self._fault(index, question.n, f"Procenterne giver {_danish(added)} tilsammen, ikke 100.{hint}")
        elif added == total and all(share.denominator == 1 for share in shares):
            return [int(share) for share in shares]
        else:
            self._fault(index, question.n, f"Svarene giver {_danish(added)} tilsammen, ikke {total}.")
        return []

    def _no_count_gives(self, shares: list[Fraction], total: int, question: CountedQuestion) -> bool:
        """Whether one of the per cents is further from every number of people than rounding takes it."""
        most = self._unit(question)
        return any(abs(share - Fraction(100 * round(share * total / 100), total)) > most for share in shares)

    def remarks(self) -> Iterator[str]:
        """Per cents that n cannot give, by question, with their rows."""
        for name, indexes in self._impossible.items():
            heading = self._counts.questions[name].n
            yield (
                f"{name}: {self._table.rows(indexes, heading)}: procenterne kan ikke komme af så få svar. Er "
                "det det rette n?"
            )

    def _rounding(self, question: CountedQuestion) -> Fraction:
        """How far per cents may be from 100 together: with decimals, half a unit each of the last one."""
        unit = self._unit(question)
        return unit / 2 * len(question.options) if unit < 1 else _WHOLE_ROUNDING

    def _unit(self, question: CountedQuestion) -> Fraction:
        """One of the last decimal in the question's per cents."""
        if question.n not in self._units:
            cells = (self._table.columns[heading] for heading in question.options)
            decimals = max(map(_decimals, set().union(*cells)), default=0)
            self._units[question.n] = Fraction(1, 10 ** min(decimals, _MOST_DECIMALS))
        return self._units[question.n]

    def _whole(self, index: int, heading: str) -> int | None:
        number = self._number(index, heading, is_percent=False)
        if number is not None and (number < 0 or number.denominator != 1):
            self._fault(index, heading, f"'{_danish(number)}' er ikke et helt antal.")
            return None
        return None if number is None else int(number)

    def _number(self, index: int, heading: str, is_percent: bool) -> Fraction | None:
        key = heading, is_percent
        if key not in self._numbers:
            meanings = Numbers(is_percent)
            self._numbers[key] = read_column(self._table, heading, meanings, self._complaints)
        number = self._numbers[key][index]
        if number is None and self._table.columns[heading][index]:
            self._reported.add((index, heading))
        return number

    def _fault(self, index: int, heading: str, text: str) -> None:
        self._reported.add((index, heading))
        self._complaints.add(text, self._table.rows([index], heading))


def _decimals(text: str) -> int:
    match = _DECIMALS.fullmatch(text)
    return len(match.group(1)) if match else 0


def _danish(number: Fraction) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".").replace(".", ",")
