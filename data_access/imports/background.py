"""Where each row belongs: place, education and institution."""

from collections.abc import Iterable
from dataclasses import dataclass

from data_access.imports.mapping import NO_WORDS, AddedEducation, AddedInstitution, Mapping
from data_access.imports.tables import (
    SurveyTable,
    UnreadableValueError,
    are_listed,
    complain,
    folded,
    read_column,
    remedy,
)
from data_access.imports.validation_errors import ValidationErrors, did_you_mean, nearest, shown
from data_access.reference import Reference, normalised
from indicators.groups import private_place
from indicators.unit_kinds import HOSPITAL, MUNICIPALITY

Entry = tuple[str, tuple[str, ...]]
"""An id with its spellings."""
BLANK: Entry = ("", ("",))
"""The entry of a column that may be blank."""


class Names:
    """Names of one kind. A spelling that two entries share means neither."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._ids: dict[str, str | None] = {}
        self._shown: dict[str, str] = {}
        for entry_id, spellings in entries:
            for spelling in spellings:
                key = normalised(spelling)
                self._ids[key] = entry_id if self._ids.get(key, entry_id) == entry_id else None
                if spelling != entry_id and not spelling.isdigit():  # nobody means a code by mistyping it
                    self._shown.setdefault(key, spelling)

    def meaning(self, text: str) -> str:
        """The id behind a spelling; NotUnderstoodError when it is unknown or means several."""
        if (key := self._ids.get(normalised(text))) is not None:
            return key
        raise UnreadableValueError(text)

    def explain(self, text: str) -> str:
        """Why the text has no meaning, with the nearest names."""
        if not text:
            return "Cellen er tom."
        if normalised(text) in self._ids:
            return f"'{shown(text)}' kan betyde flere. Skriv den rette i mappingfilen under [values]."
        hint = remedy(text) or did_you_mean(nearest(normalised(text), self._shown.values()))
        return f"'{shown(text)}' kendes ikke.{hint}"

    def with_spellings(self, extra: dict[str, str], where: str, complaints: ValidationErrors) -> "Names":
        """The same names with a mapping file's own spellings, which go before the known ones."""
        more = Names([])
        more._ids = dict(self._ids)
        more._shown = dict(self._shown)
        for spelling, target in extra.items():
            try:
                more._ids[normalised(spelling)] = self.meaning(target)
            except UnreadableValueError:
                complaints.add(f"{where}, '{shown(spelling)}': {self.explain(target)}")
        return more


def municipality_names(reference: Reference) -> Names:
    """Municipalities by four-digit code; may be blank, for a hospital may decide the place."""
    return Names([BLANK, *_units(reference, MUNICIPALITY.key)])


def hospital_names(reference: Reference) -> Names:
    """Hospitals by hospital id; may be blank."""
    return Names([BLANK, *_units(reference, HOSPITAL.key)])


def education_names(reference: Reference, added: Iterable[Entry] = ()) -> Names:
    """Educations, those that only this mapping knows included; never blank."""
    return Names([*((known.id, known.spellings) for known in reference.educations), *added])


def institution_names(reference: Reference, added: Iterable[Entry] = ()) -> Names:
    """Institutions, those that only this mapping knows included; may be blank."""
    return Names([BLANK, *((known.id, known.spellings) for known in reference.institutions), *added])


def _units(reference: Reference, kind: str) -> list[Entry]:
    return [
        (unit.key.split(":", 1)[1], (*unit.spellings, unit.name))
        for unit in reference.units
        if unit.kind == kind
    ]


_NO_PLACE = (
    "Cellen er tom, og rækken har heller intet andet sted. Udfyld stedet, eller skriv "
    "leave_out_without_place = true øverst i mappingfilen; så udelades kun rækker uden noget sted."
)
_TWO_PLACES = (
    "Rækken har to steder: hospitalet '{}' og '{}' i kolonnen '{}', som ikke passer til det. Ret den ene, "
    "eller skriv hospital_decides = true øverst i mappingfilen, hvis hospitalet er stedet."
)

Belonging = tuple[str, str, str]
"""Place, education id and institution id ("" when the file does not tell)."""


