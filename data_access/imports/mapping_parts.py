"""The parts of a mapping file, each a table in it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

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
