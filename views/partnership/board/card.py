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

SHOWN, EDITED, LOG = Option("kort", "Kort"), Option("ret", "Ret"), Option("aendringer", "Ændringer")


def draw(initiative_id: int, who: str, selection: Selection) -> None:
    """One initiative, its form, or the log of its changes."""
    found = query(initiative_card.initiative_card, today(), initiative_id)
    one = found.initiative
    st.title(literal(one.title), anchor=False)
    st.html(markup.state(one))
    if found.is_deleted:
        records.restore(Desk(INITIATIVE, who), initiative_id)
        return
    parts = (SHOWN, EDITED, LOG) if commands.may_write() else (SHOWN, LOG)
    part = filter_bar.pick("Kortets del", "kort", parts)
    if part != EDITED:
        commands.let_go_of_everything()
    if part == SHOWN:
        _whole(found, who)
    elif part == EDITED:
        initiative_forms.edit(found, who, selection)
    else:
        records.draw_changes(found.changes, who)


def _whole(found: InitiativeCard, who: str) -> None:
    _leads_on(found)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _purpose(found)
        _milestones(found)
        st.subheader("Statusopdateringer", anchor=False)
        initiative_actions.update(found, who)
        _updates(found)
    with right:
        linked_questions.draw(found.initiative)
        _decisions(found, who)
        _effects(found)


def _leads_on(found: InitiativeCard) -> None:
    """To the initiative that this one goes on in, and back to those that go on in this."""
    others = [("Fortsætter i", found.superseded_by), *(("Har afløst", one) for one in found.absorbed)]
    for word, other in others:
        if other:
            filter_bar.link(
                f"{word}: {other.name}", "", f"{word} {other.id}", **{addresses.OPENED: str(other.id)}
            )


def _purpose(found: InitiativeCard) -> None:
    one = found.initiative
    if one.goal:
        st.subheader("Mål", anchor=False)
        st.html(markup.free(one.goal))
    if found.description:
        st.html(markup.free(found.description))
    facts = {
        "Fokusområder": ", ".join(area.name for area in one.focus_areas),
        "Aftale": found.agreement.name if found.agreement else "",
        "Forankret i": found.body.name if found.body else "",
        **_participants(found),
        "Uddannelser": ", ".join(education.name for education in one.educations) or "Alle",
        "Enheder": ", ".join(unit.name for unit in one.units),
        "Periode": _period(found),
        "Afsluttet": found.closing_note,
    }
    st.markdown("  \n".join(f"**{label}:** {literal(text)}" for label, text in facts.items() if text))


def _participants(found: InitiativeCard) -> dict[str, str]:
    words = {
        Participation.RESPONSIBLE: "Medansvarlige",
        Participation.TAKES_PART: "Deltagere",
        Participation.IS_INFORMED: "Orienteres",
    }
    return {
        word: ", ".join(one.party.name for one in found.initiative.participants if one.part is part)
        for part, word in words.items()
    }


def _period(found: InitiativeCard) -> str:
    one = found.initiative
    starts = f"fra {day(one.starts)}" if one.starts else ""
    ends = "løbende" if one.is_continuous else f"til {day(one.ends)}" if one.ends else ""
    return " ".join(part for part in (starts, ends) if part)


def _milestones(found: InitiativeCard) -> None:
    st.subheader("Milepæle", anchor=False)
    if not found.milestones:
        st.markdown("Ingen milepæle. Tilføj dem under «Ret».")
        return
    states = [_milestone_state(one) for one in found.milestones]
    columns = (
        tables.Column("Milepæl", [markup.escape(one.title) for one in found.milestones]),
        tables.Column("Frist", [day(one.due) for one in found.milestones]),
        tables.Column("Tilstand", states),
    )
    st.html(tables.table(columns))


def _milestone_state(one: initiative_card.MilestoneLine) -> str:
    if one.done_on:
        return f"{markup.STATUS_MARKS[markup.InitiativeStatus.DONE]} Nået {day(one.done_on)}"
    late = markup.STATUS_MARKS[markup.InitiativeStatus.LATE]
    return f"{late} Over fristen" if one.is_late else "Ikke nået endnu"


def _updates(found: InitiativeCard) -> None:
    if not found.updates:
        st.markdown("Ingen statusopdateringer endnu.")
        return
    columns = (
        tables.Column("Dato", [day(one.written_on) for one in found.updates]),
        tables.Column("Opdatering", [f"{markup.free(one.text)}" for one in found.updates]),
        tables.Column("Skrevet af", [markup.escape(one.by) for one in found.updates]),
    )
    st.html(tables.table(columns))


def _decisions(found: InitiativeCard, who: str) -> None:
    st.subheader("Beslutninger", anchor=False)
    if not found.decisions:
        st.markdown("Ingen beslutninger om indsatsen endnu.")
    for one in found.decisions:
        st.html(f'<div class="indsats">{markup.free(one.text)}<small>{_about(one)}</small></div>')
        if one.figure:
            _as_shown(one)
        if one.is_open:
            initiative_actions.follow_up(one, who)
    initiative_actions.decide(found, who)


def _as_shown(one: Decision) -> None:
    """The figure that the decision was made by, as it was then."""
    with st.expander(f"Tal som vist den {day(one.decided_on)}"):
        st.markdown(f"**{literal(one.figure['title'])}**")
        st.html(frozen_table.table(one.figure))
        st.caption(literal(frozen_figure.source(one.figure)))


def _about(one: Decision) -> str:
    where = f" på {one.meeting.name}" if one.meeting else ""
    parts = [f"Besluttet {day(one.decided_on)}{where}"]
    parts += [f"ansvarlig: {one.responsible.name}"] if one.responsible else []
    if one.done_on:
        parts.append(f"fulgt op {day(one.done_on)}{': ' + one.outcome if one.outcome else ''}")
    elif one.due:
        parts.append(f"{'over fristen, ' if one.is_overdue else ''}følges op {day(one.due)}")
    return markup.escape(" · ".join(parts))


def _effects(found: InitiativeCard) -> None:
    if found.effects:
        st.subheader(markup.EFFECTS_TITLE, anchor=False)
        markup.draw_effects(found.effects)
