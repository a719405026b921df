"""What the reader wants to see of the initiatives: the strip's unit and education, and boxes of its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from indicators.partnership.board import Choice, Initiative, Ref, offered
from indicators.partnership.initiative import OPEN, InitiativeStatus
from indicators.selection import ALL, Option, Selection
from views.foundation import filter_bar
from views.foundation.controls import with_number
from views.partnership import addresses

OPEN_ONES = Option("aabne", "Åbne")
CLOSED_ONES = Option("lukkede", "Ikke længere åbne")
ALL_STATUSES = Option(ALL, "Alle")
ANY_AGE = Option(ALL, "Uanset alder")
OLD = Option("90", "Ikke opdateret i 90 dage")
STATUSES = {
    OPEN_ONES: OPEN,
    ALL_STATUSES: (),
    **{Option(f"status-{status.name.lower()}", status.value): (status,) for status in InitiativeStatus},
    CLOSED_ONES: tuple(status for status in InitiativeStatus if status not in OPEN),
}
FOCUS_AREA = "fokusomraade"
RESPONSIBLE = "ansvarlig"
PARTY = "part"
STATUS = "status"
AGE = "opdateret"

EVERYTHING = dict.fromkeys((addresses.PARTNERSHIP, FOCUS_AREA, RESPONSIBLE, PARTY, STATUS, AGE), ALL)
"""The boxes by the keys that leave nothing out."""


def of_strip(selection: Selection) -> Choice:
    """The unit and the education alone."""
    return Choice(education=_unless_all(selection.education), unit=_unless_all(selection.unit))


def chosen(initiatives: Sequence[Initiative], selection: Selection) -> Choice:
    """The boxes, and the choice that they and the strip make together."""
    choices = offered(initiatives)
    with st.container(horizontal=True, vertical_alignment="bottom", key="indsatsfiltre"):
        partnership = _box("Partnerskab", addresses.PARTNERSHIP, "Alle partnerskaber", choices.partnerships)
        within = [
            initiative
            for initiative in initiatives
            if partnership is None or initiative.partnership == partnership
        ]
        focus_area = _box("Fokusområde", FOCUS_AREA, "Alle fokusområder", offered(within).focus_areas)
        responsible = _box("Ansvarlig", RESPONSIBLE, "Alle ansvarlige", choices.responsibles)
        party = _box("Part", PARTY, "Alle parter", choices.parties)
        status = filter_bar.select("Status", STATUS, list(STATUSES))
        age = filter_bar.select("Seneste opdatering", AGE, (ANY_AGE, OLD))
    return replace(
        of_strip(selection),
        partnership=partnership,
        focus_area=focus_area,
        responsible=responsible,
        party=party,
        statuses=STATUSES[status],
        not_updated_for=int(age.key) if age == OLD else None,
    )


def _unless_all(chosen_one: Option) -> Option | None:
    return None if chosen_one.key == ALL else chosen_one


def _box(label: str, key: str, everything: str, refs: Iterable[Ref]) -> Ref | None:
    by_option = options(refs)
    return by_option.get(filter_bar.select(label, key, (Option(ALL, everything), *by_option)))


def options(refs: Iterable[Ref]) -> dict[Option, Ref]:
    """The records as options; two of the same name carry their number, so that an address means one."""
    several = list(refs)
    times = Counter(one.name for one in several)
    return {
        Option(str(one.id), one.name if times[one.name] == 1 else with_number(one.name, one.id)): one
        for one in several
    }
