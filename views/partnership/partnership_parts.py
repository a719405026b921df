"""What of a partnership is edited, in which words."""

from functools import partial

from data_access.partnerships.focus import Partnership
from data_access.partnerships.kinds import (
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
from data_access.partnerships.listing import listed
from data_access.partnerships.options import Options, options
from indicators.selection import Named, Selection
from views import filters
from views.partnership import choices, criterion, doing, forms, maintaining, records, renewal
from views.partnership.asking import asked, today
from views.partnership.maintaining import First, Part
from views.partnership.records import Desk

ITSELF, NEW_ONE = Named("partnership", "Partnerskabet"), Named("partnership", "Nyt partnerskab")
OWN_FIELDS = ("name", "short_name", "purpose", "area", "update_interval_days", "source")


def draw(one: Partnership | None, selection: Selection) -> None:
    """The forms of everything in a partnership; without one, of a new partnership and of the parties."""
    who = doing.writer()
    given = asked(options, one.id if one else None)
    desk = Desk(PARTNERSHIP, who, given, partial(forms.draw, fields=OWN_FIELDS))
    if one is None:
        maintaining.draw([PARTIES], given, who, First(NEW_ONE, partial(_new, desk)))
    else:
        first = First(ITSELF, partial(records.edit, desk, one.id))
        maintaining.draw([*_parts(one, given, selection), cycle(one), PARTIES], given, who, first)


def draw_cycle(one: Partnership) -> None:
    """The forms of what comes back every year, and of what happens once."""
    maintaining.draw([cycle(one)], asked(options, one.id), doing.writer())


def _new(desk: Desk) -> None:
    records.new(desk, {}, "nyt partnerskab", choices.PARTNERSHIP)
    records.deleted(desk, asked(listed, PARTNERSHIP, {}).deleted)


def _parts(one: Partnership, given: Options, selection: Selection) -> list[Part]:
    belongs = {"partnership_id": one.id}
    return [
        Part(
            AGREEMENT,
            "Aftaler",
            "Ny aftale",
            belongs,
            begin=partial(renewal.begin, given),
            above=_renew,
        ),
        Part(FOCUS_AREA, "Fokusområder", "Nyt fokusområde", belongs),
        Part(FOCUS_POINT, "Årets fokuspunkter", "Nyt fokuspunkt", belongs, begin=_this_year),
        Part(
            CRITERION,
            "Succeskriterier",
            "Nyt succeskriterie",
            belongs,
            boxes=criterion.boxes,
            begin=partial(criterion.begin, given, selection),
            above=partial(criterion.change, given, selection),
        ),
        Part(EFFECT, "Afledte effekter og eksempler", "Ny effekt eller nyt eksempel", belongs),
        Part(BODY, "Organer", "Nyt organ", belongs),
    ]


def cycle(one: Partnership) -> Part:
    """The entries of the annual cycle."""
    return Part(CYCLE, "Årshjul", "Nyt punkt i årshjulet", {"partnership_id": one.id})


PARTIES = Part(PARTY, "Parter (fælles for alle partnerskaber)", "Ny part", {})


def _this_year() -> dict:
    return {"year": today().year}


def _renew(agreement_id: int) -> dict:
    """The next version of an agreement begins as this one; nothing of this one is changed."""
    keys = {renewal.RENEWS: str(agreement_id), **maintaining.leads_to(AGREEMENT)}
    filters.link("Forny aftalen", "", f"forny {agreement_id}", **keys)
    return {}
