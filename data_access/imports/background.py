"""Where each row belongs: place, education and institution; and which rows are left out by rule."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from data_access.imports.complaints import Complaints
from data_access.imports.mapping import AddedEducation, AddedInstitution, Mapping
from data_access.imports.names import (
    Entry,
    Names,
    education_names,
    hospital_names,
    institution_names,
    municipality_names,
)
from data_access.imports.tables import Table, folded, read_column
from data_access.reference import Reference

Belonging = tuple[str, str, str]
"""Place, education id and institution id ("" when the file does not tell)."""


@dataclass(frozen=True)
class Background:
    """The mapping's background columns, read with the reference data's names."""

    mapping: Mapping
    reference: Reference
    complaints: Complaints

    def check_added(self) -> None:
        """What the mapping adds must not be there already, or be added twice."""
        for kind in ("education", "institution"):
            taken = {known.id for known in getattr(self.reference, f"{kind}s")}
            for new in getattr(self.mapping.add, kind):
                if new.id in taken:
                    self.complaints.add(f"[[add.{kind}]]: Id'et '{new.id}' findes allerede. Vælg et andet.")
                taken.add(new.id)

    def rows_kept(self, table: Table) -> tuple[Table, Counter[str]]:
        """The table without the rows that [keep] and [leave_out] exclude, and how many each rule took."""
        left_out: Counter[str] = Counter()
        rules = [(heading, words, True) for heading, words in self.mapping.keep.items()]
        rules += [(heading, words, False) for heading, words in self.mapping.leave_out.items()]
        for heading, words, wanted in rules:
            chosen = [is_listed == wanted for is_listed in _listed(table.columns[heading], words)]
            verb = "er ikke" if wanted else "er"
            left_out[f"{heading} {verb} {' eller '.join(word or '(tom)' for word in words)}"] += chosen.count(
                False
            )
            table = table.where(chosen)
        return table, left_out

    def belongings(self, table: Table) -> list[Belonging]:
        """Place, education and institution of each row; what is not understood becomes a complaint."""
        columns = self.mapping.columns
        educations = read_column(table, columns.education, self._educations, self.complaints)
        institutions = [""] * len(table)
        if columns.institution:
            institutions = read_column(table, columns.institution, self._institutions, self.complaints)
        return list(zip(self._places(table), educations, institutions, strict=True))

    def _places(self, table: Table) -> list[str]:
        """A hospital decides the place; else the municipality, or the private sites in it."""
        hospitals = self._read_or_blank(table, self.mapping.columns.hospital, self._hospitals)
        municipalities = self._read_or_blank(table, self.mapping.columns.municipality, self._municipalities)
        heading = self.mapping.columns.private
        private = (
            _listed(table.columns[heading], self.mapping.values.private) if heading else [False] * len(table)
        )
        places = []
        for index, (hospital, municipality, is_private) in enumerate(
            zip(hospitals, municipalities, private, strict=True)
        ):
            places.append(_place(hospital, municipality, is_private))
            if hospital == municipality == "":
                self._complain_of_no_place(table, index)
        return places

    def _read_or_blank(self, table: Table, heading: str | None, names: Names) -> list[str]:
        return read_column(table, heading, names, self.complaints) if heading else [""] * len(table)

    def _complain_of_no_place(self, table: Table, index: int) -> None:
        heading = self.mapping.columns.municipality or self.mapping.columns.hospital or ""
        self.complaints.add(
            f"{table.place(index, heading)}: Cellen er tom. Udfyld stedet, eller lad rækken ude "
            f'med "{heading}" = [""] under [leave_out] i mappingfilen.'
        )

    @cached_property
    def _municipalities(self) -> Names:
        return self._known(municipality_names(self.reference), "municipality")

    @cached_property
    def _hospitals(self) -> Names:
        return self._known(hospital_names(self.reference), "hospital")

    @cached_property
    def _educations(self) -> Names:
        return self._known(education_names(self.reference, _entries(self.mapping.add.education)), "education")

    @cached_property
    def _institutions(self) -> Names:
        return self._known(
            institution_names(self.reference, _entries(self.mapping.add.institution)), "institution"
        )

    def _known(self, names: Names, kind: str) -> Names:
        return names.with_spellings(getattr(self.mapping.values, kind), f"[values.{kind}]", self.complaints)


def _listed(cells: list[str], words: Iterable[str]) -> list[bool]:
    wanted = {folded(word) for word in words}
    listed = {cell for cell in set(cells) if folded(cell) in wanted}
    return [cell in listed for cell in cells]


def _entries(added: Iterable[AddedEducation | AddedInstitution]) -> list[Entry]:
    return [(new.id, tuple(filter(None, (new.name, new.short_name, new.id)))) for new in added]


def _place(hospital: str, municipality: str, is_private: bool) -> str:
    if hospital:
        return f"hospital:{hospital}"
    return f"privat:{municipality}" if is_private else f"kommune:{municipality}"
