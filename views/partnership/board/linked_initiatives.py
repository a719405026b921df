"""Initiatives beside results: what is done about a question or in a unit, and a new one begun from there."""

from collections.abc import Sequence

import streamlit as st

from indicators.danish import number
from indicators.partnership.board import Choice, Initiative
from indicators.partnership.initiative import InitiativeStatus
from indicators.rights import Right
from indicators.selection import ALL, Option, Selection
from views.foundation import figures, filter_bar, places
from views.foundation.figures import today
from views.foundation.page_parts import literal
from views.partnership import addresses, markup
from views.partnership.board import board_filter
from views.partnership.records import commands

NOBODY = "Indsats: ingen"


def of_selection(selection: Selection) -> tuple[Initiative, ...]:
    """Those of the strip's unit and education: what the board would show, closed ones too."""
    choice = board_filter.of_strip(selection)
    return tuple(initiative for initiative in figures.initiatives(today()) if choice.matches(initiative))


def counted_in(unit: Option) -> str:
    """How many open initiatives reach the unit: "2 åbne indsatser"."""
    reach = Choice(unit=unit)
    count = sum(
        initiative.status.is_open and reach.matches(initiative) for initiative in figures.initiatives(today())
    )
    return "1 åben indsats" if count == 1 else f"{number(count) if count else 'ingen'} åbne indsatser"


def late(initiatives: Sequence[Initiative]) -> tuple[Initiative, ...]:
    """Those that are behind."""
    return tuple(initiative for initiative in initiatives if initiative.status is InitiativeStatus.LATE)


def leads_to_late() -> dict[str, str]:
    """The board with nothing but what is behind."""
    status = f"status-{InitiativeStatus.LATE.name.lower()}"
    return {
        **board_filter.EVERYTHING,
        board_filter.STATUS: status,
        addresses.OPENED: ALL,
        addresses.TAB: addresses.BOARD,
    }


def about_question(selection: Selection, question: Option, everything: Sequence[Initiative]) -> None:
    """The open initiatives about a question with a way to each, and a way to begin one."""
    wanted = selection.survey.key, question.key
    initiatives = [
        initiative
        for initiative in everything
        if initiative.status.is_open
        and wanted in {(linked.survey, linked.question) for linked in initiative.questions}
    ]
    with st.container(horizontal=True, vertical_alignment="center", key=f"indsatser om {question.key}"):
        if not initiatives:
            st.caption(NOBODY, width="content")
        for initiative in initiatives:
            _to(
                initiative,
                f"om {question.key} {initiative.id}",
                f"Indsats: {markup.titled(initiative, selection.unit)}",
            )
        _begin(question.key, f"opret om {question.key}")


def about_selected_question(selection: Selection) -> None:
    """What is done about the question that Resultater is about, for those who may read it."""
    if not figures.may(Right.READ_PARTNERSHIPS):
        return
    with st.container(key="indsatser om spørgsmålet"):
        st.header("Indsatser om spørgsmålet", anchor=False)
        st.caption(literal(selection.question.name))
        about_question(selection, selection.question, of_selection(selection))


def in_unit(selection: Selection) -> None:
    """What is done about it in the unit: the open ones, each with status and the age of its last news."""
    if not figures.may(Right.READ_PARTNERSHIPS):
        return
    initiatives = [initiative for initiative in of_selection(selection) if initiative.status.is_open]
    with st.container(key="enhedens indsatser"):
        st.header("Indsatser", anchor=False)
        markup.style()
        st.html(markup.on_paper(initiatives)) if initiatives else st.markdown("Ingen åbne indsatser.")
        with st.container(key="enhedens liste"):
            for initiative in initiatives:
                with st.container(gap=None):
                    _to(initiative, f"enhedens {initiative.id}", initiative.title)
                    st.html(markup.brief(initiative, selection.unit))
        _begin(addresses.NO_QUESTION.key, "opret for enheden")


@commands.needs(Right.START_INITIATIVES)
def _begin(question: str, key: str) -> None:
    """The way to the form of a new one."""
    keys = {addresses.OPENED: addresses.NEW.key, addresses.TAB: addresses.BOARD, addresses.ABOUT: question}
    filter_bar.link("Opret indsats", places.INITIATIVES, key, **keys)


def _to(initiative: Initiative, key: str, label: str) -> None:
    keys = {
        addresses.OPENED: str(initiative.id),
        addresses.TAB: addresses.BOARD,
        addresses.CARD_PART: addresses.CARD,
    }
    filter_bar.link(label, places.INITIATIVES, f"indsats {key}", **keys)
