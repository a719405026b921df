"""Tables of the confidential store. A place is `kommune:0265`, `hospital:koege` or `privat:0265`,
the last being private and self-owned sites in that municipality."""

from datetime import UTC, datetime

from sqlalchemy import JSON, Column, LargeBinary
from sqlmodel import Field

from data_access.schema import ConfidentialTable

# Asked for here, where all of the tables are known.
CONFIDENTIAL = ConfidentialTable.metadata


class Round(ConfidentialTable, table=True):
    """One survey in one year, with the questionnaire as it was asked."""

    __tablename__ = "round"

    id: str = Field(primary_key=True)
    survey_id: str
    year: int
    questionnaire: dict = Field(sa_column=Column(JSON, nullable=False))
    added_names: dict = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Educations and institutions that only this round's mapping knows: {"education": {id: {...}}, ...}."""
    source: str
    is_sample: bool = False
    invited_known: bool = True
    private_counts_in_municipality: bool = False
    wording: dict = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """{question id: the question as the export words it}, where it does: held against the next year's."""


class ImportRun(ConfidentialTable, table=True):
    """What was imported when; the fingerprint covers the files and the mapping."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    fingerprint: str
    files: list = Field(sa_column=Column(JSON, nullable=False))
    imported_at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    added: int
    removed: int
    unchanged: int
    dropped_columns: dict = Field(sa_column=Column(JSON, nullable=False))


class AnswerSheet(ConfidentialTable, table=True):
    """One invited person's sheet; `answers` is {question id: option value}, empty when not answered."""

    __tablename__ = "answer_sheet"

    id: int | None = Field(default=None, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    place: str
    education_id: str
    institution_id: str
    answered: bool
    person: str | None = None
    answers: dict = Field(sa_column=Column(JSON, nullable=False))


class CountedGroup(ConfidentialTable, table=True):
    """One finest group that arrived as counts; `tallies` is {question id: {option value: count}}."""

    __tablename__ = "counted_group"

    id: int | None = Field(default=None, primary_key=True)
    round_id: str = Field(foreign_key="round.id", index=True)
    place: str
    education_id: str
    institution_id: str
    invited: int | None = None
    answers: int | None = None
    tallies: dict = Field(sa_column=Column(JSON, nullable=False))


class ReleasedContents(ConfidentialTable, table=True):
    """What a published round was decided on: a round's answers by finest group, and the units of its places.

    Kept as long as a published round refers to it, so that later figures can be decided given what it shows.
    """

    __tablename__ = "released_contents"

    id: str = Field(primary_key=True)
    """Drawn at random: it stands in the dashboard store too, where a digest of answers could be tried out."""
    round_id: str = Field(foreign_key="round.id", index=True)
    digest: str = Field(index=True)
    units_of: dict = Field(sa_column=Column(JSON, nullable=False))
    """The units of each place: {"kommune:0265": ["kommune:0265", "klynge:rs-roskilde", ...], ...}."""
    contents: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """A compressed RoundContents with the persons' hashes (`released_contents.packed`)."""
