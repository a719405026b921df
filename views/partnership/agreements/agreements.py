"""The tab Aftaler: who has agreed with whom for how long, and what about."""

from collections.abc import Mapping, Sequence

import streamlit as st

from data_access.partnerships.lists import agreements
from data_access.partnerships.lists.agreements import Agreement, Partnership
from indicators.danish import day, number
from indicators.selection import ALL, Option, Selection
from views.foundation import filter_bar, tables, vega
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import addresses, markup
from views.partnership.agreements import agreement_chart, partnership_forms, partnership_page
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
        parts = (READ, EDIT) if commands.may_write() else (READ,)
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
        _chart(agreement_chart.in_order(wanted, today()))
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
    drawn = vega.sent(agreement_chart.periods(wanted, today()))
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
