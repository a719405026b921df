"""The tab Aftaler: who has agreed with whom for how long, and what about."""

from collections.abc import Mapping, Sequence
from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from data_access.partnerships.lists import agreements
from data_access.partnerships.lists.agreements import Agreement, Partnership
from indicators.danish import alphabetical, day, number
from indicators.partnership.agreement import AgreementStatus
from indicators.partnership.days import months_later
from indicators.rights import Right
from indicators.selection import ALL, Option, Selection
from views.foundation import filter_bar, tables, theme, vega
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import addresses, markup
from views.partnership.agreements import partnership_forms, partnership_page
from views.partnership.records import commands

EVERY = Option(ALL, "Alle partnerskaber")
NONE_YET = "Ingen partnerskaber endnu. Skriv det første under «Ret»."
READ, EDIT = Option(addresses.READ, "Læs"), Option(addresses.EDIT, "Ret")


def tab(selection: Selection) -> None:
    """The chart of all, and everything about the one that is chosen; or the forms of it."""
    markup.style()
    commands.open_created()
    known = by_option(query(agreements.partnerships))
    title = st.empty()
    with st.container(horizontal=True, vertical_alignment="bottom", key="indsatsvalg aftaler"):
        chosen = filter_bar.select("Partnerskab", addresses.PARTNERSHIP, (EVERY, *known))
        whose = known[chosen].id if chosen in known else None
        parts = (READ, EDIT) if commands.may(Right.KEEP_AGREEMENTS, whose) else (READ,)
        part = filter_bar.pick("Læs eller ret", addresses.PART, parts)
    agreed = query(agreements.agreements, today())
    partnership = known.get(chosen)
    heading = f"Ret {chosen.name}" if partnership else "Nyt partnerskab"
    title.title(literal(_headline(agreed) if part == READ else heading), anchor=False)
    if part == EDIT:
        partnership_forms.draw(partnership, selection)
        return
    commands.let_go_of_everything()
    if known:
        _read(agreed, known, partnership)
    else:
        st.info(NONE_YET)


def by_option(partnerships: Sequence[Partnership]) -> dict[Option, Partnership]:
    """The partnerships as options of a box."""
    return {
        Option(str(partnership.id), partnership.short_name or partnership.name): partnership
        for partnership in partnerships
    }


def _read(
    agreements: Sequence[Agreement], known: Mapping[Option, Partnership], partnership: Partnership | None
) -> None:
    wanted = [
        agreement
        for agreement in agreements
        if partnership is None or agreement.partnership.id == partnership.id
    ]
    if wanted:
        _chart(_in_order(wanted))
    else:
        st.info("Ingen aftaler endnu. Skriv den første under «Ret».")
    for some in [partnership] if partnership else known.values():
        own = [agreement for agreement in wanted if agreement.partnership.id == some.id]
        with st.expander(literal(some.name), expanded=partnership is not None):
            partnership_page.draw(some, own, partnership is not None)


def _headline(agreements: Sequence[Agreement]) -> str:
    if not agreements:
        return "Ingen aftaler endnu"
    deadlines = sorted(
        (agreement.next_deadline.by, agreement.title) for agreement in agreements if agreement.next_deadline
    )
    running = sum(agreement.period.covers(today()) for agreement in agreements)
    first = f"{number(running)} af {number(len(agreements))} aftaler løber i dag"
    return f"{first}; næste opsigelsesfrist er {day(deadlines[0][0])}" if deadlines else first


def _chart(wanted: Sequence[Agreement]) -> None:
    says = f"{len(wanted)} aftaler med parter og periode. Alt på figuren står også i tabellen under den."
    drawn = vega.sent(_periods(wanted))
    st.vega_lite_chart(drawn, width="stretch", theme=None, alt=says)
    with st.expander("Vis som tabel"):
        st.html(
            tables.table(
                (
                    tables.Column("Aftale", [markup.escape(agreement.title) for agreement in wanted]),
                    tables.Column(
                        "Parter", [markup.escape(partnership_page.parties(agreement)) for agreement in wanted]
                    ),
                    tables.Column(
                        "Periode", [markup.escape(agreement.period.describe()) for agreement in wanted]
                    ),
                    tables.Column("Status", [agreement.status.value for agreement in wanted]),
                    tables.Column(
                        "Opsigelse",
                        [markup.escape(partnership_page.notice(agreement)) for agreement in wanted],
                    ),
                )
            )
        )


