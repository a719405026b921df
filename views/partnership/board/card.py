"""The card of one initiative: what it is for, how it goes, what was decided and what has become of it."""

from html import escape
from itertools import pairwise
from urllib.parse import parse_qs

import streamlit as st

from data_access.partnerships.lists.initiatives import InitiativeCard, MilestoneLine, initiative_card
from data_access.partnerships.lists.measurements import QuestionTrend, trends
from data_access.partnerships.lists.meetings import Decision
from data_access.partnerships.records.kinds import DECISION, INITIATIVE, UPDATE
from indicators.danish import day, percent
from indicators.partnership.board import Initiative, LinkedQuestion
from indicators.partnership.criterion import Direction, Measurement
from indicators.partnership.initiative import Participation
from indicators.selection import ALL, Option, Selection
from views.foundation import controls, filter_bar, frozen_figure, marks, places, tables, theme
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import addresses, markup
from views.partnership.board import initiative_actions, initiative_forms
from views.partnership.records import commands, records
from views.partnership.records.records import Desk

SHOWN = Option(addresses.CARD, "Kort")
EDITED = Option("ret", "Ret")
LOG = Option("aendringer", "Ændringer")


def draw(initiative_id: int, who: str, selection: Selection) -> None:
    """One initiative, its form, or the log of its changes."""
    card = query(initiative_card, today(), initiative_id)
    initiative = card.initiative
    st.title(literal(initiative.title), anchor=False)
    st.html(markup.state(initiative))
    if card.is_deleted:
        records.restore(Desk(INITIATIVE, commands.changer(who, INITIATIVE, initiative_id)), initiative_id)
        return
    editor = commands.changer(who, INITIATIVE, initiative_id)
    parts = (SHOWN, EDITED, LOG) if editor is not None else (SHOWN, LOG)
    part = filter_bar.pick("Kortets del", addresses.CARD_PART, parts)
    if part != EDITED:
        commands.let_go_of_everything()
    if part == SHOWN:
        _whole(card, who)
    elif part == EDITED:
        initiative_forms.edit(card, editor, selection)
    else:
        records.draw_changes(card.changes, editor)


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
        initiative_actions.update(card, commands.creator(who, UPDATE, initiative_id=card.initiative.id))
        _updates(card)
    with right:
        _linked_questions(card.initiative)
        _decisions(card, who)
        if card.effects:
            st.subheader(markup.EFFECTS_TITLE, anchor=False)
            markup.draw_effects(card.effects)


def _purpose(card: InitiativeCard) -> None:
    one = card.initiative
    starts = f"fra {day(one.starts)}" if one.starts else ""
    ends = "løbende" if one.is_continuous else f"til {day(one.ends)}" if one.ends else ""
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
        "Periode": " ".join(filter(None, (starts, ends))),
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


def _milestone_state(milestone: MilestoneLine) -> str:
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
                st.html(frozen_figure.table(decision.figure))
                st.caption(literal(frozen_figure.source(decision.figure)))
        if decision.is_open:
            initiative_actions.follow_up(decision, commands.follower_up(who, decision.id))
    partnership = card.initiative.partnership.id
    initiative_actions.decide(card, commands.creator(who, DECISION, partnership_id=partnership))


def _about(decision: Decision) -> str:
    where = f" på {decision.meeting.name}" if decision.meeting else ""
    parts = [f"Besluttet {day(decision.decided_on)}{where}"]
    parts += [f"ansvarlig: {decision.responsible.name}"] if decision.responsible else []
    if decision.done_on:
        parts.append(f"fulgt op {day(decision.done_on)}{': ' + decision.outcome if decision.outcome else ''}")
    elif decision.due:
        parts.append(f"{'over fristen, ' if decision.is_overdue else ''}følges op {day(decision.due)}")
    return markup.escape(" · ".join(parts))


DEVELOPMENT = "Udvikling i det knyttede spørgsmål"
CAUTION = (
    "Tallene viser, hvordan svarene har udviklet sig, ikke hvad indsatsen har betydet: "
    "meget andet ændrer sig samtidig. I parentes og som lys streg: hvor sikkert tallet er "
    "(95 %-interval)."
)
WIDTH = 180
HEIGHT = 84
EDGE = 6
MEANT = {Direction.UP: "andelen skal op", Direction.DOWN: "andelen skal ned"}


