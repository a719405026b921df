"""The mapping file: what a survey file's columns, words and questions are called here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from data_access.faults import what_is_wrong
from data_access.imports.tables import folded
from data_access.imports.toml_text import parsed, text_of
from data_access.imports.validation_errors import ValidationErrors, shown
from data_access.texts import PERSONAL, is_personal
from indicators.questionnaire import Question, Questionnaire, Scale

Text = Annotated[str, Field(min_length=1)]
CHOSEN = "Valgt"
NOT_CHOSEN = "Ikke valgt"
NO_WORDS = ("", "Nej", "Falsk", "False", "0", NOT_CHOSEN)
"""How files say no where another word says yes: a private site, a tick."""
TO_FILL_IN = "UDFYLD"
"""Stands in a suggested mapping where a person must write something."""


class MappingPart(BaseModel):
    """Frozen and strict about names; a number where a text is expected is read as text ("101" for 101)."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
        hide_input_in_errors=True,
    )


class Sheets(MappingPart):
    """Which sheet of a workbook to read."""

    table: Text | None = None


class Columns(MappingPart):
    """Headings of the background columns."""

    municipality: Text | None = None
    hospital: Text | None = None
    private: Text | None = None
    education: Text
    institution: Text | None = None
    status: Text | None = None
    person: Text | None = None

    @model_validator(mode="after")
    def _says_where(self) -> "Columns":
        if not (self.municipality or self.hospital):
            raise ValueError("mindst én af municipality og hospital skal være angivet")
        if self.private and not self.municipality:
            raise ValueError("private kræver, at municipality også er angivet")
        return self


class StatusWords(MappingPart):
    """Words of the status column."""

    answered: tuple[Text, ...] = Field(min_length=1)
    partial: tuple[Text, ...] = ()
    invited: tuple[Text, ...] = ()
    left_out: tuple[str, ...] = ()
    count_partial: bool = True


class Values(MappingPart):
    """Spellings of this file that the reference data do not know."""

    private: tuple[Text, ...] = ()
    not_private: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    municipality: dict[str, str] = {}
    hospital: dict[str, str] = {}
    education: dict[str, str] = {}
    institution: dict[str, str] = {}


class AddedEducation(MappingPart):
    """An education that the reference data lack."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: Text
    short_name: str = ""
    level: str = ""
    field: str = ""


class AddedInstitution(MappingPart):
    """An institution that the reference data lack."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: Text
    short_name: str = ""
    kind: str = ""


class Added(MappingPart):
    """What the reference data lack."""

    education: tuple[AddedEducation, ...] = ()
    institution: tuple[AddedInstitution, ...] = ()


class QuestionColumn(MappingPart):
    """The column of a question, or one option of a SurveyXact multi-choice question.

    `by` is how the labels of an export are used, `blank` the answer that an empty cell stands for
    ("": none, and a person has said so), `ticked` the words of a tick, which stand for the other answer.
    """

    column: Text
    choice: Text | None = None
    by: Literal["text", "code"] = "text"
    blank: str | None = None
    ticked: tuple[Text, ...] = ()

    @property
    def heading(self) -> str:
        """The heading in the table that is read."""
        return f"{self.column}: {self.choice}" if self.choice else self.column


def as_column(value: object) -> object:
    """A heading alone is short for a table with it."""
    return {"column": value} if isinstance(value, str) else value


class ResponseMapping(MappingPart):
    """Columns that tell how many answered and how many were asked."""

    answers: Text
    rate_percent: Text | None = None
    invited: Text | None = None

    @model_validator(mode="after")
    def _has_one_source(self) -> "ResponseMapping":
        if self.rate_percent and self.invited:
            raise ValueError("angiv enten rate_percent eller invited, ikke begge")
        return self


class CountedQuestion(MappingPart):
    """Columns of a counted question: how many answered, and one column per option."""

    n: Text
    options: dict[str, str] = Field(min_length=1)


class CountsMapping(MappingPart):
    """A table of counts. Rows for the same place, education and institution are refused, unless
    `sum_duplicates` says that they are parts of one whole."""

    unit: Literal["percent", "count"]
    sum_duplicates: bool = False
    response: ResponseMapping | None = None
    questions: dict[str, CountedQuestion] = Field(min_length=1)


class Duplicates(MappingPart):
    """Why rows that are there more than once, or in another round too, are right all the same."""

    reason: Text


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


Model = TypeVar("Model", bound=BaseModel)


def read_mapping(path: Path) -> Mapping:
    """The mapping file with its questionnaire, which may lie in a file beside it; no draft."""
    mapping = parse_mapping(text_of(path, "Mappingfilen"), path)
    complaints = ValidationErrors(
        f"Mappingfilen '{shown(path.name)}' er et udkast. Skriv i stedet for {TO_FILL_IN}:"
    )
    for key, text in _texts("", mapping.model_dump(mode="json")):
        if TO_FILL_IN in text:
            complaints.add(f"{shown(key)}: {shown(text)}")
    complaints.stop_if_any()
    return mapping


def _refuse_personal(mapping: Mapping, name: str) -> None:
    """ImportProblem where a text that is kept with the round says who somebody is."""
    complaints = ValidationErrors(f"{name} kan ikke bruges:")
    kept = mapping.model_dump(mode="json", include={"source", "questionnaire", "add"})
    for key, text in _texts("", kept):
        if is_personal(text):
            complaints.add(f"{shown(key)}: {PERSONAL}.")
    complaints.stop_if_any()


def parse_mapping(text: str, path: Path) -> Mapping:
    """The mapping in a text; `path` is the name in messages and where the questionnaire's path starts."""
    content = parsed(text, f"Mappingfilen '{shown(path.name)}'")
    questionnaire = content.get("questionnaire")
    if isinstance(questionnaire, str):
        file = path.parent / questionnaire
        name = f"Spørgeskemaet '{shown(file.name)}'"
        content["questionnaire"] = _checked(Questionnaire, parsed(text_of(file, "Spørgeskemaet"), name), name)
    name = f"Mappingfilen '{shown(path.name)}'"
    mapping = _checked(Mapping, content, name)
    _refuse_personal(mapping, name)
    return mapping


def _texts(key: str, content: object) -> Iterator[tuple[str, str]]:
    """Every text in a mapping, the keys of its tables included, and where it is."""
    if isinstance(content, str):
        yield key, content
    elif isinstance(content, dict):
        for name, part in content.items():
            yield key, name
            yield from _texts(f"{key}.{name}".lstrip("."), part)
    elif isinstance(content, list):
        for number, part in enumerate(content, start=1):
            yield from _texts(f"{key}.{number}", part)


def _checked(model: type[Model], content: dict[str, Any], name: str) -> Model:
    complaints = ValidationErrors(f"{name} kan ikke bruges:")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            complaints.add(_described(fault))
        complaints.stop_if_any()
        raise


def _described(fault: dict[str, Any]) -> str:
    """ "columns.education: mangler" from pydantic's account of it."""
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in fault["loc"])
    return f"{shown(key)}: {what_is_wrong(fault)}" if key else what_is_wrong(fault)
