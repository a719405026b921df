"""What a reader is told before deleting: what else uses the record, and what becomes of it."""

from collections.abc import Iterator
from html import escape
from textwrap import shorten

from data_access.partnerships.records.kinds import Kind
from data_access.partnerships.records.uses import Used, Uses
from indicators.danish import listed, number

MOST_NAMES, MOST_SIGNS = 4, 60
"""As many as a person reads before clicking; the count says how many there are."""

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


def told(kind: Kind, uses: Uses) -> str:
    """What happens to what, as HTML; every name is escaped here."""
    parts = "".join(_parts(kind.called, uses))
    return parts or f"<p>Der er ikke andet, der bruger {kind.called}.</p>"


def _parts(called: str, uses: Uses) -> Iterator[str]:
    for becomes, several in (
        (f"Skjules og gendannes sammen med {called}", uses.hidden),
        (f"Bliver stående uden {called}, indtil {called} gendannes", uses.without),
        ("Bliver stående med navnet og mærket «(slettet)»", uses.naming),
    ):
        if several:
            lines = "".join(f"<li>{_line(one)}</li>" for one in several)
            yield f"<p><b>{becomes}:</b></p><ul>{lines}</ul>"


def _line(one: Used) -> str:
    few, many = COUNTED[one.kind.name]
    names = [f"«{shorten(name, MOST_SIGNS, placeholder=' …')}»" for name in one.names]
    if len(names) > MOST_NAMES:
        names = [*names[: MOST_NAMES - 1], f"{number(len(names) - MOST_NAMES + 1)} til"]
    return escape(f"{number(len(one.names))} {few if len(one.names) == 1 else many}: {listed(names)}")
