"""The part «På skærmen» of the page Møde: one item fills the window, and keys lead through the agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from math import ceil

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data_access.partnerships.lists import meetings, showing
from data_access.partnerships.lists.meetings import Item, Meeting
from data_access.partnerships.lists.showing import Showing
from indicators.rights import Right
from indicators.selection import Option, Selection
from views.foundation import filter_bar, frozen_figure, problems, readings
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.meeting.items import SavedView
from views.meeting.stage import deciding, following, of_item, style, turning
from views.meeting.stage.following import BROWSES, FOLLOWS, PRESENTS
from views.meeting.stage.turning import Moment
from views.partnership import markup
from views.partnership.records import commands
from views.subjects.wall import Wall, fitted

SECONDS, SECONDS_FOR_FOLLOWERS = 10, 1
"""How often the clock is read, and how often another screen looks for what is shown."""

LONG, TITLE_LINES = 68, 1.5
"""A sentence of more signs takes a second line, and what that is of a line of text."""

SIGNS = 105
"""That a line of the text under the picture has room for."""

MOST_NUMBERS = 10
"""Beside each other; of more one is chosen in a box."""

NOT_BEGUN = " · ingen viser mødet endnu; siden følger selv med"
EMPTY = "Dagsordenen er tom. Tilføj punkter under «Dagsorden», så vises de her."


@dataclass(frozen=True)
class Scene:
    """What this screen shows: which item of the agenda, and in which role."""

    meeting: Meeting
    items: Sequence[Item]
    at: int
    role: Option
    showing: Showing | None

    @property
    def item(self) -> Item:
        """The item on the wall."""
        return self.items[self.at - 1]

    @property
    def next(self) -> Item | None:
        """The one after it."""
        return self.items[self.at] if self.at < len(self.items) else None

    @property
    def follows(self) -> bool:
        """Whether another screen decides what this one shows."""
        return self.role == FOLLOWS


def tab(_selection: Selection, meeting: Meeting) -> None:
    """The item that the address names; for those who follow, the one that is shown."""
    style.draw()
    markup.style()
    items = query(meetings.agenda, today(), meeting.id)
    if not items:
        st.title("Ingen punkter at vise", anchor=False)
        st.markdown(EMPTY)
        st.button("Til dagsordenen", key="afslut", shortcut="Esc", **turning.out())
        return
    with st.container(key="scene"):
        head, body, foot = (st.container(key=f"scenens-{part}") for part in ("hoved", "krop", "fod"))
        with foot, st.container(horizontal=True, vertical_alignment="center", key="scenens-valg"):
            switches, numbers = st.container(width="content"), st.container(width="content")
            scene = _scene(meeting, items, numbers)
            st.space("stretch")
            st.button("Fuld skærm", key="fuld-skaerm", icon=":material/fullscreen:")
            st.button("Afslut", key="afslut", shortcut="Esc", **turning.out())
        _draw(scene, head, body, switches)


def _scene(meeting: Meeting, items: Sequence[Item], numbers: DeltaGenerator) -> Scene:
    """The numbers of the items lead to any of them; whoever follows is taken along."""
    now, role = query(showing.showing, meeting.id), following.role()
    shown_now = following.number_of(now, items) if role == FOLLOWS else None
    if shown_now:
        filter_bar.choose("", **{turning.NUMBER: str(shown_now)})
    with numbers:
        choose = filter_bar.pick if len(items) <= MOST_NUMBERS else filter_bar.select
        chosen = choose("Punkt", turning.NUMBER, turning.numbers(items))
    return Scene(meeting, items, shown_now or int(chosen.key), role, now)


def _draw(scene: Scene, head: DeltaGenerator, body: DeltaGenerator, switches: DeltaGenerator) -> None:
    item, now = scene.item, turning.moment(scene.item)
    taken_along = scene.follows and scene.showing and scene.showing.item_id == item.id
    query = scene.showing.view if taken_along else now.view(item.view)
    view = of_item.view_of(item, query)
    wall = of_item.wall(item, scene.meeting, query)
    with head:
        decides = _head(scene)
    with body:
        _wall(wall, view, now, scene)
    with switches, st.container(horizontal=True, gap="small"):
        _switch("Tabel", "T", now, "table", wall.frame is None)
        _switch("Talepunkter", "N", now, "notes", not item.talking_points)
    if decides:
        deciding.decide(scene.meeting, item, wall)
    if scene.role == PRESENTS:
        following.tell(scene.meeting, item, query, scene.showing)
    if scene.next:
        of_item.fetch_ahead(scene.next, scene.meeting)


def _head(scene: Scene) -> bool:
    """The line over the sentence and the buttons beside it; says whether a decision is to be written."""
    with st.container(horizontal=True, vertical_alignment="center", key="scenens-linje"):
        every = SECONDS_FOR_FOLLOWERS if scene.follows else SECONDS
        with st.container(width="stretch"):
            problems.fragment(_line, run_every=every)(scene)
        last, aside = len(scene.items), {following.ROLE: BROWSES.key} if scene.follows else {}
        back, on = turning.to(max(1, scene.at - 1), **aside), turning.to(min(last, scene.at + 1), **aside)
        st.button("Forrige", key="forrige", shortcut="Left", disabled=scene.at == 1, **back)
        st.button("Næste", key="naeste", shortcut="Right", type="primary", disabled=scene.at == last, **on)
        decides = commands.may(Right.HOLD_MEETINGS, scene.meeting.partnership.id)
        return decides and st.button("Beslutning", key="beslutning", shortcut="B")


def _line(scene: Scene) -> None:
    """Read anew while nothing else happens: the clock, and for those who follow what is shown now."""
    now = query(showing.showing, scene.meeting.id)
    st.html(_where_and_when(scene, now))
    if scene.follows:
        following.keep_up(now, scene.showing)


def _where_and_when(scene: Scene, now: Showing | None) -> str:
    """E.g. "Punkt 2 af 4 · Status på praktik", and under it "Styregruppemøde · 4 af 15 min."."""
    said = NOT_BEGUN
    if now or not scene.follows:
        planned = sum(one.minutes_planned or 0 for one in scene.items)
        said = _time("punktet", now and now.item_since, scene.item.minutes_planned)
        said += _time("mødet", now and now.began_at, planned or None)
    return (
        f'<div class="hvor"><b>Punkt {scene.at} af {len(scene.items)} · {escape(scene.item.title)}</b>'
        f"<span>{escape(scene.meeting.title)}{said}</span></div>"
    )


def _time(what: str, since: datetime | None, planned: int | None) -> str:
    if since is None:
        return f" · {what}: {planned} min." if planned else ""
    gone = int((datetime.now(UTC) - since).total_seconds() // 60)
    if planned is None:
        return f" · {what}: {gone} min."
    late = ' class="over-tiden"' if gone > planned else ""
    over = f" ({gone - planned} over)" if late else ""
    return f" · <span{late}>{what}: {gone} af {planned} min.{over}</span>"


def _wall(wall: Wall, view: SavedView | None, now: Moment, scene: Scene) -> None:
    item = scene.item
    st.title(literal(wall.sentence), anchor=False)
    if view and view.view:
        turning.selection_line(view, now)
    for note in view.notes if view else ():
        st.warning(literal(note))
    with st.container(key="billede" if wall.html or wall.chart else "ord"):
        _about(wall)
        if now.table and wall.frame is not None:
            st.html(frozen_figure.table(deciding.as_shown(wall)))
        else:
            # Whoever follows has room for a decision before it is made, so that nothing moves when it is.
            _picture(wall, scene.follows or len(item.decisions) > 0)
        if wall.under:
            st.markdown(literal(wall.under))
    if now.notes:  # on request only: everybody in the room reads them too
        with st.container(key="talepunkter"):
            st.markdown(literal(item.talking_points) or "Der er ingen talepunkter til punktet.")
    if scene.follows:
        problems.fragment(deciding.under_now, run_every=SECONDS_FOR_FOLLOWERS)(item.id)
    else:
        deciding.under(item.id, item.decisions)


def _about(wall: Wall) -> None:
    origin = wall.report.origin if wall.report else None
    released = f"Udgivelse {origin.release}" if origin else ""
    sample = "Eksempeldata" if origin and origin.is_sample else ""
    if said := " · ".join(part for part in (wall.about, released, sample) if part):
        st.markdown(literal(said))


def _picture(wall: Wall, decided: bool) -> None:
    """What else there is to read takes its room from the chart, so that nobody has to scroll."""
    lines = ceil(len(wall.under) / SIGNS) + decided + TITLE_LINES * (len(wall.sentence) > LONG)
    if wall.html:
        st.html(wall.html)
    if wall.chart is None:
        return
    with st.container(key=f"tegning-{round(10 * wall.magnified)}"):
        says = readings.alt_text(wall.sentence, wall.report.selection)
        st.vega_lite_chart(fitted(wall, lines), width="stretch", theme=None, alt=says)


def _switch(label: str, key: str, now: Moment, what: str, disabled: bool) -> None:
    look = {"type": "primary" if getattr(now, what) else "secondary", "disabled": disabled}
    st.button(label, key=f"skift-{what}", shortcut=key, on_click=turning.switch, args=(now, what), **look)
