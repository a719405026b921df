"""Tables of what is done about it: initiatives with milestones, status updates, questions and effects."""

from datetime import date
from typing import Literal

from pydantic import model_validator
from sqlalchemy import String
from sqlmodel import Field

from data_access.dashboard.partnership_tables.base import Editable, Element, Form, owner
from data_access.texts import Key, Line, MayBeLine, MayBeText, Text, View
from indicators.partnership.criterion import Direction
from indicators.partnership.initiative import SET_BY_HAND, InitiativeStatus, Participation
from indicators.selection import ALL


class ParticipantFields(Form):
    """A party and what it does in the initiative."""

    party_id: int = Field(title="Part", foreign_key="party.id")
    part: Participation = Field(Participation.TAKES_PART, title="Rolle", sa_type=String)


class QuestionFields(Form):
    """A question the initiative is meant to move, and whose answers; `view` leads back to it."""

    survey: Key = Field(title="Spørgeskema")
    question: Key = Field(title="Spørgsmål")
    unit_key: Key = Field(ALL, title="Enhed")
    education_id: Key = Field(ALL, title="Uddannelse")
    institution_id: Key = Field(ALL, title="Uddannelsesinstitution")
    direction: Direction = Field(Direction.UP, title="Retning", sa_type=String)
    view: View = Field("", title="Visning")


class InitiativeFields(Form):
    """What is to be done, who answers for it and when; the status is computed unless set with a reason."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    agreement_id: int | None = Field(default=None, title="Aftale", foreign_key="agreement.id")
    title: Line = Field(title="Titel")
    description: MayBeText = Field("", title="Beskrivelse")
    goal: MayBeText = Field("", title="Mål")
    responsible_id: int | None = Field(default=None, title="Ansvarlig", foreign_key="party.id")
    responsible_role: MayBeLine = Field("", title="Ansvarlig rolle")
    body_id: int | None = Field(default=None, title="Forankret i", foreign_key="body.id")
    starts: date | None = Field(default=None, title="Start")
    ends: date | None = Field(default=None, title="Slut")
    is_continuous: bool = Field(False, title="Løbende")
    status: InitiativeStatus | None = Field(default=None, title="Status sat manuelt", sa_type=String)
    status_reason: MayBeText = Field("", title="Begrundelse for status")
    closed_on: date | None = Field(default=None, title="Afsluttet den")
    closing_note: MayBeText = Field("", title="Afslutning")
    superseded_by_id: int | None = Field(default=None, title="Afløst af", foreign_key="initiative.id")

    @model_validator(mode="after")
    def _dates_fit(self) -> "InitiativeFields":
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError("«Slut» skal ligge efter «Start»")
        if self.is_continuous and self.ends:
            raise ValueError("en løbende indsats har ingen slutdato")
        return self

    @model_validator(mode="after")
    def _status_has_its_reason(self) -> "InitiativeFields":
        if self.status and not self.status_reason:
            raise ValueError("en status, der er sat manuelt, kræver en begrundelse")
        if self.status and self.status not in SET_BY_HAND:
            allowed = ", ".join(SET_BY_HAND)
            raise ValueError(f"«Status sat manuelt» skal være en af: {allowed}")
        return self


class InitiativeForm(InitiativeFields):
    """An initiative with its lists."""

    focus_areas: tuple[int, ...] = Field((), title="Fokusområder")
    participants: tuple[ParticipantFields, ...] = Field((), title="Deltagere")
    educations: tuple[Key, ...] = Field((), title="Uddannelser")
    units: tuple[Key, ...] = Field((), title="Enheder")
    questions: tuple[QuestionFields, ...] = Field((), title="Knyttede spørgsmål")


class InitiativeRecord(InitiativeFields, Editable, table=True):
    """An initiative."""

    __tablename__ = "initiative"


class InitiativeFocusArea(Element, table=True):
    """A focus area that the initiative belongs to."""

    __tablename__ = "initiative_focus_area"

    initiative_id: int = owner("initiative")
    focus_area_id: int = Field(foreign_key="focus_area.id")


class InitiativeParty(ParticipantFields, Element, table=True):
    """A party that takes part in the initiative."""

    __tablename__ = "initiative_party"

    initiative_id: int = owner("initiative")


class InitiativeEducation(Element, table=True):
    """An education that the initiative is about."""

    __tablename__ = "initiative_education"

    initiative_id: int = owner("initiative")
    education_id: str


class InitiativeUnit(Element, table=True):
    """A unit that the initiative is about."""

    __tablename__ = "initiative_unit"

    initiative_id: int = owner("initiative")
    unit_key: str


class InitiativeQuestion(QuestionFields, Element, table=True):
    """A question that the initiative is meant to move."""

    __tablename__ = "initiative_question"

    initiative_id: int = owner("initiative")


class MilestoneForm(Form):
    """Something that must be done by a day."""

    initiative_id: int = Field(title="Indsats", foreign_key="initiative.id")
    title: Line = Field(title="Milepæl")
    due: date = Field(title="Frist")
    done_on: date | None = Field(default=None, title="Nået den")


class MilestoneRecord(MilestoneForm, Editable, table=True):
    """A milestone of an initiative."""

    __tablename__ = "milestone"


class UpdateForm(Form):
    """A line in the log of an initiative; `by` is an organisation or a role."""

    initiative_id: int = Field(title="Indsats", foreign_key="initiative.id")
    written_on: date = Field(title="Dato")
    text: Text = Field(title="Status")
    by: MayBeLine = Field("", title="Fra")


class UpdateRecord(UpdateForm, Editable, table=True):
    """A dated status update."""

    __tablename__ = "status_update"


class EffectForm(Form):
    """Something that came of the partnership without being started by it, or an example to show."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    initiative_id: int | None = Field(default=None, title="Indsats", foreign_key="initiative.id")
    kind: Literal["Afledt effekt", "Eksempel"] = Field("Afledt effekt", title="Slags", sa_type=String)
    title: Line = Field(title="Titel")
    text: MayBeText = Field("", title="Beskrivelse")
    party_id: int | None = Field(default=None, title="Part", foreign_key="party.id")
    year: int | None = Field(default=None, ge=2000, le=2100, title="År")


class EffectRecord(EffectForm, Editable, table=True):
    """A derived effect or an example."""

    __tablename__ = "effect"
