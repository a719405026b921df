"""The tab Årshjul: twelve months as a strip, and what happens in each as a list."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from data_access.partnerships.lists import agreements
from data_access.partnerships.lists.cycle import annual_cycle
from indicators.danish import day, number, upper_first
from indicators.partnership.cycle import Month
from indicators.rights import Right
from indicators.selection import Option, Selection
from views.foundation import filter_bar, tables
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import addresses, markup
from views.partnership.agreements import partnership_forms
from views.partnership.agreements.agreements import EDIT, EVERY, by_option
from views.partnership.records import commands

BEGIN = "fra"
AHEAD = Option("nu", "De næste 12 måneder")
YEAR = Option("aar", "Kalenderåret")


def tab(_selection: Selection) -> None:
    """From this month on, or the calendar year; of one partnership or all."""
    markup.style()
    commands.open_created()
    known = by_option(query(agreements.partnerships))
    with st.container(horizontal=True, vertical_alignment="bottom", key="indsatsvalg årshjul"):
        partnership = known.get(filter_bar.select("Partnerskab", addresses.PARTNERSHIP, (EVERY, *known)))
        is_kept = partnership and commands.may(Right.KEEP_AGREEMENTS, partnership.id)
        begin = filter_bar.pick("Periode", BEGIN, (AHEAD, YEAR, EDIT) if is_kept else (AHEAD, YEAR))
    if begin == EDIT:
        st.title(literal(f"Ret årshjulet: {partnership.short_name or partnership.name}"), anchor=False)
        partnership_forms.draw_cycle(partnership)
        return
    commands.let_go_of_everything()
    first = today().replace(day=1) if begin == AHEAD else date(today().year, 1, 1)
    months = query(annual_cycle, first, partnership.id if partnership else None)
    st.title(_headline(months), anchor=False)
    st.html(strip(months))
    if not any(month.entries for month in months):
        st.info("Der er ikke noget i årshjulet endnu.")
        return
    for month in months:
        _month(month)


def _headline(months: Sequence[Month]) -> str:
    ahead = [entry for month in months for entry in month.entries if (entry.last or entry.first) >= today()]
    if not ahead:
        return "Årshjulet er tomt"
    nearest = min(ahead, key=lambda entry: max(entry.first, today()))
    when = "nu" if nearest.first <= today() else day(nearest.first)
    return f"Næste i årshjulet: {nearest.kind.lower()}, {when}"


def strip(months: Sequence[Month]) -> str:
    """The months side by side, each with how much there is in it and of what kind."""
    return f'<div class="aarsstribe">{"".join(map(_cell, months))}</div>'


def _cell(month: Month) -> str:
    kinds = dict.fromkeys(entry.kind.value for entry in month.entries)
    words = "".join(f"<span>{_hyphenated(kind)}</span>" for kind in kinds)
    mark = ' class="noget"' if kinds else ""
    name, year = upper_first(month.name).split()
    return f"<div{mark}><b>{escape(name)}</b><small>{escape(year)}</small>{words}</div>"


def _hyphenated(word: str) -> str:
    """Where the long words may break, for a month is narrow."""
    for end in ("indsamling", "frist"):
        word = word.replace(end, f"\N{SOFT HYPHEN}{end}")
    return escape(word)


def _month(month: Month) -> None:
    if not month.entries:
        return
    count = len(month.entries)
    st.header(f"{upper_first(month.name)} ({number(count)})", anchor=False)
    columns = (
        tables.Column("Hvornår", [escape(entry.when()) for entry in month.entries]),
        tables.Column("Hvad", [entry.kind.value for entry in month.entries]),
        tables.Column("Om", [escape(entry.title) for entry in month.entries]),
        tables.Column("Partnerskab", [escape(entry.partnership) for entry in month.entries]),
    )
    st.html(f'<div class="maaned">{tables.table(columns)}</div>')
