"""The tab Aftaler: who has agreed with whom for how long, and what about."""

import streamlit as st

from data_access.partnerships import agreements as stored
from data_access.partnerships import criteria, focus
from data_access.partnerships.agreements import Agreement
from data_access.partnerships.criteria import Criterion
from data_access.partnerships.focus import Body, FocusArea, Partnership
from indicators.danish import day, listed, number
from indicators.selection import ALL, Named, Selection
from views import filters, tables, vega
from views.literal import literal
from views.partnership import agreement_chart, markup, meetings
from views.partnership.asking import asked, today

PARTNERSHIP, EVERY = "partnerskab", Named(ALL, "Alle partnerskaber")


def tab(_selection: Selection) -> None:
    """The chart of all, and everything about the one that is chosen."""
    markup.style()
    known = {Named(str(one.id), one.short_name or one.name): one for one in asked(focus.partnerships)}
    found = asked(stored.agreements, today())
    st.title(_headline(found), anchor=False)
    with st.container(key="indsatsvalg aftaler", width=500):
        chosen = filters.select("Partnerskab", PARTNERSHIP, (EVERY, *known))
    partnership = known.get(chosen)
    wanted = [one for one in found if partnership is None or one.partnership.id == partnership.id]
    if not wanted:
        st.info("Ingen aftaler endnu.")
    else:
        _chart(wanted)
    for one in [partnership] if partnership else known.values():
        _partnership(one, [agreed for agreed in wanted if agreed.partnership.id == one.id], bool(partnership))


def _headline(found: tuple[Agreement, ...]) -> str:
    if not found:
        return "Ingen aftaler endnu"
    deadlines = sorted((one.next_deadline.by, one.title) for one in found if one.next_deadline)
    running = sum(one.period.starts <= today() <= (one.period.ends or today()) for one in found)
    first = f"{number(running)} af {number(len(found))} aftaler løber i dag"
    return f"{first}; næste opsigelsesfrist er {day(deadlines[0][0])}" if deadlines else first


def _chart(wanted: list[Agreement]) -> None:
    says = f"{len(wanted)} aftaler med parter og periode. Alt på figuren står også i tabellen under den."
    drawn = vega.sent(agreement_chart.periods(wanted, today()))
    st.vega_lite_chart(drawn, width="stretch", theme=None, alt=says)
    with st.expander("Vis som tabel"):
        st.html(
            tables.table(
                (
                    tables.Column("Aftale", [markup.escape(one.title) for one in wanted]),
                    tables.Column("Parter", [markup.escape(_parties(one)) for one in wanted]),
                    tables.Column("Periode", [markup.escape(one.period.describe()) for one in wanted]),
                    tables.Column("Status", [one.status.value for one in wanted]),
                    tables.Column("Opsigelse", [markup.escape(notice(one)) for one in wanted]),
                )
            )
        )


def _parties(one: Agreement) -> str:
    return listed([party.name for party in one.parties])


def notice(one: Agreement) -> str:
    """The rule, and the day it means next."""
    if one.terminated_from:
        return f"Opsagt til ophør {day(one.terminated_from)}"
    if one.notice is None:
        return "Ikke aftalt"
    rule = one.notice.describe()
    return f"{rule}. Næste frist: {one.next_deadline.describe()}" if one.next_deadline else rule


def _partnership(one: Partnership, agreed: list[Agreement], unfolded: bool) -> None:
    with st.expander(literal(one.name), expanded=unfolded):
        if one.is_sample:
            st.badge("Eksempeldata", color="orange")
        if one.purpose:
            st.html(markup.free(one.purpose))
        for agreement in agreed:
            _agreement(agreement)
        _areas(asked(focus.focus_areas, one.id))
        _points(asked(focus.focus_points, one.id))
        _criteria(asked(criteria.criteria, today(), one.id))
        _bodies(asked(focus.bodies, one.id))
        meetings.draw(one.id)
        if one.source:
            st.caption(literal(f"Kilde: {one.source}"))


