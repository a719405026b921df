"""Initiatives in HTML: status as a drawing and a word, and the age of the last news as large as it.

Every text is escaped here.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

import streamlit as st

from data_access.partnerships.lists.initiatives import Effect
from data_access.partnerships.lists.meetings import Decision
from indicators.danish import day, lower_first
from indicators.partnership.board import Initiative
from indicators.partnership.initiative import InitiativeStatus
from indicators.selection import Option
from views.foundation import marks, theme

STYLE = f"""<style>
  .indsats {{ margin: 0; }}
  .indsats .tilstand {{ display: flex; flex-wrap: wrap; gap: 2px 20px; font-weight: 600; }}
  .indsats .tilstand img, .status img {{ display: inline-block; margin-right: 6px; vertical-align: -1px; }}
  .indsats .gammel {{ color: {theme.WARNING}; }}
  .indsats small {{ display: block; font-size: 0.9375rem; color: {theme.SECONDARY}; }}
  [class*=indsatsfiltre] > div {{ min-width: 165px; }}
  [class*=indsatsvalg-poster] > div {{ min-width: 225px; }}
  [class*=st-key-felter-] > div {{ min-width: 225px; max-width: 460px; }}
  :is([class*=indsatsfiltre], [class*=indsatsvalg]) [role=group] > button:not(:last-child) {{
    display: none;
  }}
  @media screen and (min-width: 641px) {{
    .maaned .tal {{ table-layout: fixed; }}
    .maaned .tal th:nth-child(1) {{ width: 28%; }}
    .maaned .tal th:nth-child(2), .maaned .tal th:nth-child(4) {{ width: 18%; }}
  }}
  .aarsstribe {{ display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 4px; }}
  .aarsstribe div {{ border-top: 4px solid {theme.GRID}; padding: 6px 2px; min-width: 0; }}
  .aarsstribe div.noget {{ border-color: {theme.OWN}; }}
  .aarsstribe b, .aarsstribe span {{ display: block; font-size: 0.875rem; overflow-wrap: anywhere; }}
  @media screen and (max-width: 640px) {{ .aarsstribe {{ grid-template-columns: repeat(3, 1fr); }} }}
  .frit {{ white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }}
</style>"""


def _mark(shapes: str) -> str:
    return marks.picture(marks.svg(12, 12, shapes))


_LATE = theme.WARNING
_CALM = theme.CALM
_GREY = theme.OTHERS
_LINE = f'fill="none" stroke="{_GREY}" stroke-width="2"'

STATUS_MARKS = {
    InitiativeStatus.LATE: _mark(f'<path fill="{_LATE}" d="M0 12 6 0 12 12Z"/>'),
    InitiativeStatus.UNDER_WAY: _mark(f'<circle cx="6" cy="6" r="6" fill="{_CALM}"/>'),
    InitiativeStatus.PLANNED: _mark(
        f'<circle cx="6" cy="6" r="5" fill="none" stroke="{_CALM}" stroke-width="2"/>'
    ),
    InitiativeStatus.PAUSED: _mark(f'<path d="M3.5 0V12M8.5 0V12" {_LINE}/>'),
    InitiativeStatus.DONE: _mark(f'<path d="M1 6.5 4.5 10 11 2" {_LINE}/>'),
    InitiativeStatus.DROPPED: _mark(f'<path d="M1.5 1.5 10.5 10.5M10.5 1.5 1.5 10.5" {_LINE}/>'),
    InitiativeStatus.REPLACED: _mark(f'<path d="M0 6H10M6 2 10.5 6 6 10" {_LINE}/>'),
}
"""Each status has a shape of its own; colour alone says nothing."""


def style() -> None:
    """What the parts of this page need."""
    st.html(STYLE)


def status(status: InitiativeStatus) -> str:
    """The word with its drawing."""
    return f'<span class="status">{STATUS_MARKS[status]}{status}</span>'


def state(initiative: Initiative, unit: Option | None = None) -> str:
    """Status and the age of the last news side by side, with why and until when, and its way to the unit."""
    facts = "".join(f"<small>{fact}</small>" for fact in _facts(initiative, unit))
    return f'<div class="indsats">{standing(initiative)}{facts}</div>'


def brief(initiative: Initiative, unit: Option) -> str:
    """Status and the age of the last news alone, and its way to the unit."""
    way = initiative.way_to(unit)
    return (
        f'<div class="indsats">{standing(initiative)}{f"<small>{escape(way)}</small>" if way else ""}</div>'
    )


def on_paper(initiatives: Sequence[Initiative]) -> str:
    """Title and status of each in a few lines, for a printed page with no room for more."""
    lines = " · ".join(
        f"{escape(initiative.title)}: {status(initiative.status)}" for initiative in initiatives
    )
    return f'<p class="paa-papir">{lines}</p>'


def standing(initiative: Initiative) -> str:
    """Status and the age of the last news side by side."""
    old = ' class="gammel"' if initiative.freshness.is_stale else ""
    age = f"<span{old}>{escape(initiative.freshness.describe())}</span>"
    return f'<div class="tilstand">{status(initiative.status)}{age}</div>'


def titled(initiative: Initiative, unit: Option) -> str:
    """Its title, with its way to the unit where there is one."""
    way = initiative.way_to(unit)
    return f"{initiative.title} ({way})" if way else initiative.title


def _facts(initiative: Initiative, unit: Option | None) -> Iterator[str]:
    if way := initiative.way_to(unit):
        yield escape(way)
    parts = [responsible(initiative)] if responsible(initiative) else ["Ingen ansvarlig"]
    parts += [f"næste frist {day(initiative.next_deadline)}"] if initiative.next_deadline else []
    yield escape(" · ".join([*parts, initiative.partnership.name]))
    yield escape(initiative.assessment.because)
    if initiative.last_update:
        yield f"Seneste: {escape(_shortened(initiative.last_update))}"


def responsible(initiative: Initiative | Decision) -> str:
    """The party that answers for it or follows it up, and in which role."""
    if initiative.responsible is None:
        return initiative.responsible_role
    role = f" ({lower_first(initiative.responsible_role)})" if initiative.responsible_role else ""
    return f"{initiative.responsible.name}{role}"


def free(text: str) -> str:
    """A longer text as it was written, line by line."""
    return f'<p class="frit">{escape(text)}</p>'


def _shortened(text: str, most: int = 200) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


EFFECTS_TITLE, EFFECTS_CAUTION = "Afledte effekter og eksempler", "Partnernes egne iagttagelser, ikke målt."


def draw_effects(effects: Iterable[Effect]) -> None:
    """Each with its kind, whose it is and the year."""
    st.caption(EFFECTS_CAUTION)
    for effect in effects:
        whose = " · ".join(
            [
                effect.kind,
                *([effect.party.name] if effect.party else []),
                *([str(effect.year)] if effect.year else []),
            ]
        )
        st.html(
            f'<div class="indsats"><b>{escape(effect.title)}</b><small>{escape(whose)}</small>'
            f"{free(effect.text) if effect.text else ''}</div>"
        )
