"""What an import did, or would do, in words: what a person holds against the source's own account."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from data_access.imports.validation_errors import shown

_MOST_VALUES = 12


@dataclass(frozen=True)
class QuestionTally:
    """How often each option of a question occurs, those that never do included, in the order shown."""

    id: str
    name: str
    options: dict[str, int]
    base: str = ""

    @property
    def answers(self) -> int:
        """Sheets with an answer, whichever."""
        return sum(self.options.values())

    def line(self) -> str:
        """The question in a line: n, what n counts, each option, and options that nobody chose."""
        chosen = {option: number for option, number in self.options.items() if number}
        never = [option for option, number in self.options.items() if not number]
        base = f" (kun {self.base})" if self.base else ""
        line = f"{self.id} {self.name}: {counted(self.answers, 'svar', 'svar')}{base}"
        line += f". {tallied(chosen)}" if chosen else ""
        return line + (f". Aldrig valgt: {', '.join(never)}" if never else "")


@dataclass(frozen=True)
class ImportReport:
    """Counts and remarks of one import; `lines()` is the text that is shown.

    `answers` is None where a table of counts does not tell; `persons` are those known, and those of them at
    several places.
    """

    round_id: str
    files: tuple[str, ...]
    dry_run: bool = False
    unchanged_file: bool = False
    rows_read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    rules: tuple[str, ...] = ()
    questions: tuple[QuestionTally, ...] = ()
    groups: int | None = None
    invited: int | None = None
    answers: int | None = 0
    persons: tuple[int, int] | None = None
    dropped_columns: dict[str, str] = field(default_factory=dict)
    duplicates: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    added: int = 0
    removed: int = 0
    unchanged: int = 0

    def lines(self) -> list[str]:
        """The report in Danish, a line per fact."""
        head = f"Runde {self.round_id}: {', '.join(self.files)}"
        if self.unchanged_file:
            return [head, "Filerne og mappingfilen er de samme som ved sidste import. Intet er ændret."]
        return [head, *self._read(), *self._columns(), *self._remarks(), *self._changes()]

    def _read(self) -> list[str]:
        lines = [f"Læst: {counted(self.rows_read, 'række', 'rækker')}"]
        lines += [f"Udeladt: {counted(n, 'række', 'rækker')} ({rule})" for rule, n in self.left_out.items()]
        lines += self.rules
        if self.groups is not None:
            lines.append(f"Grupper: {_number(self.groups)}")
        lines.append(f"Inviterede: {'ukendt' if self.invited is None else _number(self.invited)}")
        lines.append(
            f"Besvarelser: {'ukendt' if self.answers is None else _number(self.answers)}{self._rate()}"
        )
        if self.persons:
            number, at_several = map(_number, self.persons)
            lines.append(f"Personer: {number}, heraf {at_several} flere steder")
        return lines + [question.line() for question in self.questions]

    def _rate(self) -> str:
        if not self.invited or self.answers is None:
            return ""
        return f" (svarprocent {100 * self.answers / self.invited:.1f}\u00a0%)".replace(".", ",")

    def _columns(self) -> list[str]:
        by_reason: dict[str, list[str]] = {}
        for heading, reason in self.dropped_columns.items():
            by_reason.setdefault(reason, []).append(heading)
        return [
            f"Ikke importeret ({reason}): {', '.join(headings[:12])}"
            + (f" og {len(headings) - 12} flere" if len(headings) > 12 else "")
            for reason, headings in sorted(by_reason.items())
        ]

    def _remarks(self) -> list[str]:
        return [
            *(f"Dublet: {text}" for text in self.duplicates),
            *(f"Tilladt i mappingfilen: {text}" for text in self.allowed),
            *(f"Bemærk: {text}" for text in self.warnings),
        ]

    def _changes(self) -> list[str]:
        numbers = {"Nye": self.added, "fjernede": self.removed, "uændrede": self.unchanged}
        counts = ", ".join(f"{word}: {_number(number)}" for word, number in numbers.items())
        if self.dry_run:
            return [counts, "Prøvekørsel: Intet er ændret."]
        return [
            counts,
            "Importen er gemt." if self.added or self.removed else "Indholdet er det samme som før.",
        ]


def counted(count: int, singular: str, plural: str) -> str:
    """1 -> "1 række", 1200 -> "1.200 rækker"."""
    return f"{_number(count)} {singular if count == 1 else plural}"


def tallied(values: Mapping[str, int]) -> str:
    """{"Ja": 10, "": 2} -> "Ja 10, (tom) 2": the most frequent ones where there are many."""
    shown_values = dict(sorted(values.items(), key=lambda value: -value[1])[:_MOST_VALUES])
    listed = [
        f"{shown(value) or '(tom)'} {_number(n)}" for value, n in values.items() if value in shown_values
    ]
    rest = len(values) - len(listed)
    return ", ".join(listed) + (f" og {rest} andre" if rest else "")


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
