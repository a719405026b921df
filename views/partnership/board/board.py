"""The tab Indsatser: the counts, the lines, and the card of the one that is open."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from data_access.partnerships.lists.agreements import partnerships
from data_access.partnerships.lists.initiatives import deleted_initiatives
from data_access.partnerships.records import initiative_commands
from indicators.danish import lower_first, number
from indicators.partnership.board import Initiative, counted
from indicators.partnership.initiative import InitiativeStatus
from indicators.profile import subject
from indicators.rights import Right
from indicators.selection import ALL, Option, Selection
from views.foundation import controls, figures, filter_bar, readings
from views.foundation.controls import with_number
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import addresses, markup
from views.partnership.board import board_filter, card, initiative_forms, linked_initiatives, sheet_round_trip
from views.partnership.records import commands

CARD = Option(ALL, "Alle indsatser")
NONE_YET = "Ingen indsatser endnu. Opret den første her, eller fra et resultat."
NONE_FITS = "Ingen indsatser passer til valget."


def tab(selection: Selection) -> None:
    """The board, one initiative, or the form of a new one."""
    markup.style()
    commands.open_created()
    everything = figures.initiatives(today())
    gone = query(deleted_initiatives)
    titles = {initiative.id: initiative.title for initiative in everything} | {
        ref.id: f"Slettet: {ref.name}" for ref in gone
    }
    named = {Option(str(number), with_number(title, number)): number for number, title in titles.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="indsatsvalg"):
        begin = (CARD, addresses.NEW) if commands.may(Right.START_INITIATIVES) else (CARD,)
        opened = filter_bar.select("Indsats", addresses.OPENED, (*begin, *named))
        who = commands.writer(Right.KEEP_INITIATIVES, Right.START_INITIATIVES, Right.HOLD_MEETINGS)
    if opened == addresses.NEW:
        st.title("Ny indsats", anchor=False)
        initiative_forms.new(who, selection)
    elif opened == CARD:
        st.title(literal(_headline(everything, selection)), anchor=False)
        _board(everything, selection, who)
    else:
        filter_bar.link("Tilbage til alle indsatser", "", "tilbage", **{addresses.OPENED: ALL})
        card.draw(named[opened], who, selection)


def _headline(everything: Sequence[Initiative], selection: Selection) -> str:
    """How many of the open ones are behind, of those that are about the strip's unit and education."""
    if not everything:
        return "Ingen indsatser endnu"
    about = subject(selection)
    summary = _behind([one for one in linked_initiatives.of_selection(selection) if one.status.is_open])
    return readings.fitting(f"{about.name}: {lower_first(summary)}", summary) if about else summary


def _behind(open_ones: Sequence[Initiative]) -> str:
    late, count = len(linked_initiatives.late(open_ones)), len(open_ones)
    if not count:
        return "Ingen åbne indsatser"
    if count == 1:
        return f"Den ene åbne indsats er {'forsinket' if late else 'ikke forsinket'}"
    if not late:
        return f"Ingen af de {number(count)} åbne indsatser er forsinkede"
    return f"{number(late)} af {number(count)} åbne indsatser er {'forsinket' if late == 1 else 'forsinkede'}"


def _board(everything: Sequence[Initiative], selection: Selection, who: str) -> None:
    if not query(partnerships):
        st.info("Der er ingen partnerskaber endnu. Kør «python manage.py partnerships» med jeres egne filer.")
        return
    choice = board_filter.chosen(everything, selection)
    initiatives = [initiative for initiative in everything if choice.matches(initiative)]
    st.markdown(f"**{literal(counted(initiatives))}**")
    st.caption(literal(f"Udvalg: {choice.describe()}"))
    if not everything:
        st.info(NONE_YET)
    elif not initiatives:
        st.info(NONE_FITS)
        every = {**board_filter.EVERYTHING, controls.UNIT: ALL, controls.EDUCATION: ALL}
        filter_bar.link("Vis alle indsatser", "", "vis alle", **every)
    with st.container(horizontal=True):
        _create()
        sheet_round_trip.download(choice)
    may_be_told_of = [
        one
        for one in initiatives
        if commands.may(Right.KEEP_INITIATIVES, one.partnership.id, one.telling_parties)
    ]
    if may_be_told_of:
        _update(may_be_told_of, who)
    for status, lines in groupby(initiatives, key=lambda one: one.status):
        _group(status, list(lines), choice.unit)
    if commands.may(Right.KEEP_INITIATIVES):
        sheet_round_trip.upload(who)


@commands.needs(Right.START_INITIATIVES)
def _create() -> None:
    st.button(
        "Opret indsats",
        icon=":material/add:",
        on_click=filter_bar.choose,
        kwargs={addresses.OPENED: addresses.NEW.key, addresses.ABOUT: addresses.NO_QUESTION.key},
    )


def _group(status: InitiativeStatus, lines: Sequence[Initiative], unit: Option | None) -> None:
    st.header(f"{status} ({number(len(lines))})", anchor=False)
    for initiative in lines:
        with st.container(gap=None, key=f"linje {initiative.id}"):
            filter_bar.link(
                initiative.title, "", f"åbn {initiative.id}", **{addresses.OPENED: str(initiative.id)}
            )
            st.html(markup.state(initiative, unit))


@commands.writes
def _update(initiatives: Sequence[Initiative], who: str) -> None:
    """A line in the log of one of them, without opening anything."""
    with (
        st.expander("Skriv en statusopdatering"),
        st.form(f"kort opdatering {_news(initiatives)}", border=False),
    ):
        about = st.selectbox(
            "Om",
            initiatives,
            format_func=lambda one: with_number(one.title, one.id),
            index=None,
            placeholder="Vælg indsats",
        )
        text = st.text_input("Hvad er der sket?", max_chars=4000, placeholder="Én linje er nok")
        if st.form_submit_button("Gem opdatering"):
            if about is None:
                st.error("Vælg, hvilken indsats det handler om.")
            else:
                commands.run(
                    "Opdateringen er gemt", who, initiative_commands.post_update, about.id, text, today()
                )


def _news(initiatives: Sequence[Initiative]) -> str:
    """Changes when an update has been written, so that the next form is empty."""
    return (
        "-".join(str(initiative.freshness.days) for initiative in initiatives)
        + initiatives[0].last_update[:40]
    )
