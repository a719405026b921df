"""A plain table of answers to answer sheets, one per invited person."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from data_access.imports.background import Background, Belonging
from data_access.imports.mapping import NO_WORDS, Mapping, QuestionColumn, StatusWords
from data_access.imports.persons import PersonKey, complain_of_shared_keys, person_keys
from data_access.imports.tables import (
    SurveyTable,
    UnreadableValueError,
    folded,
    read_column,
    remedy,
    whole_number,
)
from data_access.imports.validation_errors import ValidationErrors, did_you_mean, nearest, shown
from indicators.danish import listed
from indicators.questionnaire import Scale

ANSWERED = "answered"
PARTIAL = "partial"
INVITED = "invited"
LEFT_OUT = "left_out"
Answers = dict[str, int]


@dataclass(frozen=True)
class AnswerRows:
    """Answer sheets as rows for the store, with their numbers in the file.

    `has_answers` is what the file says, before empty cells are given a meaning; `not_counted` says how many
    sheets of each status have answers that the status keeps out.
    """

    sheets: list[dict]
    numbers: list[int]
    has_answers: list[bool]
    left_out: int
    not_counted: Counter[str]


def read_answers(table: SurveyTable, background: Background, person_key: PersonKey | None) -> AnswerRows:
    """The answer sheets of all who were invited."""
    mapping = background.mapping
    complaints = background.complaints
    states = [ANSWERED] * len(table)
    if mapping.status and mapping.columns.status:
        states = read_column(table, mapping.columns.status, _Statuses(mapping.status), complaints)
    kept = [state != LEFT_OUT for state in states]
    left_out_with_answers = _rows_with_answers(table.where([not is_kept for is_kept in kept]), mapping)
    table = table.where(kept)
    states = [state for state in states if state != LEFT_OUT]
    belongings = background.belongings(table)
    persons = _persons(table, belongings, background, person_key)
    answers = list(_answers(table, mapping, complaints))
    counting = _Counting(mapping)
    sheets = [
        {"place": place, "education_id": education, "institution_id": institution, "person": person}
        | counting.answered(state, given)
        for (place, education, institution), state, given, person in zip(
            belongings, states, answers, persons, strict=True
        )
    ]
    has_answers = [bool(given) for given in answers]
    not_counted = counting.not_counted + Counter({LEFT_OUT: left_out_with_answers})
    return AnswerRows(sheets, table.numbers, has_answers, kept.count(False), not_counted)


def _rows_with_answers(table: SurveyTable, mapping: Mapping) -> int:
    """How many rows have something in a column of a question; what it is, nobody has read."""
    columns = (table.columns[mapping.questions[question.id].heading] for question in mapping.asked_questions)
    return sum(map(any, zip(*columns, strict=True)))


class _Counting:
    """Which sheets count as answered, and what their empty cells stand for."""

    def __init__(self, mapping: Mapping) -> None:
        self._count_partial = mapping.status is not None and mapping.status.count_partial
        self._blanks = {
            name: mapping.option_value(name, column.blank)
            for name, column in mapping.questions.items()
            if column.blank
        }
        self.not_counted: Counter[str] = Counter()

    def answered(self, state: str, given: Answers) -> dict:
        """Only one who has come to the end has left a cell empty on purpose."""
        if state == ANSWERED:
            return {"answered": True, "answers": self._blanks | given}
        if state == PARTIAL and self._count_partial and given:
            return {"answered": True, "answers": given}
        if given:
            self.not_counted[state] += 1
        return {"answered": False, "answers": {}}


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
            raise UnreadableValueError(text)
        return self._meanings[text.casefold()]

    def explain(self, text: str) -> str:
        if not text:
            return 'Status mangler. Udfyld den i filen, eller skriv "" under [status] left_out.'
        hint = did_you_mean(nearest(text, self._meanings)) or " Skriv den under [status] i mappingfilen."
        return f"Statussen '{shown(text)}' kendes ikke.{hint}"


class _Options:
    """The options of a scale by text, or by number where the file has no words."""

    def __init__(self, scale: Scale, column: QuestionColumn, codes: dict[str, tuple[str, ...]]) -> None:
        self._by_text = {folded(option.text): option.value for option in scale.options}
        self._by_value = {str(option.value): option.value for option in scale.options}
        self._codes = codes
        self._listed = ", ".join(f"{option.value} = {option.text}" for option in scale.options)
        self._tick = _tick_proposal(scale, column)

    def meaning(self, text: str) -> int | None:
        if not text:
            return None
        code, *others = self._codes.get(text, (text,))
        known = self._by_text.get(text.casefold())
        if known is None and (text.isdecimal() or code == text):
            # a label that is only a number stands for its own code, which may be another number
            known = self._by_value.get(whole_number(code))
        if known is None or others:
            raise UnreadableValueError(text)
        return known

    def explain(self, text: str) -> str:
        if len(codes := self._codes.get(text, ())) > 1:
            return (
                f"Koderne {listed([*map(shown, codes)])} har samme tekst i labels: '{shown(text)}'. Ret "
                'labels, eller skriv by = "code" ved spørgsmålet i mappingfilen, hvis koderne er skalaens '
                "egne tal."
            )
        return f"'{shown(text)}' er ikke et svar på skalaen ({self._listed}).{remedy(text) or self._tick}"


class _Ticks:
    """The two answers of a tick box: by the mapping's words for a tick, the words that say no, or by text."""

    def __init__(self, scale: Scale, column: QuestionColumn, ticked: int, without: int) -> None:
        self._values = {folded(option.text): option.value for option in scale.options}
        self._values |= {folded(word): without for word in NO_WORDS}
        self._values |= {folded(word): ticked for word in column.ticked}
        self._listed = listed([f"'{shown(word)}'" for word in column.ticked])

    def meaning(self, text: str) -> int | None:
        if not text:
            return None
        known = self._values.get(folded(whole_number(text)))
        if known is None:
            raise UnreadableValueError(text)
        return known

    def explain(self, text: str) -> str:
        return f"'{shown(text)}' er hverken blandt ordene for et kryds ({self._listed}) eller et nej."