def _agreement(one: Agreement) -> None:
    st.subheader(literal(f"{one.title}: {one.status.lower()}"), anchor=False)
    facts = {
        "Parter": _parties(one),
        "Periode": one.period.describe(),
        "Træder i kraft": day(one.enters_into_force) if one.enters_into_force else "",
        "Opsigelse": notice(one),
        "Finansiering": one.financing,
        "Opfølgning": one.follow_up,
        "Møder om året": str(one.meetings_a_year) if one.meetings_a_year else "",
        "Fornyer": one.renews.name if one.renews else "",
        "Fornyet af": one.renewed_by.name if one.renewed_by else "",
        "Bemærkning": one.note,
    }
    st.markdown("  \n".join(f"**{label}:** {literal(text)}" for label, text in facts.items() if text))
    if one.document:
        st.link_button("Åbn dokumentet", one.document, icon=":material/open_in_new:")


def _areas(areas: tuple[FocusArea, ...]) -> None:
    if areas:
        st.subheader("Fokusområder", anchor=False)
        columns = (
            tables.Column("Fokusområde", [f"<b>{markup.escape(one.name)}</b>" for one in areas]),
            tables.Column("Udfordring", [markup.free(one.challenge) for one in areas]),
            tables.Column("Mål", [markup.free(one.goal) for one in areas]),
            tables.Column("Parterne vil", [_actions(one) for one in areas]),
        )
        st.html(tables.table([one for one in columns if any(cell not in EMPTY for cell in one.cells)]))


EMPTY = ("", markup.free(""))


def _actions(one: FocusArea) -> str:
    items = "".join(f"<li>{markup.escape(action)}</li>" for action in one.actions)
    return f"<ul>{items}</ul>" if items else ""


def _points(points: tuple[focus.FocusPoint, ...]) -> None:
    if points:
        st.subheader("Årets fokuspunkter", anchor=False)
        columns = (
            tables.Column("År", [str(one.year) for one in points]),
            tables.Column("Fokuspunkt", [markup.escape(one.title) for one in points]),
            tables.Column("Om", [markup.free(one.text) for one in points]),
        )
        st.html(tables.table(columns))


def _criteria(found: tuple[Criterion, ...]) -> None:
    st.subheader("Succeskriterier", anchor=False)
    if not found:
        st.markdown("Der er ikke aftalt succeskriterier.")
        return
    columns = (
        tables.Column("Kriterie", [markup.free(one.text) for one in found]),
        tables.Column(
            "Måles på", [markup.escape(one.measured_on) or "Partnernes egen vurdering" for one in found]
        ),
        tables.Column("Status", [f"<b>{one.evaluation.outcome}</b>" for one in found]),
        tables.Column("Fordi", [_because(one) for one in found]),
    )
    st.html(tables.table(columns))


def _because(one: Criterion) -> str:
    sure = ""
    if one.subject and one.baseline and one.current and one.current.share is not None:
        certain = one.evaluation.is_certain
        sure = "Udviklingen er sikker." if certain else "Udviklingen kan skyldes tilfældigheder."
    return f"{markup.escape(one.evaluation.because)}<small>{sure}</small>"


def _bodies(bodies: tuple[Body, ...]) -> None:
    if bodies:
        st.subheader("Organer", anchor=False)
        columns = (
            tables.Column("Organ", [f"{markup.escape(one.name)}<small>{one.kind}</small>" for one in bodies]),
            tables.Column("Opgave", [markup.free(one.task) for one in bodies]),
            tables.Column("Møder", [markup.escape(_meets(one)) for one in bodies]),
            tables.Column("Forperson", [markup.escape(_chaired(one)) for one in bodies]),
            tables.Column("Kontakt", [markup.escape(one.contact) for one in bodies]),
        )
        st.html(tables.table(columns))


def _meets(one: Body) -> str:
    a_year = f"{one.meetings_a_year} om året" if one.meetings_a_year else ""
    return ", ".join(part for part in (a_year, one.cadence) if part)


def _chaired(one: Body) -> str:
    if one.chair is None:
        return f"{one.chair_years} år ad gangen" if one.chair_years else ""
    return f"{one.chair.name}, {one.chair_years} år ad gangen" if one.chair_years else one.chair.name
