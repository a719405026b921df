"""The card of one initiative: what it is for, how it goes, what was decided and what has become of it."""

import streamlit as st

from data_access.partnerships.lists import initiative_card
from data_access.partnerships.lists.decisions import Decision
from data_access.partnerships.lists.initiative_card import InitiativeCard
from data_access.partnerships.records.kinds import INITIATIVE
from indicators.danish import day
from indicators.partnership.initiative import Participation
from indicators.selection import Option, Selection
from views.foundation import filter_bar, frozen_figure, frozen_table, tables
from views.foundation.literal import literal
from views.foundation.session import query, today
from views.partnership import addresses, markup
from views.partnership.board import initiative_actions, initiative_forms, linked_questions
from views.partnership.records import commands, records
from views.partnership.records.records import Desk

SHOWN = Option(addresses.CARD, "Kort")
EDITED = Option("ret", "Ret")
LOG = Option("aendringer", "Ændringer")


def draw(initiative_id: int, who: str, selection: Selection) -> None:
    """One initiative, its form, or the log of its changes."""
    card = query(initiative_card.initiative_card, today(), initiative_id)
    initiative = card.initiative
    st.title(literal(initiative.title), anchor=False)
    st.html(markup.state(initiative))
    if card.is_deleted:
        records.restore(Desk(INITIATIVE, who), initiative_id)
        return
    parts = (SHOWN, EDITED, LOG) if commands.may_write() else (SHOWN, LOG)
    part = filter_bar.pick("Kortets del", addresses.CARD_PART, parts)
    if part != EDITED:
        commands.let_go_of_everything()
    if part == SHOWN:
        _whole(card, who)
    elif part == EDITED:
        initiative_forms.edit(card, who, selection)
    else:
        records.draw_changes(card.changes, who)


def _whole(card: InitiativeCard, who: str) -> None:
    # To the initiative that this one goes on in, and back to those that go on in this.
    others = [
        ("Fortsætter i", card.superseded_by),
        *(("Har afløst", initiative) for initiative in card.absorbed),
    ]
    for word, other in others:
        if other:
            filter_bar.link(
                f"{word}: {other.name}", "", f"{word} {other.id}", **{addresses.OPENED: str(other.id)}
            )
    left, right = st.columns([3, 2], gap="large")
    with left:
        _purpose(card)
        _milestones(card)
        st.subheader("Statusopdateringer", anchor=False)
        initiative_actions.update(card, who)
        _updates(card)
    with right:
        linked_questions.draw(card.initiative)
        _decisions(card, who)
        if card.effects:
            st.subheader(markup.EFFECTS_TITLE, anchor=False)
            markup.draw_effects(card.effects)


def _purpose(card: InitiativeCard) -> None:
    one = card.initiative
    if one.goal:
        st.subheader("Mål", anchor=False)
        st.html(markup.free(one.goal))
    if card.description:
        st.html(markup.free(card.description))
    facts = {
        "Fokusområder": ", ".join(area.name for area in one.focus_areas),
        "Aftale": card.agreement.name if card.agreement else "",
        "Forankret i": card.body.name if card.body else "",
        **_participants(card),
        "Uddannelser": ", ".join(education.name for education in one.educations) or "Alle",
        "Enheder": ", ".join(unit.name for unit in one.units),
        "Periode": _period(card),
        "Afsluttet": card.closing_note,
    }
    st.markdown("  \n".join(f"**{label}:** {literal(text)}" for label, text in facts.items() if text))


def _participants(card: InitiativeCard) -> dict[str, str]:
    words = {
        Participation.RESPONSIBLE: "Medansvarlige",
        Participation.TAKES_PART: "Deltagere",
        Participation.IS_INFORMED: "Orienteres",
    }
    return {
        word: ", ".join(
            participant.party.name for participant in card.initiative.participants if participant.part is part
        )
        for part, word in words.items()
    }


def _period(card: InitiativeCard) -> str:
    one = card.initiative
    starts = f"fra {day(one.starts)}" if one.starts else ""
    ends = "løbende" if one.is_continuous else f"til {day(one.ends)}" if one.ends else ""
    return " ".join(part for part in (starts, ends) if part)


def _milestones(card: InitiativeCard) -> None:
    st.subheader("Milepæle", anchor=False)
    if not card.milestones:
        st.markdown("Ingen milepæle. Tilføj dem under «Ret».")
        return
    states = [_milestone_state(milestone) for milestone in card.milestones]
    columns = (
        tables.Column("Milepæl", [markup.escape(milestone.title) for milestone in card.milestones]),
        tables.Column("Frist", [day(milestone.due) for milestone in card.milestones]),
        tables.Column("Tilstand", states),
    )
    st.html(tables.table(columns))


def _milestone_state(milestone: initiative_card.MilestoneLine) -> str:
    if milestone.done_on:
        return f"{markup.STATUS_MARKS[markup.InitiativeStatus.DONE]} Nået {day(milestone.done_on)}"
    late = markup.STATUS_MARKS[markup.InitiativeStatus.LATE]
    return f"{late} Over fristen" if milestone.is_late else "Ikke nået endnu"


def _updates(card: InitiativeCard) -> None:
    if not card.updates:
        st.markdown("Ingen statusopdateringer endnu.")
        return
    columns = (
        tables.Column("Dato", [day(update.written_on) for update in card.updates]),
        tables.Column("Opdatering", [f"{markup.free(update.text)}" for update in card.updates]),
        tables.Column("Skrevet af", [markup.escape(update.by) for update in card.updates]),
    )
    st.html(tables.table(columns))


def _decisions(card: InitiativeCard, who: str) -> None:
    st.subheader("Beslutninger", anchor=False)
    if not card.decisions:
        st.markdown("Ingen beslutninger om indsatsen endnu.")
    for decision in card.decisions:
        st.html(f'<div class="indsats">{markup.free(decision.text)}<small>{_about(decision)}</small></div>')
        if decision.figure:
            # The figure that the decision was made by, as it was then.
            with st.expander(f"Tal som vist den {day(decision.decided_on)}"):
                st.markdown(f"**{literal(decision.figure['title'])}**")
                st.html(frozen_table.table(decision.figure))
                st.caption(literal(frozen_figure.source(decision.figure)))
        if decision.is_open:
            initiative_actions.follow_up(decision, who)
    initiative_actions.decide(card, who)


def _about(decision: Decision) -> str:
    where = f" på {decision.meeting.name}" if decision.meeting else ""
    parts = [f"Besluttet {day(decision.decided_on)}{where}"]
    parts += [f"ansvarlig: {decision.responsible.name}"] if decision.responsible else []
    if decision.done_on:
        parts.append(f"fulgt op {day(decision.done_on)}{': ' + decision.outcome if decision.outcome else ''}")
    elif decision.due:
        parts.append(f"{'over fristen, ' if decision.is_overdue else ''}følges op {day(decision.due)}")
    return markup.escape(" · ".join(parts))
