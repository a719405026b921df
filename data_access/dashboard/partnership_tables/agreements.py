"""Tables of what was agreed: partnerships, parties, bodies, agreements, focus areas and success criteria."""

from datetime import date

from pydantic import model_validator
from sqlalchemy import Index, String, text
from sqlmodel import Field

from data_access.dashboard.partnership_tables.base import Editable, Element, Form, owner
from data_access.texts import (
    Key,
    Line,
    MayBeLine,
    MayBeText,
    Share,
    Text,
    TextList,
    WebAddress,
    YearlyDay,
)
from indicators.partnership.agreement import BodyKind, PartyKind
from indicators.partnership.criterion import Direction, Outcome
from indicators.selection import ALL


class PartnershipForm(Form):
    """What the parties are together about, and how often they want to hear of an initiative."""

    name: Line = Field(title="Navn")
    short_name: MayBeLine = Field("", title="Kort navn")
    purpose: MayBeText = Field("", title="Formål")
    area: MayBeLine = Field("", title="Område")
    update_interval_days: int = Field(90, ge=1, le=1_000, title="Dage mellem statusopdateringer")
    source: MayBeText = Field("", title="Kilde")
    is_sample: bool = Field(False, title="Eksempeldata")


class PartnershipRecord(PartnershipForm, Editable, table=True):
    """A partnership; everything below belongs to one, but parties, which may be in several."""

    __tablename__ = "partnership"


class PartyFields(Form):
    """An organisation; one that figures are published for says which unit or institution it is."""

    name: Line = Field(title="Navn")
    short_name: MayBeLine = Field("", title="Kort navn")
    kind: PartyKind = Field(title="Slags", sa_type=String)
    unit_key: Key | None = Field(default=None, title="Enhed")
    institution_id: Key | None = Field(default=None, title="Uddannelsesinstitution")


class PartyForm(PartyFields):
    """A party with its members, where it is a group such as the municipalities of a region."""

    members: tuple[int, ...] = Field((), title="Medlemmer")


