"""The mapping file: what a survey file's columns, words and questions are called here."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from data_access.imports.mapping_parts import (
    CHOSEN,
    NOT_CHOSEN,
    Added,
    Columns,
    CountsMapping,
    Duplicates,
    MappingPart,
    QuestionColumn,
    Sheets,
    StatusWords,
    Text,
    Values,
    as_column,
)
from data_access.imports.tables import folded
from indicators.questionnaire import Question, Questionnaire, Scale

WITH_A_TICK = "besvarelser med mindst ét kryds i spørgsmålet"
"""The base of one answer of a multi-choice question: without a tick nobody knows if it was seen."""


class Mapping(MappingPart):
    """Everything a person has decided about how a file is read."""

    questionnaire: Questionnaire
    format: Literal["surveyxact", "answers", "counts"]
    source: Text
    columns: Columns
    sample: bool = False
    private_counts_in_municipality: bool = False
    hospital_decides: bool = False
    leave_out_without_place: bool = False
    sheets: Sheets = Sheets()
    status: StatusWords | None = None
    values: Values = Values()
    keep: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    leave_out: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    add: Added = Added()
    questions: dict[str, Annotated[QuestionColumn, BeforeValidator(as_column)]] = Field(default_factory=dict)
    counts: CountsMapping | None = None
    duplicates: Duplicates | None = None
    unchanged_wording: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_together(self) -> "Mapping":
        for fault in (*self._format_faults(), *self._question_faults(), *self._option_faults()):
            raise ValueError(fault)
        return self

    def scale_of(self, question_id: str) -> Scale:
        """The scale of a mapped question."""
        return self.questionnaire.scale_of(self.questionnaire.question(question_id))

    def option_value(self, question_id: str, text: str) -> int | None:
        """The value of an option given by text or value; None when the scale has no such option."""
        for option in self.scale_of(question_id).options:
            if text.casefold() in (option.text.casefold(), str(option.value)):
                return option.value
        return None

    def tick_values(self, question_id: str) -> tuple[int, int] | None:
        """What a tick and no tick stand for; None when the scale or `blank` does not tell."""
        values = [option.value for option in self.scale_of(question_id).base]
        without = self.option_value(question_id, self.questions[question_id].blank or "")
        if len(values) != 2 or without not in values:
            return None
        return sum(values) - without, without

    @property
    def asked_questions(self) -> tuple[Question, ...]:
        """The mapped questions in the questionnaire's order."""
        mapped = self.counts.questions if self.counts else self.questions
        return tuple(question for question in self.questionnaire.questions if question.id in mapped)

    @property
    def questionnaire_as_read(self) -> Questionnaire:
        """The questionnaire, where a question says so when only some answer sheets count in it."""
        questions = tuple(
            question.model_copy(update={"base": WITH_A_TICK})
            if (column := self.questions.get(question.id)) and column.choice and not column.blank
            else question
            for question in self.questionnaire.questions
        )
        return self.questionnaire.model_copy(update={"questions": questions})

    def by_code(self) -> frozenset[str]:
        """The headings whose codes are taken as they are, in the form in which headings are compared."""
        return frozenset(folded(column.heading) for column in self.questions.values() if column.by == "code")

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that are read, each once."""
        named = [*self.columns.model_dump().values(), *self.keep, *self.leave_out]
        named += [column.heading for column in self.questions.values()]
        if self.counts:
            named += self.counts.response.model_dump().values() if self.counts.response else []
            named += [h for counted in self.counts.questions.values() for h in (counted.n, *counted.options)]
        return tuple(dict.fromkeys(heading for heading in named if heading))

    def _format_faults(self) -> list[str]:
        if self.format == "counts":
            wrong = {
                "[counts] mangler": not self.counts,
                "[questions] bruges ikke i format counts": self.questions,
            }
        else:
            wrong = {
                "[questions] mangler": not self.questions,
                '[counts] kræver format = "counts"': self.counts,
            }
        by_code = any(column.by == "code" for column in self.questions.values())
        wrong['by = "code" bruges kun i format surveyxact'] = by_code and self.format != "surveyxact"
        wrong["columns.status kræver [status]"] = self.columns.status and not self.status
        wrong["[status] kræver columns.status"] = self.status and not self.columns.status
        wrong["columns.status og columns.person bruges ikke i format counts"] = self.format == "counts" and (
            self.columns.status or self.columns.person
        )
        return [fault for fault, is_wrong in wrong.items() if is_wrong]

    def _question_faults(self) -> list[str]:
        known = {question.id for question in self.questionnaire.questions}
        mapped = [*self.questions, *(self.counts.questions if self.counts else {}), *self.unchanged_wording]
        faults = [f"spørgsmålet {name} findes ikke i spørgeskemaet" for name in mapped if name not in known]
        users: dict[str, list[str]] = {}
        for name, heading in self._answer_columns():
            users.setdefault(folded(heading), []).append(name)
        return faults + [
            f"kolonnen '{heading}' er brugt til både {' og '.join(names)}"
            for heading, names in users.items()
            if len(names) > 1
        ]

    def _answer_columns(self) -> Iterator[tuple[str, str]]:
        """Each question with its column, or its option columns."""
        yield from ((name, column.heading) for name, column in self.questions.items())
        for name, question in self.counts.questions.items() if self.counts else ():
            yield from ((name, heading) for heading in question.options)

    def _option_faults(self) -> list[str]:
        faults = [
            f"spørgsmålet {name}: blank = '{column.blank}' er ikke et svar på skalaen"
            for name, column in self.questions.items()
            if column.blank and self.option_value(name, column.blank) is None
        ]
        faults += [
            f"spørgsmålet {name}: ticked kræver en skala med to svar, og at blank er det af dem, som intet "
            "kryds betyder"
            for name, column in self.questions.items()
            if column.ticked and not self.tick_values(name)
        ]
        faults += [
            f"spørgsmålet {name}: skalaen skal have svarene {CHOSEN} og {NOT_CHOSEN}"
            for name, column in self.questions.items()
            if column.choice
            and {option.text for option in self.scale_of(name).options} != {CHOSEN, NOT_CHOSEN}
        ]
        for name, counted in self.counts.questions.items() if self.counts else ():
            values = [self.option_value(name, text) for text in counted.options.values()]
            if sorted(values, key=str) != sorted(
                {option.value for option in self.scale_of(name).base}, key=str
            ):
                faults.append(f"counts.questions.{name}.options skal nævne hvert af skalaens svar én gang")
        return faults
