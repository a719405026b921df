"""A plain table of answers to answer sheets, one per invited person."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from data_access.imports.background import Background
from data_access.imports.complaints import Complaints, did_you_mean, nearest, shown
from data_access.imports.mapping import Mapping, StatusWords
from data_access.imports.tables import NotUnderstoodError, Table, complain, fault_text, folded, read_column
from indicators.questionnaire import Scale

ANSWERED, PARTIAL, INVITED, LEFT_OUT = "answered", "partial", "invited", "left_out"


@dataclass(frozen=True)
class PersonKey:
    """Turns what identifies a person into a keyed hash that is the same within one round only."""

    key: bytes
    round_id: str

    def hashed(self, value: str) -> str | None:
        """The hash in hex; None for a blank."""
        return hmac.digest(self.key, (self.round_id + value).encode(), "sha256").hex() if value else None


def read_answers(
    table: Table, background: Background, person_key: PersonKey | None
) -> tuple[list[dict], int]:
    """Answer sheets as rows for the store, and how many rows their status left out."""
    mapping, complaints = background.mapping, background.complaints
    states = _states(table, mapping, complaints)
    kept = [state != LEFT_OUT for state in states]
    table, states = table.where(kept), [state for state in states if state != LEFT_OUT]
    belongings = background.belongings(table)
    answers = _answers(table, mapping, complaints)
    persons = _persons(table, mapping, person_key, complaints)
    count_partial = mapping.status is not None and mapping.status.count_partial
    sheets = []
    for (place, education, institution), state, given, person in zip(
        belongings, states, answers, persons, strict=True
    ):
        answered = state == ANSWERED or (state == PARTIAL and count_partial and bool(given))
        sheets.append(
            {
                "place": place,
                "education_id": education,
                "institution_id": institution,
                "answered": answered,
                "person": person,
                "answers": given if answered else {},
            }
        )
    return sheets, kept.count(False)


class _Statuses:
    """What the words of the status column mean."""

    def __init__(self, words: StatusWords) -> None:
        self._meanings = {
            folded(word): state
            for state in (ANSWERED, PARTIAL, INVITED, LEFT_OUT)
            for word in getattr(words, state)
        }

    def meaning(self, text: str) -> str:
        if text.casefold() not in self._meanings:
            raise NotUnderstoodError(text)
        return self._meanings[text.casefold()]

    def explain(self, text: str) -> str:
        hint = did_you_mean(nearest(text, self._meanings)) or " Skriv den under [status] i mappingfilen."
        return f"Statussen '{shown(text)}' kendes ikke.{hint}"


class _Options:
    """The options of a scale by text, or by number where the file has no words."""

    def __init__(self, scale: Scale, codes: dict[str, str]) -> None:
        self._by_text = {folded(option.text): option.value for option in scale.options}
        self._by_value = {str(option.value): option.value for option in scale.options}
        self._codes = codes
        self._listed = ", ".join(f"{option.value} = {option.text}" for option in scale.options)

    def meaning(self, text: str) -> int | None:
        if not text:
            return None
        known = self._by_text.get(text.casefold())
        # a label that is only a number stands for its own code, which may be another number
        known = self._by_value.get(self._codes.get(text, text)) if known is None else known
        if known is None:
            raise NotUnderstoodError(text)
        return known

    def explain(self, text: str) -> str:
        return f"'{shown(text)}' er ikke et svar på skalaen ({self._listed})."


def _states(table: Table, mapping: Mapping, complaints: Complaints) -> list[str]:
    if not mapping.status or not mapping.columns.status:
        return [ANSWERED] * len(table)
    return read_column(table, mapping.columns.status, _Statuses(mapping.status), complaints)


def _answers(table: Table, mapping: Mapping, complaints: Complaints) -> Iterable[dict[str, int]]:
    columns = {}
    for question in mapping.asked:
        heading = mapping.questions[question.id].heading
        options = _Options(mapping.questionnaire.scale_of(question), table.codes.get(heading, {}))
        columns[question.id] = read_column(table, heading, options, complaints)
    ids = tuple(columns)
    for values in zip(*columns.values(), strict=True):
        yield {name: value for name, value in zip(ids, values, strict=True) if value is not None}


def _persons(
    table: Table, mapping: Mapping, person_key: PersonKey | None, complaints: Complaints
) -> list[str | None]:
    heading = mapping.columns.person
    if not heading or not person_key:
        return [None] * len(table)
    cells = table.columns[heading]
    complain(table, heading, {text for text in set(cells) if fault_text(text)}, fault_text, complaints)
    return [person_key.hashed(cell) for cell in cells]