ROW = 80
BAR = 14
AROUND = 56
NARROW = 42
COLOURS = {
    AgreementStatus.COMING: theme.GOOD[2],
    AgreementStatus.IN_FORCE: theme.CALM,
    AgreementStatus.EXPIRES_SOON: theme.WARNING,
    AgreementStatus.EXPIRED: theme.NEUTRAL,
    AgreementStatus.TERMINATED: theme.OTHERS,
}
"""Beside the word, which stands on every row."""


def _in_order(agreements: Sequence[Agreement]) -> list[Agreement]:
    """Renewals with what they renew, the newest first; chains that run first, those that are over last."""
    chains = sorted(
        _chains(agreements),
        key=lambda chain: (
            _turn(chain),
            alphabetical(chain[0].partnership.name),
            -chain[0].period.starts.toordinal(),
        ),
    )
    return [agreement for chain in chains for agreement in chain]


def _chains(agreements: Sequence[Agreement]) -> list[list[Agreement]]:
    known = {one.id: one for one in agreements}
    chains: dict[int, list[Agreement]] = {}
    for agreement in sorted(agreements, key=lambda one: one.period.starts, reverse=True):
        first, seen = agreement, {agreement.id}
        while first.renews and first.renews.id in known and first.renews.id not in seen:
            first = known[first.renews.id]
            seen.add(first.id)
        chains.setdefault(first.id, []).append(agreement)
    return list(chains.values())


def _turn(chain: Sequence[Agreement]) -> int:
    if any(agreement.period.covers(today()) for agreement in chain):
        return 0
    return 1 if any(agreement.period.starts > today() for agreement in chain) else 2


def _periods(agreements: Sequence[Agreement]) -> alt.LayerChart:
    """A row an agreement: status, period and parties in words, the bar under them."""
    until = months_later(max(today(), *(agreement.period.ends or today() for agreement in agreements)), 12)
    rows = pd.DataFrame([_row(number, one, until) for number, one in enumerate(agreements)])
    y = alt.Y(field="row", type="ordinal", axis=None, scale=alt.Scale(padding=0))
    first = alt.XDatum(min(agreement.period.starts for agreement in agreements).isoformat(), type="temporal")
    # The words come twice: the first is the paper that they stand on, so that no line goes through them.
    looks = {"align": "left", "baseline": "top", "lineBreak": "\n", "yOffset": 5 - ROW / 2}
    words = alt.Chart(rows).encode(first, y, alt.Text(field="words", type="nominal"))
    axis = alt.Axis(format="%Y", tickCount="year", labelOverlap=True, labelSeparation=8)
    bars = alt.Chart(rows).mark_bar(height=BAR, yOffset=ROW / 2 - BAR)
    return alt.layer(
        bars.encode(
            alt.X(field="starts", type="temporal", title=None, axis=axis),
            alt.X2(field="ends"),
            y,
            alt.Color(field="colour", type="nominal", scale=None, legend=None),
            tooltip=[_tip("title", "Aftale"), _tip("parties", "Parter"), _tip("period", "Periode")],
        ),
        *_today(),
        words.mark_text(stroke="white", strokeWidth=5, **looks),
        words.mark_text(**looks),
    ).properties(width="container", height=ROW * len(rows) + AROUND)


def _today() -> tuple[alt.Chart, alt.Chart]:
    now = alt.Chart(pd.DataFrame({"today": [pd.Timestamp(today())], "words": ["I dag"]}))
    x = alt.X(field="today", type="temporal")
    line = now.mark_rule(stroke=theme.INK, strokeDash=[4, 3])
    words = now.mark_text(dy=-4, baseline="bottom", fontWeight=600)
    return line.encode(x), words.encode(x, alt.YValue(0), alt.Text(field="words", type="nominal"))


def _row(number: int, agreement: Agreement, until: date) -> dict:
    parties = partnership_page.parties(agreement)
    return {
        "row": number,
        "starts": pd.Timestamp(agreement.period.starts),
        "ends": pd.Timestamp(agreement.period.ends or until),
        "colour": COLOURS[agreement.status],
        "title": agreement.title,
        "parties": parties,
        "period": agreement.period.describe(),
        "words": "\n".join(
            (
                f"{agreement.partnership.name}: {agreement.status.lower()}",
                agreement.period.describe(),
                # The parties where a telephone has room; of many how many, for the table names them all.
                parties if len(parties) <= NARROW else f"{len(agreement.parties)} parter",
            )
        ),
    }


def _tip(field: str, title: str) -> alt.Tooltip:
    return alt.Tooltip(field=field, type="nominal", title=title)