class PartyRecord(PartyFields, Editable, table=True):
    """A party, or a group of parties; no two have the same name, for files name them by it."""

    __tablename__ = "party"
    __table_args__ = (
        Index(
            "one_party_of_a_name",
            "name",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )


class PartyMember(Element, table=True):
    """A party in a group of parties."""

    __tablename__ = "party_member"

    group_id: int = owner("party")
    party_id: int = Field(foreign_key="party.id")


class BodyForm(Form):
    """A steering group or a forum where work is anchored: its task, its rhythm, its chair; never who."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    name: Line = Field(title="Navn")
    kind: BodyKind = Field(BodyKind.FORUM, title="Slags", sa_type=String)
    task: MayBeText = Field("", title="Opgave")
    meetings_a_year: int | None = Field(default=None, ge=0, le=366, title="Møder om året")
    cadence: MayBeLine = Field("", title="Mødekadence")
    chair_id: int | None = Field(default=None, title="Forperson fra", foreign_key="party.id")
    chair_years: int | None = Field(default=None, ge=1, le=20, title="År ad gangen som forperson")
    contact: MayBeLine = Field("", title="Kontaktfunktion")


class BodyRecord(BodyForm, Editable, table=True):
    """A body of a partnership."""

    __tablename__ = "body"


class AgreementFields(Form):
    """Period, notice, money and follow-up; `renews_id` makes a chain of versions."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    title: Line = Field(title="Titel")
    starts: date = Field(title="Gælder fra")
    ends: date | None = Field(default=None, title="Gælder til")
    enters_into_force: date | None = Field(default=None, title="Træder i kraft")
    notice_by: YearlyDay = Field("", title="Opsiges senest")
    notice_effect: YearlyDay = Field("", title="Til ophør")
    notice_months: int | None = Field(default=None, ge=1, le=60, title="Måneders varsel")
    terminated_from: date | None = Field(default=None, title="Opsagt til ophør")
    meetings_a_year: int | None = Field(default=None, ge=0, le=366, title="Møder om året")
    financing: MayBeText = Field("", title="Finansiering")
    follow_up: MayBeText = Field("", title="Opfølgning")
    document: WebAddress = Field("", title="Dokument")
    note: MayBeText = Field("", title="Bemærkning")
    renews_id: int | None = Field(default=None, title="Fornyer", foreign_key="agreement.id")

    @model_validator(mode="after")
    def _dates_fit(self) -> "AgreementFields":
        if self.ends and self.ends < self.starts:
            raise ValueError("«Gælder til» skal ligge efter «Gælder fra»")
        if bool(self.notice_by) != bool(self.notice_effect) or (self.notice_by and self.notice_months):
            raise ValueError("skriv enten både «Opsiges senest» og «Til ophør», eller «Måneders varsel»")
        return self


class AgreementForm(AgreementFields):
    """An agreement with its parties."""

    parties: tuple[int, ...] = Field((), title="Parter")


class AgreementRecord(AgreementFields, Editable, table=True):
    """An agreement, or one version of it."""

    __tablename__ = "agreement"


class AgreementParty(Element, table=True):
    """A party of an agreement."""

    __tablename__ = "agreement_party"

    agreement_id: int = owner("agreement")
    party_id: int = Field(foreign_key="party.id")


class FocusAreaFields(Form):
    """What the parties have chosen to work on: what is hard about it and what they want."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    agreement_id: int | None = Field(default=None, title="Aftale", foreign_key="agreement.id")
    position: int = Field(0, title="Nummer")
    name: Line = Field(title="Navn")
    challenge: MayBeText = Field("", title="Udfordring")
    goal: MayBeText = Field("", title="Mål")


class FocusAreaForm(FocusAreaFields):
    """A focus area with what the parties will do about it."""

    actions: TextList = Field((), title="Parterne vil")


class FocusAreaRecord(FocusAreaFields, Editable, table=True):
    """A focus area of a partnership, or of one of its agreements."""

    __tablename__ = "focus_area"


class AgreedAction(Element, table=True):
    """Something the parties will do, agreed but not yet anybody's initiative."""

    __tablename__ = "agreed_action"

    focus_area_id: int = owner("focus_area")
    text: str


class FocusPointForm(Form):
    """A point that one year is about."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    agreement_id: int | None = Field(default=None, title="Aftale", foreign_key="agreement.id")
    focus_area_id: int | None = Field(default=None, title="Fokusområde", foreign_key="focus_area.id")
    year: int = Field(ge=2000, le=2100, title="År")
    position: int = Field(0, title="Nummer")
    title: Line = Field(title="Titel")
    text: MayBeText = Field("", title="Beskrivelse")


class FocusPointRecord(FocusPointForm, Editable, table=True):
    """A focus point of a year."""

    __tablename__ = "focus_point"


class CriterionForm(Form):
    """What success is: a share of a question or theme in a group, or words that the parties judge."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    agreement_id: int | None = Field(default=None, title="Aftale", foreign_key="agreement.id")
    focus_area_id: int | None = Field(default=None, title="Fokusområde", foreign_key="focus_area.id")
    initiative_id: int | None = Field(default=None, title="Indsats", foreign_key="initiative.id")
    text: Text = Field(title="Kriterie")
    survey: Key | None = Field(default=None, title="Spørgeskema")
    question: Key | None = Field(default=None, title="Spørgsmål")
    theme: Key | None = Field(default=None, title="Tema")
    unit_key: Key = Field(ALL, title="Enhed")
    education_id: Key = Field(ALL, title="Uddannelse")
    institution_id: Key = Field(ALL, title="Uddannelsesinstitution")
    direction: Direction = Field(Direction.UP, title="Retning", sa_type=String)
    baseline: Share | None = Field(default=None, title="Udgangspunkt")
    baseline_year: int | None = Field(default=None, ge=2000, le=2100, title="Udgangspunktets år")
    target: Share | None = Field(default=None, title="Mål")
    by: date | None = Field(default=None, title="Senest")
    judged: Outcome | None = Field(default=None, title="Partnerskabets vurdering", sa_type=String)
    judged_reason: MayBeText = Field("", title="Begrundelse")

    @model_validator(mode="after")
    def _is_a_number_or_words(self) -> "CriterionForm":
        measured = [self.survey, self.target, self.question or self.theme]
        is_measured = any(part is not None for part in measured)
        if (is_measured and None in measured) or (self.question and self.theme):
            raise ValueError("et kriterie med tal har spørgeskema, mål og enten et spørgsmål eller et tema")
        if self.baseline is not None and self.baseline_year is None:
            raise ValueError("«Udgangspunktets år» mangler")
        if self.judged and not self.judged_reason:
            raise ValueError("en vurdering kræver en begrundelse")
        return self


class CriterionRecord(CriterionForm, Editable, table=True):
    """A success criterion; without a baseline of its own it takes that year's published figure."""

    __tablename__ = "success_criterion"
