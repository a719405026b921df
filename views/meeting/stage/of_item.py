"""What an item of an agenda puts on the wall: a figure, or what the partners have agreed."""

from collections.abc import Iterable, Sequence
from html import escape

from data_access.partnerships.lists import agreements
from data_access.partnerships.lists.agreements import Agreement
from data_access.partnerships.lists.initiatives import InitiativeCard, initiative_card
from data_access.partnerships.lists.meetings import Decision, Item, Meeting
from data_access.problems import Problem
from indicators.danish import day, number
from indicators.partnership.board import counted
from indicators.partnership.meeting import SINCE_LAST
from indicators.selection import Selection
from views.foundation import figures, tables
from views.foundation.figures import query, today
from views.meeting.items import SavedView, is_view, saved_view
from views.meeting.since_last import open_decisions
from views.partnership import markup
from views.partnership.agreements.partnership_page import notice
from views.partnership.board import board_filter, linked_initiatives
from views.subjects.wall import MOST_ROWS, Wall

MOST_LINES, MOST_SIGNS = 4, 160
"""Of what stands beside each other there is room for so many lines, and so many signs in each."""


def view_of(item: Item, query: str) -> SavedView | None:
    """The view of the dashboard that it points at; None where it points at something else, or at nothing."""
    if not is_view(item):
        return None
    return figures.kept(("view", item.page, query), lambda: saved_view(item.page, query))


def wall(item: Item, meeting: Meeting, query: str) -> Wall:
    """The picture; an item whose subject is gone says so, and the meeting goes on."""
    try:
        return _wall(item, meeting, query)
    except Problem as problem:
        return Wall(item.title, html=_large(str(problem)))


def _wall(item: Item, meeting: Meeting, query: str) -> Wall:
    if item.page == SINCE_LAST:
        return _since_last(meeting)
    if item.initiative:
        return _initiative(item.initiative.id)
    if item.agreement:
        return _agreement(item.agreement.id, meeting)
    view = view_of(item, query)
    if view is None:
        return _words(item)
    if view.view is None:
        return _board(view.selection)
    return figures.kept(("wall", item.page, query), view.view.wall)


def fetch_ahead(item: Item, meeting: Meeting) -> None:
    """Has the picture of an item of figures ready in the cache before it is asked for."""
    if is_view(item):
        wall(item, meeting, item.view)


def _initiative(initiative_id: int) -> Wall:
    """Goal, status, milestones and the decisions that nobody has followed up."""
    found = query(initiative_card, today(), initiative_id)
    one = found.initiative
    if found.is_deleted:
        return Wall(one.title, html=_large("Indsatsen er slettet. Ret punktet i dagsordenen."))
    still_open = [made for made in found.decisions if made.is_open]
    decisions = [f"{escape(_short(made.text))} <small>{escape(due(made))}</small>" for made in still_open]
    parts = (
        f'<p class="maal">{escape(_short(one.goal, 240))}</p>' if one.goal else "",
        f'<div class="indsats">{markup.standing(one)}<small>{escape(one.assessment.because)}</small></div>',
        '<div class="side-om-side">',
        _part("Milepæle", _milestones(found), "Ingen milepæle."),
        _part("Åbne beslutninger", decisions, "Ingen åbne beslutninger."),
        "</div>",
    )
    who = markup.responsible(one) or "Ingen ansvarlig"
    return Wall(one.title, about=f"Indsats · {who} · {one.partnership.name}", html="".join(parts))


def _milestones(found: InitiativeCard) -> Iterable[str]:
    """Those ahead first: a meeting has most to say about them."""
    ahead = sorted(found.milestones, key=lambda one: (one.done_on is not None, one.due))
    for one in ahead:
        if one.done_on:
            state = f"{markup.STATUS_MARKS[markup.InitiativeStatus.DONE]} nået {day(one.done_on)}"
        elif one.is_late:
            state = f"{markup.STATUS_MARKS[markup.InitiativeStatus.LATE]} over fristen {day(one.due)}"
        else:
            state = f"frist {day(one.due)}"
        yield f"{escape(_short(one.title))} <small>{state}</small>"


def due(decision: Decision) -> str:
    """Who follows it up, and by when."""
    parts = (
        [decision.responsible.name]
        if decision.responsible
        else [decision.responsible_role or "ingen ansvarlig"]
    )
    if decision.due:
        parts.append(f"{'over fristen, ' if decision.is_overdue else ''}følges op {day(decision.due)}")
    return " · ".join(parts)


