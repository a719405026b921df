"""Tables of a meeting while it goes on: what is on the wall, and what somebody has begun to write."""

from datetime import date, datetime

from sqlalchemy import JSON, DateTime
from sqlmodel import Field

from data_access.dashboard.partnership_tables.base import Form
from data_access.dashboard.partnership_tables.texts import MayBeLine, MayBeText
from data_access.schema import DashboardTable


class ShowingRecord(DashboardTable, table=True):
    """What whoever presents a meeting shows now; other screens follow it. It is no part of the minutes."""

    __tablename__ = "showing"

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    item_id: int = Field(foreign_key="agenda_item.id")
    view: str = ""
    """The query string on the wall: the item's own, unless another has been chosen on the spot."""
    began_at: datetime = Field(sa_type=DateTime(timezone=True))
    item_since: datetime = Field(sa_type=DateTime(timezone=True))


class DraftForm(Form):
    """What has been begun of a decision: it may be unfinished, but holds nothing that a decision refuses."""

    text: MayBeText = Field("", title="Beslutning")
    initiative: int | MayBeLine | None = Field(default=None, title="Indsats")
    """One that there is, or the name of a new one."""
    responsible: int | None = Field(default=None, title="Ansvarlig")
    due: date | None = Field(default=None, title="Følges op den")


class DraftRecord(DashboardTable, table=True):
    """A decision that has not been saved yet, so that it outlives browser and server."""

    __tablename__ = "decision_draft"

    item_id: int = Field(primary_key=True, foreign_key="agenda_item.id")
    typed: dict = Field(sa_type=JSON)
