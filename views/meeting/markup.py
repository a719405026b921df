"""The agenda as HTML and on paper. Every text is escaped here."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from data_access.partnerships.lists.meetings import Decision, Item, Meeting
from indicators.danish import day, number
from views.foundation import tables, theme
from views.partnership import markup

STYLE = f"""<style>
  .st-key-filtre > :not(:has(.st-key-hjoerne)) {{ display: none; }}
  .st-key-filtre {{ justify-content: flex-end; }}
  .st-key-filtre > :has(.st-key-hjoerne) {{ min-width: 0; }}
  .st-key-moedevalg > :first-child {{ flex: 1 1 320px; }}
  .st-key-moedevalg [role=group] > button:not(:last-child) {{ display: none; }}
  .punkt {{ margin: 0; }}
  .punkt h2 {{ font-size: 1.25rem; line-height: 1.35; font-weight: 600; margin: 0; padding: 0; }}
  .punkt small {{ display: block; font-size: 1rem; color: {theme.SECONDARY}; }}
  .punkt b {{ font-weight: 600; }}
  .punkt .frit {{ margin-top: 4px; }}
  .punkt ul {{ margin: 4px 0 0; padding-left: 24px; }}
  .moedeplan {{ margin: 0; font-size: 1.0625rem; }}
  .tal .dag {{ white-space: nowrap; }}
  .tal th small {{ font-weight: 400; }}
  .over:not(.vurdering) {{ color: {theme.WARNING}; font-weight: 600; }}
  [class*=st-key-punkt-] {{ border-top: 1px solid {theme.NEUTRAL}; padding-top: 16px; }}
  @media print {{
    html {{ font-size: 12px !important; }}
    .st-key-moedevalg, [class*=st-key-knapper], [class*=st-key-skriv],
    :is([data-testid=stElementContainer], [data-testid=stLayoutWrapper]):has(> :is(
      .st-key-moedevalg, [class*=st-key-knapper], [class*=st-key-skriv]
    )) {{ display: none !important; }}
    [class*=st-key-punkt-] {{ break-inside: avoid; padding-top: 8px; }}
    .punkt h2 {{ padding: 0 !important; font-size: 1.125rem !important; }}
  }}
</style>"""


def style() -> None:
    """What the page needs."""
    markup.style()
    st.html(STYLE)


def facts(meeting: Meeting) -> str:
    """When, where, who, and how far it is, in one line."""
    clock = (
        f"kl. {meeting.starts_at}{f'-{meeting.ends_at}' if meeting.ends_at else ''}"
        if meeting.starts_at
        else ""
    )
    body, host = (
        meeting.body.name if meeting.body else "",
        f"vært: {meeting.host.name}" if meeting.host else "",
    )
    parts = (
        day(meeting.held_on),
        clock,
        meeting.place,
        body,
        host,
        meeting.partnership.name,
        meeting.status.lower(),
    )
    return " · ".join(part for part in parts if part)


def plan(minutes: int, lasts: int | None) -> str:
    """The minutes of the items against the meeting's own."""
    if lasts is None:
        return f'<p class="moedeplan">{number(minutes)} minutter er planlagt.</p>'
    said = f"{number(minutes)} af mødets {number(lasts)} minutter er planlagt."
    more = f' <span class="over">Det er {number(minutes - lasts)} for mange.</span>'
    return f'<p class="moedeplan">{said}{more if minutes > lasts else ""}</p>'


def item(place: int, one: Item, shows: Sequence[str], talking_points: bool = True) -> str:
    """An item with what it shows; the talking points are for those who prepare and chair the meeting."""
    about = one.kind.value + (f" · {one.minutes_planned} minutter" if one.minutes_planned else "")
    lines = "".join(f"<small>{escape(line)}</small>" for line in shows if line)
    points = f"<b>Talepunkter</b>{markup.free(one.talking_points)}" if one.talking_points else ""
    return (
        f'<div class="punkt"><h2>{place}. {escape(one.title)}</h2><small>{about}</small>{lines}'
        f"{points if talking_points else ''}</div>"
    )


def decisions(found: Sequence[Decision]) -> str:
    """What was decided, who follows it up, and by when."""
    columns = (
        tables.Column("Beslutning", [_decided(one) for one in found]),
        tables.Column("Ansvarlig", [escape(markup.responsible(one)) for one in found]),
        tables.Column("Følges op", [_due(one) for one in found]),
    )
    return tables.table(columns)


def _decided(decision: Decision) -> str:
    about = f" · indsats: {decision.initiative.name}" if decision.initiative else ""
    return (
        f"{markup.free(decision.text)}<small>{escape(f'Besluttet {day(decision.decided_on)}{about}')}</small>"
    )


def _due(decision: Decision) -> str:
    if decision.done_on:
        return escape(
            f"Fulgt op {day(decision.done_on)}{f': {decision.outcome}' if decision.outcome else ''}"
        )
    if decision.due is None:
        return "Ingen frist"
    late = ' <small class="over">Over fristen</small>' if decision.is_overdue else ""
    return f'<span class="dag">{day(decision.due)}</span>{late}'


def minutes_html(one: Item) -> str:
    """The summary and the points of information of an item."""
    points = "".join(f"<li>{escape(point.text)}</li>" for point in one.points)
    summary = markup.free(one.summary) if one.summary else ""
    return f'<div class="punkt">{summary}{f"<ul>{points}</ul>" if points else ""}</div>'
