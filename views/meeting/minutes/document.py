"""The minutes as a Word document: what the secretariat goes on writing in."""

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document as Word

from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import Decision, Item, Meeting
from indicators.danish import day
from indicators.partnership.meeting import SINCE_LAST, MeetingStatus
from views.documents.files import word
from views.foundation import frozen_figure
from views.foundation.figures import query, today
from views.meeting import items, since_last
from views.meeting.items import Numbered
from views.partnership import markup


def minutes_document(meeting: Meeting) -> bytes:
    """The meeting, its agenda, each item with what came of it, and the figures in an appendix."""
    agenda = query(meetings.agenda, today(), meeting.id)
    found = items.figures_of(agenda)
    document = word.new(f"Referat: {meeting.title}")
    _facts(document, meeting)
    word.heading(document, "Dagsorden", 1)
    for item in agenda:
        word.line(document, f"{item.title} ({item.kind.value.lower()})", word.NUMBERED)
    for place, item in enumerate(agenda, start=1):
        word.heading(document, f"{place}. {item.title}", 1)
        _item(document, item, meeting)
        for appendix, numbered in enumerate(found, start=1):
            if numbered.place == place:
                word.labelled(document, numbered.called, f"{numbered.figure['title']} (bilag {appendix})")
    _appendix(document, found)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _facts(document: Word, meeting: Meeting) -> None:
    clock = f"{meeting.starts_at}-{meeting.ends_at}".strip("-")
    facts = {
        "Partnerskab": meeting.partnership.name,
        "Organ": meeting.body.name if meeting.body else "",
        "Dato": day(meeting.held_on),
        "Tid": f"kl. {clock}" if clock else "",
        "Sted": meeting.place,
        "Vært": meeting.host.name if meeting.host else "",
        "Referat": "" if meeting.status is MeetingStatus.CLOSED else f"Udkast af {day(today())}",
    }
    for label, text in facts.items():
        if text:
            word.labelled(document, label, text)


def _item(document: Word, item: Item, meeting: Meeting) -> None:
    word.labelled(document, "Type", item.kind.value)
    for about, ref in (("Indsats", item.initiative), ("Aftale", item.agreement)):
        if ref:
            word.labelled(document, about, ref.name)
    if item.summary:
        word.line(document, item.summary)
    if item.page == SINCE_LAST:
        _decisions(document, since_last.open_decisions(meeting))
    _said(document, item)


def _said(document: Word, item: Item) -> None:
    if item.points:
        word.heading(document, "Orientering", 2)
        for point in item.points:
            word.line(document, point.text, word.BULLETS)
    if item.decisions:
        word.heading(document, "Beslutninger", 2)
        _decisions(document, item.decisions)


def _decisions(document: Word, found: Sequence[Decision]) -> None:
    if not found:
        word.line(document, since_last.NOTHING)
        return
    rows = [(one.text, markup.responsible(one), _due(one)) for one in found]
    word.table(document, ("Beslutning", "Ansvarlig", "Følges op"), rows)


def _due(decision: Decision) -> str:
    if decision.done_on:
        return f"Fulgt op {day(decision.done_on)}{f': {decision.outcome}' if decision.outcome else ''}"
    return day(decision.due) if decision.due else ""


def _appendix(document: Word, found: Sequence[Numbered]) -> None:
    """The figures lying down, for they are wide."""
    if found:
        word.lie_down(document)
    for appendix, numbered in enumerate(found, start=1):
        figure = numbered.figure
        word.heading(document, f"Bilag {appendix}. {figure['title']}", 1)
        word.line(document, f"{numbered.called} under punkt {numbered.place}. {frozen_figure.source(figure)}")
        word.table(document, [str(one) for one in figure["columns"]], frozen_figure.words(figure), points=8)