@dataclass(frozen=True)
class Background:
    """The mapping's background columns, read with the reference data's names."""

    mapping: Mapping
    reference: Reference
    complaints: ValidationErrors

    def check_added(self) -> None:
        """What the mapping adds must not be there already, or be added twice."""
        for kind in ("education", "institution"):
            taken = {known.id for known in getattr(self.reference, f"{kind}s")}
            for new in getattr(self.mapping.add, kind):
                if new.id in taken:
                    self.complaints.add(f"[[add.{kind}]]: Id'et '{new.id}' findes allerede. Vælg et andet.")
                taken.add(new.id)

    def belongings(self, table: SurveyTable) -> list[Belonging]:
        """Place, education and institution of each row; what is not understood becomes a complaint."""
        columns = self.mapping.columns
        names = education_names(self.reference, _entries(self.mapping.add.education))
        known = self._known(names, "education")
        educations = read_column(table, columns.education, known, self.complaints)
        institutions = [""] * len(table)
        if columns.institution:
            names = institution_names(self.reference, _entries(self.mapping.add.institution))
            known = self._known(names, "institution")
            institutions = read_column(table, columns.institution, known, self.complaints)
        return list(zip(self._places(table), educations, institutions, strict=True))

    def private_sites(self, table: SurveyTable) -> list[bool]:
        """Which rows are of a private or self-owned site; a value that is not explained is a complaint."""
        if not (heading := self.mapping.columns.private):
            return [False] * len(table)
        values = self.mapping.values
        known = {folded(word) for word in (*values.private, *values.not_private, *NO_WORDS)}
        unknown = {cell for cell in set(table.columns[heading]) if folded(cell) not in known}
        complain(table, heading, unknown, _explain_private, self.complaints)
        return are_listed(table.columns[heading], values.private)

    def _places(self, table: SurveyTable) -> list[str]:
        """A hospital is the place; else the municipality, or the private sites in it."""
        hospitals = self._read_or_blank(table, "hospital", hospital_names(self.reference))
        municipalities = self._read_or_blank(table, "municipality", municipality_names(self.reference))
        private = self.private_sites(table)
        places = []
        for index, cells in enumerate(zip(hospitals, municipalities, private, strict=True)):
            self._check_place(table, index, *cells)
            places.append(_place(*cells))
        return places

    def _check_place(
        self, table: SurveyTable, index: int, hospital: str, municipality: str, is_private: bool
    ) -> None:
        columns = self.mapping.columns
        is_elsewhere = municipality and municipality != self.reference.hospital_municipalities.get(
            hospital, municipality
        )
        if hospital == municipality == "" and not is_private:
            self.complaints.add(_NO_PLACE, table.rows([index], columns.municipality or columns.hospital))
        elif hospital and (is_elsewhere or is_private) and not self.mapping.hospital_decides:
            other = columns.private if is_private else columns.municipality
            named = [shown(table.columns[heading][index]) for heading in (columns.hospital, other)]
            self.complaints.add(_TWO_PLACES.format(*named, other), table.rows([index], columns.hospital))

    def _read_or_blank(self, table: SurveyTable, kind: str, names: Names) -> list[str]:
        known = self._known(names, kind)
        heading = getattr(self.mapping.columns, kind)
        return read_column(table, heading, known, self.complaints) if heading else [""] * len(table)

    def _known(self, names: Names, kind: str) -> Names:
        return names.with_spellings(getattr(self.mapping.values, kind), f"[values.{kind}]", self.complaints)


def _entries(added: Iterable[AddedEducation | AddedInstitution]) -> list[Entry]:
    return [(new.id, tuple(filter(None, (new.name, new.short_name, new.id)))) for new in added]


def _explain_private(text: str) -> str:
    return (
        f"'{shown(text) or '(tom)'}' står hverken under private eller not_private. Skriv den det rette sted "
        "under [values] i mappingfilen."
    )


def _place(hospital: str, municipality: str, is_private: bool) -> str:
    if hospital:
        return HOSPITAL.unit_key(hospital)
    return private_place(municipality) if is_private else MUNICIPALITY.unit_key(municipality)
