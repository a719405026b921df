"""Tables of what is talked about and decided: meetings, before and while they go on, and the annual cycle."""

from datetime import date, datetime

from pydantic import StrictInt, model_validator
from sqlalchemy import JSON, DateTime, String
from sqlmodel import Field

from data_access.dashboard.partnership_tables.base import Editable, Form
from data_access.schema import DashboardTable
from data_access.texts import Clock, Figure, Line, MayBeLine, MayBeText, Text, View, YearlyDay
from indicators.partnership.cycle import CycleKind
from indicators.partnership.meeting import ItemKind, MeetingStatus


class MeetingForm(Form):
    """A meeting of a body. No list of who was there: organisations and roles are enough."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    body_id: int | None = Field(default=None, title="Organ", foreign_key="body.id")
    title: Line = Field(title="Titel")
    held_on: date = Field(title="Dato")
    starts_at: Clock = Field("", title="Kl.")
    ends_at: Clock = Field("", title="Til kl.")
    place: MayBeLine = Field("", title="Sted")
    host_id: int | None = Field(default=None, title="Vært", foreign_key="party.id")
    status: MeetingStatus = Field(MeetingStatus.PLANNED, title="Status", sa_type=String)
    reopened_because: MayBeText = Field("", title="Genåbnet, fordi")


class MeetingRecord(MeetingForm, Editable, table=True):
    """A meeting."""

    __tablename__ = "meeting"


class ItemForm(Form):
    """An item of an agenda: a view (page and query string), an initiative, an agreement, or just words."""

    meeting_id: int = Field(title="Møde", foreign_key="meeting.id")
    position: int = Field(0, title="Nummer")
    title: Line = Field(title="Punkt")
    kind: ItemKind = Field(ItemKind.INFORMATION, title="Type", sa_type=String)
    minutes_planned: int | None = Field(default=None, ge=0, le=600, title="Minutter")
    talking_points: MayBeText = Field("", title="Talepunkter")
    summary: MayBeText = Field("", title="Referat")
    page: MayBeLine = Field("", title="Side")
    view: View = Field("", title="Visning")
    initiative_id: int | None = Field(default=None, title="Indsats", foreign_key="initiative.id")
    agreement_id: int | None = Field(default=None, title="Aftale", foreign_key="agreement.id")
    figure: Figure | None = Field(default=None, title="Tal som vist", sa_type=JSON(none_as_null=True))


class ItemRecord(ItemForm, Editable, table=True):
    """An item of an agenda."""

    __tablename__ = "agenda_item"


class PointForm(Form):
    """A point of information under an item of a meeting."""

    agenda_item_id: int = Field(title="Punkt", foreign_key="agenda_item.id")
    position: int = Field(0, title="Nummer")
    text: Text = Field(title="Orientering")


class PointRecord(PointForm, Editable, table=True):
    """A point of information."""

    __tablename__ = "information_point"


class DecisionForm(Form):
    """What was decided; `figure` is a frozen copy of what was on the wall."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    agenda_item_id: int | None = Field(default=None, title="Punkt", foreign_key="agenda_item.id")
    initiative_id: int | None = Field(default=None, title="Indsats", foreign_key="initiative.id")
    text: Text = Field(title="Beslutning")
    responsible_id: int | None = Field(default=None, title="Ansvarlig", foreign_key="party.id")
    responsible_role: MayBeLine = Field("", title="Ansvarlig rolle")
    decided_on: date = Field(title="Besluttet den")
    due: date | None = Field(default=None, title="Følges op den")
    done_on: date | None = Field(default=None, title="Fulgt op den")
    outcome: MayBeText = Field("", title="Opfølgning")
    figure: Figure | None = Field(default=None, title="Tal som vist", sa_type=JSON(none_as_null=True))


class DecisionRecord(DecisionForm, Editable, table=True):
    """A decision, at a meeting or between two."""

    __tablename__ = "decision"


class CycleForm(Form):
    """Something in the annual cycle: every year from a day of the year, or once on a date."""

    partnership_id: int = Field(title="Partnerskab", foreign_key="partnership.id")
    kind: CycleKind = Field(title="Slags", sa_type=String)
    title: Line = Field(title="Titel")
    yearly_from: YearlyDay = Field("", title="Hvert år fra")
    yearly_to: YearlyDay = Field("", title="Hvert år til")
    once_on: date | None = Field(default=None, title="Dato")
    once_to: date | None = Field(default=None, title="Til dato")
    note: MayBeText = Field("", title="Bemærkning")

    @model_validator(mode="after")
    def _is_yearly_or_once(self) -> "CycleForm":
        if bool(self.yearly_from) == bool(self.once_on):
            raise ValueError("skriv enten «Hvert år fra» eller «Dato»")
        if (self.yearly_to and not self.yearly_from) or (self.once_to and not self.once_on):
            raise ValueError("der er en slutdag, men ingen første dag")
        if self.once_on and self.once_to and self.once_to < self.once_on:
            raise ValueError("«Til dato» skal ligge efter «Dato»")
        return self


class CycleRecord(CycleForm, Editable, table=True):
    """An entry of the annual cycle."""

    __tablename__ = "cycle_entry"


class ShowingForm(Form):
    """What whoever presents may put on the wall."""

    view: View = Field("", title="Visning")


class ShowingRecord(DashboardTable, table=True):
    """What whoever presents a meeting shows now; other screens follow it. It is no part of the minutes."""

    __tablename__ = "showing"

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    item_id: int = Field(foreign_key="agenda_item.id")
    view: str = ""
    """The query string on the wall: the item's own, unless another has been chosen on the spot."""
    began_at: datetime = Field(sa_type=DateTime(timezone=True))
    item_since: datetime = Field(sa_type=DateTime(timezone=True))


NO_ACCOUNT = 0
"""In the place of the number of an account where nobody signs in: on this machine there is one person."""


class DraftForm(Form):
    """What has been begun of a decision: it may be unfinished, but holds nothing that a decision refuses."""

    text: MayBeText = Field("", title="Beslutning")
    initiative: StrictInt | MayBeLine | None = Field(default=None, title="Indsats")
    """One that there is, or the name of a new one, also one that is all digits."""
    responsible: int | None = Field(default=None, title="Ansvarlig")
    due: date | None = Field(default=None, title="Følges op den")


class DraftRecord(DashboardTable, table=True):
    """A decision that somebody has not saved yet, so that it outlives browser and server; theirs alone."""

    __tablename__ = "decision_draft"

    item_id: int = Field(primary_key=True, foreign_key="agenda_item.id")
    account_id: int = Field(primary_key=True, default=NO_ACCOUNT)
    typed: dict = Field(sa_type=JSON)
