"""What of a partnership is edited, in which words."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import streamlit as st

from data_access.partnerships.lists.agreements import Partnership
from data_access.partnerships.records.form_options import FormOptions, form_options
from data_access.partnerships.records.kinds import (
    AGREEMENT,
    BODY,
    CRITERION,
    CYCLE,
    EFFECT,
    FOCUS_AREA,
    FOCUS_POINT,
    PARTNERSHIP,
    PARTY,
)
from data_access.partnerships.records.records import listed, open_record
from indicators.selection import Option, Selection
from views.foundation import filter_bar
from views.foundation.session import query, today
from views.foundation.vocabulary import with_number
from views.partnership import addresses
from views.partnership.agreements import criterion
from views.partnership.records import commands, editor, forms, records
from views.partnership.records.editor import EditableKind, First
from views.partnership.records.records import Desk

ITSELF, NEW_ONE = Option("partnership", "Partnerskabet"), Option("partnership", "Nyt partnerskab")
OWN_FIELDS = ("name", "short_name", "purpose", "area", "update_interval_days", "source")


def draw(one: Partnership | None, selection: Selection) -> None:
    """The forms of everything in a partnership; without one, of a new partnership and of the parties."""
    who = commands.writer()
    given = query(form_options, one.id if one else None)
    desk = Desk(PARTNERSHIP, who, given, partial(forms.draw, fields=OWN_FIELDS))
    if one is None:
        editor.draw([PARTIES], given, who, First(NEW_ONE, partial(_new, desk)))
    else:
        first = First(ITSELF, partial(records.edit, desk, one.id))
        editor.draw([*_parts(one, given, selection), cycle(one), PARTIES], given, who, first)


def draw_cycle(one: Partnership) -> None:
    """The forms of what comes back every year, and of what happens once."""
    editor.draw([cycle(one)], query(form_options, one.id), commands.writer())


def _new(desk: Desk) -> None:
    records.new(desk, {}, "nyt partnerskab", addresses.PARTNERSHIP)
    records.deleted(desk, query(listed, PARTNERSHIP, {}).deleted)


def _parts(one: Partnership, given: FormOptions, selection: Selection) -> list[EditableKind]:
    belongs = {"partnership_id": one.id}
    return [
        EditableKind(
            AGREEMENT,
            "Aftaler",
            "Ny aftale",
            belongs,
            begin=partial(begin_renewal, given),
            above=_renew,
        ),
        EditableKind(FOCUS_AREA, "Fokusområder", "Nyt fokusområde", belongs),
        EditableKind(FOCUS_POINT, "Årets fokuspunkter", "Nyt fokuspunkt", belongs, begin=_this_year),
        EditableKind(
            CRITERION,
            "Succeskriterier",
            "Nyt succeskriterie",
            belongs,
            boxes=criterion.boxes,
            begin=partial(criterion.begin, given, selection),
            above=partial(criterion.change, given, selection),
        ),
        EditableKind(EFFECT, "Afledte effekter og eksempler", "Ny effekt eller nyt eksempel", belongs),
        EditableKind(BODY, "Organer", "Nyt organ", belongs),
    ]


def cycle(one: Partnership) -> EditableKind:
    """The entries of the annual cycle."""
    return EditableKind(CYCLE, "Årshjul", "Nyt punkt i årshjulet", {"partnership_id": one.id})


PARTIES = EditableKind(PARTY, "Parter (fælles for alle partnerskaber)", "Ny part", {})


def _this_year() -> dict:
    return {"year": today().year}


def _renew(agreement_id: int) -> dict:
    """The next version of an agreement begins as this one; nothing of this one is changed."""
    keys = {RENEWS: str(agreement_id), **editor.leads_to(AGREEMENT)}
    filter_bar.link("Forny aftalen", "", f"forny {agreement_id}", **keys)
    return {}


RENEWS, AFRESH = "forny", Option("ny", "En tom formular")
LEFT_BEHIND = ("starts", "ends", "enters_into_force", "terminated_from", "document", "note")


def begin_renewal(given: FormOptions) -> Mapping:
    """What the new agreement begins with."""
    options = {
        Option(str(one.id), with_number(f"Fornyelse af {one.name}", one.id)): one.id
        for one in given.agreements
    }
    if not options:
        return {}
    with st.container(key="indsatsvalg fornyelse"):
        found = filter_bar.select("Begynd med", RENEWS, (AFRESH, *options), told=False)
    return renewal_of(options[found]) if found in options else {}


def renewal_of(agreement_id: int) -> dict:
    """The terms and the parties as they are, from the day after the last one."""
    was = query(open_record, AGREEMENT, agreement_id).form.model_dump(exclude=set(LEFT_BEHIND))
    ends = query(open_record, AGREEMENT, agreement_id).form.ends
    return {**was, "renews_id": agreement_id, **({"starts": ends + timedelta(days=1)} if ends else {})}
