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
from indicators.rights import Right
from indicators.selection import Option, Selection
from views.foundation import filter_bar
from views.foundation.controls import with_number
from views.foundation.figures import query, today
from views.partnership import addresses
from views.partnership.agreements import criterion
from views.partnership.records import commands, editor, forms, records
from views.partnership.records.editor import EditableKind, First
from views.partnership.records.records import Desk

ITSELF = Option("partnership", "Partnerskabet")
NEW_PARTNERSHIP = Option("partnership", "Nyt partnerskab")
PARTIES = EditableKind(PARTY, "Parter (fælles for alle partnerskaber)", "Ny part", {})
RENEWS = "forny"
AFRESH = Option("ny", "En tom formular")
LEFT_BEHIND = ("starts", "ends", "enters_into_force", "terminated_from", "document", "note")
OWN_FIELDS = ("name", "short_name", "purpose", "area", "update_interval_days", "source")


def draw(partnership: Partnership | None, selection: Selection) -> None:
    """The forms of everything in a partnership; without one, of a new partnership and of the parties."""
    whose = partnership.id if partnership else None
    who = commands.writer(Right.KEEP_AGREEMENTS, partnership=whose)
    options = query(form_options, whose)
    desk = Desk(
        PARTNERSHIP,
        who if partnership else commands.creator(who, PARTNERSHIP),
        options,
        partial(forms.draw, fields=OWN_FIELDS),
    )
    if partnership is None:
        editor.draw([PARTIES], options, who, First(NEW_PARTNERSHIP, partial(_new, desk)))
    else:
        first = First(ITSELF, partial(records.edit, desk, partnership.id))
        editor.draw(
            [*_parts(partnership, options, selection), cycle(partnership), PARTIES], options, who, first
        )


def draw_cycle(partnership: Partnership) -> None:
    """The forms of what comes back every year, and of what happens once."""
    who = commands.writer(Right.KEEP_AGREEMENTS, partnership=partnership.id)
    editor.draw([cycle(partnership)], query(form_options, partnership.id), who)


def _new(desk: Desk) -> None:
    records.new(desk, {}, "nyt partnerskab", addresses.PARTNERSHIP)
    records.deleted(desk, query(listed, PARTNERSHIP, {}).deleted)


def _parts(partnership: Partnership, options: FormOptions, selection: Selection) -> list[EditableKind]:
    belongs = {"partnership_id": partnership.id}
    return [
        EditableKind(
            AGREEMENT, "Aftaler", "Ny aftale", belongs, begin=partial(begin_renewal, options), above=_renew
        ),
        EditableKind(FOCUS_AREA, "Fokusområder", "Nyt fokusområde", belongs),
        EditableKind(
            FOCUS_POINT, "Årets fokuspunkter", "Nyt fokuspunkt", belongs, begin=lambda: {"year": today().year}
        ),
        EditableKind(
            CRITERION,
            "Succeskriterier",
            "Nyt succeskriterie",
            belongs,
            boxes=criterion.boxes,
            begin=partial(criterion.begin, options, selection),
            above=partial(criterion.change, options, selection),
        ),
        EditableKind(EFFECT, "Afledte effekter og eksempler", "Ny effekt eller nyt eksempel", belongs),
        EditableKind(BODY, "Organer", "Nyt organ", belongs),
    ]


def cycle(partnership: Partnership) -> EditableKind:
    """The entries of the annual cycle."""
    return EditableKind(CYCLE, "Årshjul", "Nyt punkt i årshjulet", {"partnership_id": partnership.id})


def _renew(agreement_id: int) -> dict:
    """The next version of an agreement begins as this one; nothing of this one is changed."""
    keys = {RENEWS: str(agreement_id), **editor.leads_to(AGREEMENT)}
    filter_bar.link("Forny aftalen", "", f"forny {agreement_id}", **keys)
    return {}


def begin_renewal(choices: FormOptions) -> Mapping:
    """What a new agreement begins with; a renewal with the terms and parties, from the day after the last."""
    options = {
        Option(str(agreement.id), with_number(f"Fornyelse af {agreement.name}", agreement.id)): agreement.id
        for agreement in choices.agreements
    }
    if not options:
        return {}
    with st.container(key="indsatsvalg fornyelse"):
        chosen = filter_bar.select("Begynd med", RENEWS, (AFRESH, *options), says_what_is_gone=False)
    if chosen not in options:
        return {}
    renewed = query(open_record, AGREEMENT, options[chosen])
    terms = renewed.form.model_dump(exclude=set(LEFT_BEHIND))
    ends = renewed.form.ends
    return {**terms, "renews_id": renewed.id, **({"starts": ends + timedelta(days=1)} if ends else {})}
