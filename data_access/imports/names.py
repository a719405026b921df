"""What the names of a file mean: which municipality, hospital, education or institution."""

from collections.abc import Iterable, Mapping

from data_access.imports.cell_faults import remedy
from data_access.imports.tables import UnreadableValueError
from data_access.imports.validation_errors import ValidationErrors, did_you_mean, nearest, shown
from data_access.reference import Reference, normalised
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

    def with_spellings(self, extra: Mapping[str, str], where: str, complaints: ValidationErrors) -> "Names":
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