def _tick_proposal(scale: Scale, column: QuestionColumn) -> str:
    """What to write in the mapping where the cells of a question of two answers are ticks."""
    texts = [option.text for option in scale.base]
    if len(texts) != 2:
        return ""
    no = {folded(word) for word in NO_WORDS}
    without = next((text for text in texts if folded(text) in no), texts[-1])
    return (
        " Er kolonnen et afkrydsningsfelt, så skriv ordet for et kryds og svaret uden kryds i "
        f'mappingfilen, fx {{ column = "{shown(column.column)}", ticked = ["X"], blank = "{without}" }}.'
    )


def _answers(table: SurveyTable, mapping: Mapping, complaints: ValidationErrors) -> Iterator[Answers]:
    columns = {}
    for question in mapping.asked_questions:
        column = mapping.questions[question.id]
        heading = column.heading
        scale = mapping.questionnaire.scale_of(question)
        codes = {} if folded(heading) in mapping.by_code() else table.codes.get(heading, {})
        ticks = mapping.tick_values(question.id) if column.ticked else None
        options = _Ticks(scale, column, *ticks) if ticks else _Options(scale, column, codes)
        columns[question.id] = read_column(table, heading, options, complaints)
    ids = tuple(columns)
    for values in zip(*columns.values(), strict=True):
        yield {name: value for name, value in zip(ids, values, strict=True) if value is not None}


def _persons(
    table: SurveyTable, belongings: list[Belonging], background: Background, person_key: PersonKey | None
) -> list[str | None]:
    heading = background.mapping.columns.person
    complaints = background.complaints
    if not heading or not person_key:
        return [None] * len(table)
    complain_of_shared_keys(table, heading, [place for place, *_ in belongings], complaints)
    return [person_key.hashed(key) for key in person_keys(table, heading, complaints)]
