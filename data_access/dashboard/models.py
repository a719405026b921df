"""Tables of the dashboard store. A release is a list of published rounds, each frozen as it was made."""

from datetime import UTC, date, datetime

from sqlalchemy import JSON, Column, DateTime, UniqueConstraint
from sqlmodel import Field

from data_access.schema import DashboardTable
from indicators.selection import Years

# Asked for here, where all of the tables are known.
DASHBOARD = DashboardTable.metadata


class UnitRecord(DashboardTable, table=True):
    """A place or a dated group of places; `position` is the order of the reference files."""

    __tablename__ = "unit"

    key: str = Field(primary_key=True)
    kind: str
    name: str
    position: int
    valid_from: date | None = None
    valid_to: date | None = None


class MembershipRecord(DashboardTable, table=True):
    """A place belongs to a group for a time; it may leave and come back.

    The rows are the groups of the release in force, whatever the reference files say today.
    """

    __tablename__ = "membership"

    id: int | None = Field(default=None, primary_key=True)
    member: str = Field(foreign_key="unit.key")
    group: str = Field(foreign_key="unit.key")
    valid_from: date | None = None
    valid_to: date | None = None
    group_from: date | None = None
    group_to: date | None = None


class EducationRecord(DashboardTable, table=True):
    """An education with placements."""

    __tablename__ = "education"

    id: str = Field(primary_key=True)
    name: str
    short_name: str = ""
    level: str = ""
    field: str = ""


class InstitutionRecord(DashboardTable, table=True):
    """A university college, school or university."""

    __tablename__ = "institution"

    id: str = Field(primary_key=True)
    name: str
    short_name: str = ""
    kind: str = ""


class Release(DashboardTable, table=True):
    """One numbered publication of figures, with the settings it was made by."""

    __tablename__ = "release"

    number: int = Field(primary_key=True)
    made_at: datetime = Field(
        default_factory=lambda: datetime.now(UTC), sa_column=Column(DateTime(timezone=True), nullable=False)
    )
    profile: str
    least_persons: int
    note: str = ""
    groups: list | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """The memberships that it was decided with, each as a row of `membership`; null before they were kept."""
    promises: list | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """The kinds of cells in the order in which they were decided on (indicators.promises), by name."""
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    """From then on its figures are gone; its number is never used again."""


class ReleaseInForce(DashboardTable, table=True):
    """The one release that pages read."""

    __tablename__ = "release_in_force"

    id: int = Field(default=1, primary_key=True)
    release_number: int = Field(foreign_key="release.number")


class PublishedRound(DashboardTable, table=True):
    """One survey in one year, or in several together, as published; its questionnaire is frozen with it."""

    __tablename__ = "published_round"

    id: int | None = Field(default=None, primary_key=True)
    round_id: str = Field(index=True)
    survey_id: str
    year: int
    questionnaire: dict = Field(sa_column=Column(JSON, nullable=False))
    source: str
    is_sample: bool
    audit: dict | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    """What the audit found at release; the fields of indicators.method.AuditFigure."""
    contents_id: str | None = None
    """The answers and groups that it was decided on, in the confidential store: a number drawn at random."""
    first_year: int | None = None
    """Where several years are added up: the first of them, `year` being the last."""
    checksum: str | None = None
    """Of all that it shows, as `publication_rows.checksum` makes it; null before checksums were kept."""

    @property
    def years(self) -> Years:
        """The year, or the years that are added up."""
        return Years(self.year, self.first_year)

    @property
    def is_pooled(self) -> bool:
        """Whether it is several years together."""
        return self.first_year is not None

    def adds_up(self, other: "PublishedRound") -> bool:
        """Whether the other one is of one of the years that it is."""
        same_survey = self.survey_id == other.survey_id
        return self.is_pooled and not other.is_pooled and same_survey and other.year in self.years.covered


class ReleasedRound(DashboardTable, table=True):
    """A release shows this published round; rounds that did not change are shared by releases."""

    __tablename__ = "released_round"

    release_number: int = Field(primary_key=True, foreign_key="release.number")
    published_round_id: int = Field(primary_key=True, foreign_key="published_round.id")


class PublishedCell(DashboardTable, table=True):
    """A group of answer sheets: unit x education x institution ("alle" for any), with its response.

    A hidden response holds no numbers; a known number of answers may lack the invited.
    """

    __tablename__ = "published_cell"
    __table_args__ = (
        UniqueConstraint("published_round_id", "unit_key", "education_id", "institution_id", name="one_cell"),
    )

    id: int | None = Field(default=None, primary_key=True)
    published_round_id: int = Field(foreign_key="published_round.id")
    unit_key: str
    education_id: str
    institution_id: str
    answers: int | None = None
    invited: int | None = None
    badge: str | None = None
    skewed: bool | None = None


class Judged(DashboardTable):
    """The columns of indicators.judgement.Judgement, which explains them."""

    low: float | None = None
    high: float | None = None
    invited_low: float | None = None
    invited_high: float | None = None
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    verdict: str | None = None
    expected: float | None = None
    verdict_on_mix: str | None = None


class PublishedFigure(Judged, table=True):
    """A cell's answers to one question; a row without numbers is hidden.

    No row: nobody answered it there, or, where the cell's response is hidden too, it is hidden.
    `counts` has the best answer first; it is null below the detail level, and where it is `withheld`. Near
    unanimity among few there is a `bound` ("mindst", "højst") instead of `favourable`.
    """

    __tablename__ = "published_figure"

    cell_id: int = Field(primary_key=True, foreign_key="published_cell.id")
    question_id: str = Field(primary_key=True)
    n: int | None = None
    favourable: int | None = None
    persons: int | None = None
    counts: list | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    outside_base: int | None = None
    bound: str | None = None
    withheld: bool = False


class PublishedScore(Judged, table=True):
    """A theme's score in a cell; no row where it cannot be read."""

    __tablename__ = "published_score"

    cell_id: int = Field(primary_key=True, foreign_key="published_cell.id")
    theme_id: str = Field(primary_key=True)
    share: float
    fewest: int
    most: int
    detailed: bool


class PublishedChange(DashboardTable, table=True):
    """A share held up against an earlier round's: of a question, or of a theme ("tema:" and its id).

    Both rounds are frozen, so it is made once and serves every release that shows them both.
    """

    __tablename__ = "published_change"

    cell_id: int = Field(primary_key=True, foreign_key="published_cell.id")
    about: str = Field(primary_key=True)
    earlier_round_id: int = Field(primary_key=True, foreign_key="published_round.id", index=True)
    change: str
    difference: float
    low: float
    high: float


class RoundComparison(DashboardTable, table=True):
    """Two published rounds that have been held up against each other, with a checksum of the changes."""

    __tablename__ = "round_comparison"

    earlier_round_id: int = Field(primary_key=True, foreign_key="published_round.id")
    later_round_id: int = Field(primary_key=True, foreign_key="published_round.id", index=True)
    checksum: str | None = None