def _agreement(agreement_id: int, meeting: Meeting) -> Wall:
    """Parties, period, deadline and focus areas."""
    known = {one.id: one for one in query(agreements.agreements, today(), meeting.partnership.id)}
    found = known.get(agreement_id)
    if found is None:
        return Wall("Aftalen findes ikke længere", html=_large("Ret punktet i dagsordenen."))
    areas = query(agreements.focus_areas, meeting.partnership.id)
    names = [escape(area.name) for area in areas if area.agreement is None or area.agreement.id == found.id]
    parts = (
        '<div class="side-om-side">',
        _part("Aftalen", [f"{label}: <b>{escape(said)}</b>" for label, said in _facts(found)], ""),
        _part("Fokusområder", names, "Ingen fokusområder."),
        "</div>",
    )
    parties = ", ".join(party.name for party in found.parties)
    return Wall(f"{found.title}: {found.status.lower()}", about=_short(parties), html="".join(parts))


def _facts(agreement: Agreement) -> Iterable[tuple[str, str]]:
    yield "Periode", agreement.period.describe()
    yield "Opsigelse", notice(agreement)
    if agreement.meetings_a_year:
        yield "Møder om året", number(agreement.meetings_a_year)
    if agreement.renewed_by:
        yield "Fornyet af", agreement.renewed_by.name


def _since_last(meeting: Meeting) -> Wall:
    """The decisions that nobody has followed up, the overdue first."""
    found = [one for one in open_decisions(meeting) if one.is_open]
    if not found:
        return Wall("Alle beslutninger er fulgt op")
    late = sum(one.is_overdue for one in found)
    are = "beslutning er åben" if len(found) == 1 else "beslutninger er åbne"
    over = f", {number(late)} over fristen" if late else ""
    shown = found[: MOST_ROWS - 2]
    rest = f"{len(found) - len(shown)} mere står under Indsatser." if len(found) > len(shown) else ""
    return Wall(f"{number(len(found))} {are}{over}", html=_decisions(shown), left_out=rest)


def _decisions(shown: Sequence[Decision]) -> str:
    mark = markup.STATUS_MARKS[markup.InitiativeStatus.LATE]
    days = [f"{mark if one.is_overdue else ''}{day(one.due) if one.due else 'ingen frist'}" for one in shown]
    columns = (
        tables.Column("Beslutning", [escape(_short(one.text, 110)) for one in shown]),
        tables.Column("Ansvarlig", [escape(markup.responsible(one) or "Ingen") for one in shown]),
        tables.Column("Følges op", days),
    )
    return tables.table(columns)


def _board(selection: Selection) -> Wall:
    """The initiatives of the strip's unit and education as they stand, those behind first."""
    found = linked_initiatives.of_selection(selection)
    still_open = [one for one in found if one.status.is_open]
    shown = still_open[: MOST_ROWS - 1]
    columns = (
        tables.Column("Indsats", [escape(_short(one.title, 70)) for one in shown]),
        tables.Column("Status", [markup.status(one.status) for one in shown]),
        tables.Column("Næste frist", [day(one.next_deadline) if one.next_deadline else "" for one in shown]),
        tables.Column("Ansvarlig", [escape(markup.responsible(one) or "Ingen") for one in shown]),
    )
    more = len(still_open) - len(shown)
    rest = f"{more} åbne indsatser mere står på siden Indsatser." if more else ""
    about = board_filter.of_strip(selection).describe()
    return Wall(counted(found), about=about, html=tables.table(columns), left_out=rest)


def _words(item: Item) -> Wall:
    """An item without a figure: its title, and what there is to be informed of."""
    points = [escape(_short(point.text)) for point in item.points]
    return Wall(item.title, about=item.kind.value, html=_part("", points, "") if points else "")


def _part(heading: str, lines: Iterable[str], nothing: str) -> str:
    """A list under its heading, as long as there is room."""
    found = list(lines)
    shown = found[:MOST_LINES]
    more = f"<li>… og {len(found) - len(shown)} mere</li>" if len(found) > len(shown) else ""
    entries = "".join(f"<li>{line}</li>" for line in shown)
    listed = f"<ul>{entries}{more}</ul>" if found else f"<p>{nothing}</p>"
    return f"<section>{f'<h2>{heading}</h2>' if heading else ''}{listed}</section>"


def _large(text: str) -> str:
    return f'<p class="stor">{escape(text)}</p>'


def _short(text: str, most: int = MOST_SIGNS) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"