def _linked_questions(initiative: Initiative) -> None:
    """One small line a question, its numbers in words, and the way back to the view."""
    if not initiative.questions:
        return
    st.subheader(DEVELOPMENT, anchor=False)
    st.caption(CAUTION)
    for number, one in enumerate(query(trends, initiative)):
        with st.container(gap=None, key=f"knyttet {number}"):
            about = " · ".join([one.group or "Alle enheder", MEANT[one.linked.direction]])
            st.html(
                f'<div class="indsats"><b>{escape(one.series.name)}</b><small>{escape(about)}</small>'
                f"{_spark(one)}<small>{escape(_in_words(one))}</small></div>"
            )
            filter_bar.link(
                "Se spørgsmålet på Resultater",
                places.RESULTS,
                f"til knyttet {number}",
                **leads_to(one.linked),
            )


def leads_to(linked: LinkedQuestion) -> dict[str, str | list[str]]:
    """The filters of the view it was found on, or else of the question's development in its group."""
    own = {
        controls.SURVEY: linked.survey,
        controls.EDUCATION: linked.education,
        controls.INSTITUTION: linked.institution,
        controls.UNIT: linked.unit,
        controls.THEME: ALL,
        controls.QUESTION: linked.question,
        controls.TAB: places.TREND,
    }
    kept = parse_qs(linked.view)
    leads = (*controls.OF_SELECTION, controls.THEME, controls.QUESTION, controls.TAB)
    found_on = {key: kept[key][-1] for key in leads if key in kept}
    return own | found_on | {controls.MORE_UNITS: kept.get(controls.MORE_UNITS, [])}


def _in_words(trend: QuestionTrend) -> str:
    """Every year in words: the drawing says no more than this."""
    if not trend.series.measurements:
        return "Der er ingen udgivne tal for spørgsmålet."
    years = ", ".join(_year(measured) for measured in trend.series.measurements)
    breaks = [str(series_break.year) for series_break in trend.series.breaks]
    return (
        f"{years}. Databrud i {', '.join(breaks)}: sammenlign ikke hen over det." if breaks else f"{years}."
    )


def _year(measurement: Measurement) -> str:
    if measurement.share is None:
        return f"{measurement.year}: {measurement.why_not.lower()}"
    within = f" ({measurement.interval})" if measurement.interval else ""
    return f"{measurement.year}: {percent(measurement.share)}{within}"


def _spark(trend: QuestionTrend) -> str:
    """Dots with their intervals, and a line between neighbouring years that can be compared; 0 to 100 %."""
    shown = [measured for measured in trend.series.measurements if measured.share is not None]
    if not shown:
        return ""
    breaks = {series_break.year for series_break in trend.series.breaks}
    shapes = [f'<path d="M0 {HEIGHT - EDGE}H{WIDTH}" stroke="{theme.GRID}"/>']
    shapes += [_interval(trend, measured) for measured in shown if measured.interval]
    for before, after in pairwise(shown):
        broken = any(before.year < year <= after.year for year in breaks)
        if after.year == before.year + 1 and not broken:
            (x1, y1), (x2, y2) = _place(trend, before), _place(trend, after)
            shapes.append(
                f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{theme.OWN}" stroke-width="2"/>'
            )
    for measured in shown:
        x, y = _place(trend, measured)
        shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{theme.OWN}"/>')
    return marks.picture(marks.svg(WIDTH, HEIGHT, "".join(shapes)))


def _interval(trend: QuestionTrend, measured: Measurement) -> str:
    """How sure the year's share is: a broad, pale upright line behind its dot."""
    x, _ = _place(trend, measured)
    path = f"M{x:.1f} {_height(measured.low):.1f}V{_height(measured.high):.1f}"
    return f'<path d="{path}" stroke="{theme.GOOD[2]}" stroke-width="6"/>'


def _place(trend: QuestionTrend, measured: Measurement) -> tuple[float, float]:
    years = [measurement.year for measurement in trend.series.measurements]
    along = (measured.year - years[0]) / max(years[-1] - years[0], 1)
    return EDGE + along * (WIDTH - 2 * EDGE), _height(measured.share)


def _height(share: float) -> float:
    return EDGE + (1 - share) * (HEIGHT - 2 * EDGE)
