"""What can be done with an initiative in one step."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st
from sqlmodel import Session

from data_access.partnerships.lists.initiatives import InitiativeCard, MilestoneLine
from data_access.partnerships.lists.meetings import Decision
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.form_options import FormOptions, form_options
from data_access.partnerships.records.kinds import DECISION, MILESTONE, Kind
from data_access.partnerships.records.records import Opened, filled, open_record
from indicators.partnership.board import Ref
from indicators.partnership.initiative import SET_BY_HAND
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership.records import commands, forms


@commands.writes
def update(card: InitiativeCard, who: str) -> None:
    """One line in the log. The key counts the lines, so that the next box is empty."""
    with st.form(f"opdatering {card.initiative.id} {len(card.updates)}", border=False):
        text = st.text_input("Hvad er der sket?", max_chars=4000, placeholder="Én linje er nok")
        if st.form_submit_button("Gem opdatering"):
            commands.run(
                "Opdateringen er gemt",
                who,
                initiative_commands.post_update,
                card.initiative.id,
                text,
                today(),
            )


@commands.writes
def decide(card: InitiativeCard, who: str) -> None:
    """A decision about the initiative, made today unless somebody says otherwise."""
    one = card.initiative
    party_names = {party.id: party.name for party in parties(card, query(form_options, one.partnership.id))}
    with (
        st.expander("Skriv en beslutning"),
        st.form(f"beslutning {one.id} {len(card.decisions)}", border=False),
    ):
        text = st.text_area("Hvad er besluttet?", max_chars=4000)
        responsible = st.selectbox(
            "Ansvarlig", party_names, format_func=party_names.get, index=None, placeholder="Vælg part"
        )
        decided_on = st.date_input("Besluttet den", today(), format=forms.DAY)
        due = st.date_input("Følges op den", None, format=forms.DAY)
        if st.form_submit_button("Gem beslutning"):
            values = {
                "partnership_id": one.partnership.id,
                "initiative_id": one.id,
                "text": text,
                "responsible_id": responsible,
                "decided_on": decided_on,
                "due": due,
            }
            commands.run("Beslutningen er gemt", who, create_record, DECISION, values)


def create_record(session: Session, who: str, kind: Kind, values: dict) -> Opened:
    """A new record with what was typed."""
    return editing.create(session, who, kind, filled(kind, values))


def parties(card: InitiativeCard, options: FormOptions) -> tuple[Ref, ...]:
    """Those of the initiative first, for they are most often the ones."""
    own = [card.initiative.responsible] if card.initiative.responsible else []
    return tuple(
        dict.fromkeys(
            [*own, *(participant.party for participant in card.initiative.participants), *options.parties]
        )
    )


@commands.writes
def follow_up(decision: Decision, who: str) -> None:
    """That a decision has been followed up, and what came of it."""
    with st.expander("Følg op"), st.form(f"opfølgning {decision.id}", border=False):
        outcome = st.text_input("Hvad kom der ud af det?", max_chars=4000)
        if st.form_submit_button("Beslutningen er fulgt op"):
            values = {"done_on": today(), "outcome": outcome}
            commands.run(
                "Opfølgningen er gemt",
                who,
                _changed,
                SeenVersion(DECISION, decision.id, decision.version),
                values,
            )


@commands.writes
def milestones(card: InitiativeCard, who: str) -> None:
    """Reaching a milestone, and a new one."""
    one = card.initiative
    for milestone in card.milestones:
        if milestone.done_on is None:
            _reach(milestone, who)
    with st.form(f"milepæl {one.id} {len(card.milestones)}", border=False):
        title = st.text_input("Ny milepæl", max_chars=200)
        due = st.date_input("Frist", None, format=forms.DAY)
        if st.form_submit_button("Tilføj milepæl"):
            values = {"initiative_id": one.id, "title": title, "due": due}
            commands.run("Milepælen er tilføjet", who, create_record, MILESTONE, values)


@commands.writes
def _reach(milestone: MilestoneLine, who: str) -> None:
    if st.button(
        literal(f"Nået: {milestone.title}"),
        key=f"nået {milestone.id} {milestone.version}",
        icon=":material/check:",
    ):
        seen = SeenVersion(MILESTONE, milestone.id, milestone.version)
        commands.run("Milepælen er nået", who, _changed, seen, {"done_on": today()})


class SeenVersion(NamedTuple):
    """A record in the version that was on the screen."""

    kind: Kind
    id: int
    version: int


def _changed(session: Session, who: str, seen: SeenVersion, values: dict) -> None:
    now = open_record(session, seen.kind, seen.id)
    initiative_commands.with_values(
        session, who, Opened(seen.kind, seen.id, seen.version, now.form), **values
    )


@commands.writes
def status(base: Opened, who: str) -> None:
    """A status against the computed one, which needs a reason."""
    options = [None, *SET_BY_HAND]
    with st.form(f"status {base.id} {base.version}", border=False):
        chosen = st.selectbox(
            "Status",
            options,
            index=options.index(base.form.status),
            format_func=lambda one: one.value if one else "Beregnet af milepæle og datoer",
        )
        reason = st.text_input("Begrundelse", base.form.status_reason, max_chars=4000)
        if st.form_submit_button("Gem status"):
            commands.edit("Status er gemt", who, base, initiative_commands.set_status, chosen, reason)


@commands.writes
def closing(base: Opened, who: str) -> None:
    """Done, or not done after all."""
    if base.form.closed_on or base.form.superseded_by_id:
        if st.button("Genåbn indsatsen"):
            commands.edit("Indsatsen er åben igen", who, base, initiative_commands.reopen)
        return
    with st.form(f"afslut {base.id} {base.version}", border=False):
        closed_on = st.date_input("Afsluttet den", today(), format=forms.DAY)
        note = st.text_area("Hvad kom der ud af det?", max_chars=4000)
        if st.form_submit_button("Afslut indsatsen"):
            commands.edit("Indsatsen er afsluttet", who, base, initiative_commands.close, closed_on, note)


@commands.writes
def merging(base: Opened, who: str, others: Sequence[Ref]) -> None:
    """The initiative goes on in another, which its card then leads to."""
    initiative_names = {one.id: one.name for one in others if one.id != base.id}
    if not initiative_names:
        st.markdown("Der er ingen anden indsats i partnerskabet.")
        return
    st.markdown("Indsatsen lukkes og viser hen til den anden. Dens log, beslutninger og milepæle bevares.")
    with st.form(f"læg sammen {base.id} {base.version}", border=False):
        into = forms.one_of("Fortsætter i", initiative_names, None, f"fortsætter {base.id} {base.version}")
        if st.form_submit_button("Læg sammen"):
            commands.edit("Indsatserne er lagt sammen", who, base, initiative_commands.merge, into, today())
