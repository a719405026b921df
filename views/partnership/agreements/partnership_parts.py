"""What of a partnership is edited, in which words."""

from functools import partial

from data_access.partnerships.files.listing import listed
from data_access.partnerships.lists.focus import Partnership
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
from data_access.partnerships.records.options import Options, options
from indicators.selection import Option, Selection
from views.foundation import filter_bar
from views.foundation.session import query, today
from views.partnership.agreements import criterion, renewal
from views.partnership.board import board_filter
from views.partnership.records import commands, forms, maintaining, records
from views.partnership.records.maintaining import EditableKind, First
from views.partnership.records.records import Desk

ITSELF, NEW_ONE = Option("partnership", "Partnerskabet"), Option("partnership", "Nyt partnerskab")
OWN_FIELDS = ("name", "short_name", "purpose", "area", "update_interval_days", "source")


def draw(one: Partnership | None, selection: Selection) -> None:
    """The forms of everything in a partnership; without one, of a new partnership and of the parties."""
    who = commands.writer()
    given = query(options, one.id if one else None)
    desk = Desk(PARTNERSHIP, who, given, partial(forms.draw, fields=OWN_FIELDS))
    if one is None:
        maintaining.draw([PARTIES], given, who, First(NEW_ONE, partial(_new, desk)))
    else:
        first = First(ITSELF, partial(records.edit, desk, one.id))
        maintaining.draw([*_parts(one, given, selection), cycle(one), PARTIES], given, who, first)


def draw_cycle(one: Partnership) -> None:
    """The forms of what comes back every year, and of what happens once."""
    maintaining.draw([cycle(one)], query(options, one.id), commands.writer())


def _new(desk: Desk) -> None:
    records.new(desk, {}, "nyt partnerskab", board_filter.PARTNERSHIP)
    records.deleted(desk, query(listed, PARTNERSHIP, {}).deleted)


def _parts(one: Partnership, given: Options, selection: Selection) -> list[EditableKind]:
    belongs = {"partnership_id": one.id}
    return [
        EditableKind(
            AGREEMENT,
            "Aftaler",
            "Ny aftale",
            belongs,
            begin=partial(renewal.begin, given),
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
    keys = {renewal.RENEWS: str(agreement_id), **maintaining.leads_to(AGREEMENT)}
    filter_bar.link("Forny aftalen", "", f"forny {agreement_id}", **keys)
    return {}
