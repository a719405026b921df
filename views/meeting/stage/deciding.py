"""A decision on the spot: typed beside the figure, kept meanwhile, saved with the figure as it was."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from sqlmodel import Session

from data_access.dashboard import store
from data_access.partnerships.lists import showing
from data_access.partnerships.lists.meetings import Decision, Item, Meeting, decisions_under
from data_access.partnerships.records import initiative_commands
from data_access.partnerships.records.form_options import form_options
from data_access.partnerships.records.kinds import DECISION, INITIATIVE, PARTY
from data_access.partnerships.records.records import filled
from indicators.danish import day
from indicators.partnership.meeting import MeetingStatus
from indicators.rights import Right
from views.foundation import filter_bar, frozen_figure, problems, visitor
from views.foundation.controls import with_number
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership.records import commands
from views.partnership.records.forms import DAY
from views.subjects.wall import Wall

SAVED = "beslutning gemt"
LOCKED = (
    "Mødet er afsluttet, så dagsorden og beslutninger er låst. Genåbn det under «Referat» for at tilføje "
    "en beslutning."
)
RESTORED = "Det, du var i gang med at skrive, er hentet frem igen."
NEW = "Vælg, eller skriv en ny"


@commands.needs(Right.HOLD_MEETINGS)
@problems.dialog("Registrér beslutning", width="medium")
def decide(meeting: Meeting, item: Item, wall: Wall) -> None:
    """Opens the dialog, with what somebody may have begun to write."""
    if meeting.status is MeetingStatus.CLOSED:
        st.info(LOCKED)
        return
    # views/chrome/stage.js keeps what is typed here in the browser, letter by letter.
    with st.container(key=f"kladde-{item.id}"):
        st.html(f'<p class="kladde-hentet" role="status" hidden>{RESTORED}</p>')
        draft = query(showing.draft, item.id)
        typed = _fields(meeting, item, draft)
        who = commands.writer(Right.HOLD_MEETINGS, partnership=meeting.partnership.id)
    if st.button("Gem beslutning", type="primary", key="gem-beslutning"):
        filter_bar.held(SAVED, lambda: item.id)  # the page that comes next tells the browser
        commands.run("Beslutningen er gemt", who, _save, meeting, item, {**typed, "figure": as_shown(wall)})
        filter_bar.let_go(SAVED)  # it was refused, and what was typed stays
    elif typed != draft and (draft or any(typed.values())):
        _keep(item, typed)


def _fields(meeting: Meeting, item: Item, draft: Mapping) -> dict:
    """What was decided, about what, who follows it up, and when; as it can be kept."""
    key, given = f"beslutning under {item.id}", query(form_options, meeting.partnership.id)
    begun = draft.get("text", "")
    text = st.text_area("Hvad blev besluttet?", begun, max_chars=4000, height=120, key=f"{key} tekst")
    about = draft.get("initiative", item.initiative and item.initiative.id)
    due = draft.get("due")
    return {
        "text": text,
        "initiative": _one("Indsats", given.of(INITIATIVE.name), about, f"{key} indsats", NEW),
        "responsible": _one("Ansvarlig", given.of(PARTY.name), draft.get("responsible"), f"{key} ansvarlig"),
        "due": _day("Følges op den", due and date.fromisoformat(due), f"{key} frist"),
    }


def _one(
    label: str, known: Mapping[int, str], begun: int | str | None, key: str, new: str = ""
) -> int | str | None:
    """One of them by its number, or where it may be `new` another by the name that is typed."""
    names = list(known.values())
    called = {
        number: with_number(name, number) if names.count(name) > 1 else name for number, name in known.items()
    }
    offered = [*known, begun] if new and begun and isinstance(begun, str) else [*known]
    return st.selectbox(
        label,
        offered,
        index=offered.index(begun) if begun in offered else None,  # it may have been deleted meanwhile
        format_func=lambda one: called.get(one, one),
        accept_new_options=bool(new),
        placeholder=new or "Vælg part",
        filter_mode="fuzzy",
        key=key,
    )


def _day(label: str, begun: date | None, key: str) -> str | None:
    chosen = st.date_input(label, begun, format=DAY, key=key)
    return chosen and chosen.isoformat()


def _keep(item: Item, typed: dict) -> None:
    with store.writing(visitor.credential()) as session:
        showing.keep_draft(session, item.id, typed)


def _save(session: Session, who: str, meeting: Meeting, item: Item, typed: Mapping) -> None:
    """The decision with its item and figure, in one transaction with the initiative it may bring about."""
    about = typed["initiative"]
    is_new = isinstance(about, str)
    values = {
        "partnership_id": meeting.partnership.id,
        "agenda_item_id": item.id,
        "initiative_id": None if is_new else about,
        "text": typed["text"],
        "responsible_id": typed["responsible"],
        "decided_on": today(),
        "due": typed["due"],
        "figure": typed["figure"],
    }
    new = {name: values[name] for name in ("partnership_id", "responsible_id")}
    begun = filled(INITIATIVE, {**new, "title": about}) if is_new else None
    initiative_commands.decide(session, who, filled(DECISION, values), begun)
    showing.drop_draft(session, item.id)


def as_shown(wall: Wall) -> dict | None:
    """The figure that is on the wall; None where there is none."""
    if wall.report is None or wall.frame is None:
        return None
    return frozen_figure.freeze(wall.report, wall.frame, wall.sentence)


def under_now(item_id: int) -> None:
    """The same, asked for anew: whoever follows sees a decision as soon as it is made."""
    under(item_id, query(decisions_under, today(), [item_id]))


def under(item_id: int, decisions: Sequence[Decision]) -> None:
    """What has been decided under the item, the last one in words."""
    if filter_bar.held(SAVED, lambda: None) == item_id:
        st.container(key=f"kladde-gemt-{item_id}").html("<i hidden></i>")  # views/chrome/stage.js sees it
    filter_bar.let_go(SAVED)
    if not decisions:
        return
    last = decisions[-1]
    about = [f"indsats: {last.initiative.name}"] if last.initiative else []
    about += [f"ansvarlig: {last.responsible.name}"] if last.responsible else []
    about += [f"følges op {day(last.due)}"] if last.due else []
    many = f" ({len(decisions)} beslutninger)" if len(decisions) > 1 else ""
    more = f" · {' · '.join(about)}" if about else ""
    with st.container(key="besluttet"):
        st.markdown(f":material/gavel: **Besluttet{many}:** {literal(last.text + more)}")
