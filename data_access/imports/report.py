"""What an import did, or would do, in words."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ImportReport:
    """Counts and remarks of one import; `lines()` is the text that is shown."""

    round_id: str
    files: tuple[str, ...]
    dry_run: bool = False
    unchanged_file: bool = False
    rows_read: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    groups: int | None = None
    invited: int | None = None
    answers: int = 0
    dropped_columns: dict[str, str] = field(default_factory=dict)
    duplicates: tuple[str, ...] = ()
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
        lines += [
            f"Udeladt: {counted(n, 'række', 'rækker')} ({rule})" for rule, n in self.left_out.items() if n
        ]
        if self.groups is not None:
            lines.append(f"Grupper: {_number(self.groups)}")
        lines.append(f"Inviterede: {'ukendt' if self.invited is None else _number(self.invited)}")
        lines.append(f"Besvarelser: {_number(self.answers)}{self._rate()}")
        return lines

    def _rate(self) -> str:
        if not self.invited:
            return ""
        return f" (svarprocent {100 * self.answers / self.invited:.1f}\u00a0%)".replace(".", ",")

    def _columns(self) -> list[str]:
        by_reason: dict[str, list[str]] = {}
        for heading, reason in self.dropped_columns.items():
            by_reason.setdefault(reason, []).append(heading)
        return [
            f"Ikke importeret ({reason}): {_listed(headings)}"
            for reason, headings in sorted(by_reason.items())
        ]

    def _remarks(self) -> list[str]:
        return [
            *(f"Dublet: {text}" for text in self.duplicates),
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


def counted(count: int, one: str, many: str) -> str:
    """1 -> "1 række", 1200 -> "1.200 rækker"."""
    return f"{_number(count)} {one if count == 1 else many}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _listed(headings: list[str]) -> str:
    more = f" og {len(headings) - 12} flere" if len(headings) > 12 else ""
    return ", ".join(headings[:12]) + more
