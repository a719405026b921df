"""The kinds of record that people edit: table, form and lists of each, so that editing is written once."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table

from data_access.dashboard.partnership_tables import agreements, initiatives, meetings
from data_access.dashboard.partnership_tables.base import Editable, Element, Form


@dataclass(frozen=True)
class ListOf:
    """A list of a record: the form's field, the table of its elements and the column of its owner.

    Elements are the values of one column, or without one small forms of their own.
    """

    field: str
    table: type[Element]
    owner: str
    column: str | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of record; `title` is the field that names it, `called` what a reader calls it."""

    called: str
    table: type[Editable]
    form: type[Form]
    title: str = "title"
    lists: tuple[ListOf, ...] = ()

    @property
    def name(self) -> str:
        """As the table and the log of changes name it."""
        return self.table.__tablename__

    @property
    def columns(self) -> tuple[str, ...]:
        """The form's fields that are columns of the table."""
        listed = {list_of.field for list_of in self.lists}
        return tuple(name for name in self.form.model_fields if name not in listed)

    def label(self, field: str) -> str:
        """What a reader calls a field."""
        return self.form.label(field)

    @property
    def owners(self) -> tuple[str, ...]:
        """The fields that say what a record belongs to: it is hidden together with that."""
        return tuple(name for name in self.columns if self.is_owner(name))

    def is_owner(self, field: str) -> bool:
        """Whether the field says what a record belongs to, and not only what it is about."""
        target = self.target(field)
        is_required = self.form.model_fields[field].is_required()
        return target in KINDS and (is_required or target == ITEM.name)

    def target(self, field: str) -> str | None:
        """What a field or a list of it refers to: the name of a kind, or "unit" and the like."""
        for list_of in self.lists:
            if list_of.field == field:
                return _target(list_of.table.__table__, list_of.column) if list_of.column else None
        return _target(self.table.__table__, field)


PARTNERSHIP = Kind("partnerskabet", agreements.PartnershipRecord, agreements.PartnershipForm, "name")
PARTY = Kind(
    "parten",
    agreements.PartyRecord,
    agreements.PartyForm,
    "name",
    (ListOf("members", agreements.PartyMember, "group_id", "party_id"),),
)
BODY = Kind("organet", agreements.BodyRecord, agreements.BodyForm, "name")
AGREEMENT = Kind(
    "aftalen",
    agreements.AgreementRecord,
    agreements.AgreementForm,
    lists=(ListOf("parties", agreements.AgreementParty, "agreement_id", "party_id"),),
)
FOCUS_AREA = Kind(
    "fokusområdet",
    agreements.FocusAreaRecord,
    agreements.FocusAreaForm,
    "name",
    (ListOf("actions", agreements.AgreedAction, "focus_area_id", "text"),),
)
FOCUS_POINT = Kind("fokuspunktet", agreements.FocusPointRecord, agreements.FocusPointForm)
CRITERION = Kind("succeskriteriet", agreements.CriterionRecord, agreements.CriterionForm, "text")
INITIATIVE = Kind(
    "indsatsen",
    initiatives.InitiativeRecord,
    initiatives.InitiativeForm,
    lists=(
        ListOf("focus_areas", initiatives.InitiativeFocusArea, "initiative_id", "focus_area_id"),
        ListOf("participants", initiatives.InitiativeParty, "initiative_id"),
        ListOf("educations", initiatives.InitiativeEducation, "initiative_id", "education_id"),
        ListOf("units", initiatives.InitiativeUnit, "initiative_id", "unit_key"),
        ListOf("questions", initiatives.InitiativeQuestion, "initiative_id"),
    ),
)
MILESTONE = Kind("milepælen", initiatives.MilestoneRecord, initiatives.MilestoneForm)
UPDATE = Kind("statusopdateringen", initiatives.UpdateRecord, initiatives.UpdateForm, "text")
EFFECT = Kind("effekten", initiatives.EffectRecord, initiatives.EffectForm)
MEETING = Kind("mødet", meetings.MeetingRecord, meetings.MeetingForm)
ITEM = Kind("punktet", meetings.ItemRecord, meetings.ItemForm)
POINT = Kind("orienteringen", meetings.PointRecord, meetings.PointForm, "text")
DECISION = Kind("beslutningen", meetings.DecisionRecord, meetings.DecisionForm, "text")
CYCLE = Kind("årshjulspunktet", meetings.CycleRecord, meetings.CycleForm)

KINDS = {
    kind.name: kind
    for kind in (
        PARTNERSHIP, PARTY, BODY, AGREEMENT, FOCUS_AREA, FOCUS_POINT, CRITERION, INITIATIVE,
        MILESTONE, UPDATE, EFFECT, MEETING, ITEM, POINT, DECISION, CYCLE,
    )
}  # fmt: skip

COUNTED = {
    "partnership": ("partnerskab", "partnerskaber"),
    "party": ("part", "parter"),
    "body": ("organ", "organer"),
    "agreement": ("aftale", "aftaler"),
    "focus_area": ("fokusområde", "fokusområder"),
    "focus_point": ("fokuspunkt", "fokuspunkter"),
    "success_criterion": ("succeskriterie", "succeskriterier"),
    "initiative": ("indsats", "indsatser"),
    "milestone": ("milepæl", "milepæle"),
    "status_update": ("statusopdatering", "statusopdateringer"),
    "effect": ("effekt eller eksempel", "effekter og eksempler"),
    "meeting": ("møde", "møder"),
    "agenda_item": ("dagsordenspunkt", "dagsordenspunkter"),
    "information_point": ("orientering", "orienteringer"),
    "decision": ("beslutning", "beslutninger"),
    "cycle_entry": ("punkt i årshjulet", "punkter i årshjulet"),
}
"""One and several of each kind."""

REFERENCE_COLUMNS = {"unit_key": "unit", "education_id": "education", "institution_id": "institution"}
"""Columns that hold a key of the reference data, and of what."""


def references_of(table: Table) -> Iterator[tuple[str, str]]:
    """The columns of a table that refer to something, and to what."""
    for column in table.columns:
        if target := _target(table, column.name):
            yield column.name, target


def _target(table: Table, column: str) -> str | None:
    if column not in table.columns:
        return None
    keys = table.columns[column].foreign_keys
    return next(iter(keys)).column.table.name if keys else REFERENCE_COLUMNS.get(column)
