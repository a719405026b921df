"""A meeting as slides: what its items show on the wall, for those who cannot show the wall itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from data_access.partnerships.lists import meetings
from data_access.partnerships.lists.meetings import Item, Meeting
from indicators.danish import number
from views.documents.files import slides
from views.documents.files.slides import Slide
from views.documents.pictures import html_parts
from views.documents.pictures.html_parts import HtmlParts
from views.documents.sections import Picture, Section
from views.foundation import frozen_figure, vega
from views.foundation.figures import query, today
from views.foundation.frozen_figure import Figure
from views.meeting import items, markup
from views.meeting.stage import deciding, of_item
from views.subjects.wall import Wall

AGENDA, NO_ITEMS = "Dagsorden", "Mødet har ingen punkter endnu."
KEPT = "Tal som vist på mødet"
DETAILS = ("Tema", "Nedre grænse", "Øvre grænse", "Ved ikke", "Forventet", "Færrest svar", "Flest svar")
"""Columns that a table on a slide has no room for; the first one says what a row is about and stays."""


def meeting_slides(meeting: Meeting) -> bytes:
    """The meeting, its agenda, and each item as the wall shows it, with what was decided."""
    agenda = query(meetings.agenda, today(), meeting.id)
    listed = []
    for place, item in enumerate(agenda, start=1):
        minutes = f", {number(item.minutes_planned)} minutter" if item.minutes_planned else ""
        listed.append(f"{place}. {item.title} ({item.kind.value.lower()}{minutes})")
    told = [Slide(AGENDA, _section(AGENDA, meeting.title), tuple(listed) or (NO_ITEMS,))]
    for place, item in enumerate(agenda, start=1):
        told += _item(place, item, meeting)
    return slides.presentation(told, meeting.title, markup.facts(meeting))


def _item(place: int, item: Item, meeting: Meeting) -> Iterator[Slide]:
    """Its figures, those that were kept where there are any to show, and what was decided."""
    wall = of_item.wall(item, meeting, item.view)
    kept = _kept(item, wall)
    told = [_of_kept(figure) for figure in kept]
    if not any(map(frozen_figure.is_shown, kept)):
        told.append(_of_wall(wall))
    decided = tuple(f"Besluttet: {made.text} ({of_item.due(made)})" for made in item.decisions)
    about = f"Punkt {place}: {item.title}"
    *others, last = (_under(slide, about) for slide in told)
    last = replace(last, notes=_notes(item, decided))
    yield from others
    if last.is_empty:
        yield replace(last, words=decided)
    elif slides.fits_below(decided):
        yield replace(last, below=(*last.below, *decided))
    else:
        yield last
        yield Slide(f"Besluttet: {item.title}", _section(item.title, about), decided)


def _under(slide: Slide, about: str) -> Slide:
    """With the item of the agenda before what it is about, unless that is the headline."""
    place, _, title = about.partition(": ")
    said = place if title == " ".join(slide.headline.split()) else about
    about = " · ".join(part for part in (said, slide.section.about) if part)
    return replace(slide, section=replace(slide.section, about=about))


def _notes(item: Item, decided: Sequence[str]) -> str:
    """For whoever presents: what to say, what there was to be informed of, and what was decided."""
    points = [f"Orientering: {point.text}" for point in item.points]
    return "\n".join(part for part in (item.talking_points, item.summary, *points, *decided) if part)


def _kept(item: Item, wall: Wall) -> list[Figure]:
    """Each figure that was kept, once; none where the wall still shows the same numbers."""
    kept = items.kept_figures(item)
    now = items.current_figure(item), deciding.as_shown(wall)
    if all(one in now for one in kept):
        return []
    return list({(one["title"], one.get("selection"), one.get("release")): one for one in kept}.values())


def _of_kept(figure: Figure) -> Slide:
    frame = pd.DataFrame(frozen_figure.words(figure), columns=figure["columns"])
    few = frame.drop(columns=[heading for heading in DETAILS if heading in frame.columns[1:]])
    section = replace(_section(figure["title"], KEPT), table=lambda: few)
    return Slide(figure["title"], section, below=(f"Kilde: {frozen_figure.source(figure)}",))


def _of_wall(wall: Wall) -> Slide:
    """Its picture; what is agreed has none, but a table or words."""
    found, report = html_parts.read(wall.html), wall.report
    about = report.selection.describe() if report else wall.about
    pictures: tuple[Picture, ...] = ()
    if wall.chart is not None:
        pictures = (Picture(lambda _: vega.with_rows(wall.chart), report),)
    elif report and (found.tables or found.pictures):
        pictures = (Picture(lambda _: wall.html, report, is_html=True),)
    section = Section("", wall.sentence, about, lambda: _table(found), report, pictures, legend=wall.legend)
    said = (wall.about if report else "", wall.left_out)
    below = " ".join(part for part in said if part)
    words = () if section.pictures else tuple(found.words)
    return Slide(wall.sentence, section, words, (below,) if below else ())


def _table(found: HtmlParts) -> pd.DataFrame:
    if not found.tables:
        return pd.DataFrame()
    (table, *_) = found.tables
    return pd.DataFrame(
        [[cell.text for cell in row] for row in table.rows],
        columns=[heading.text for heading in table.headings],
    )


def _section(title: str, about: str) -> Section:
    return Section("", title, about, pd.DataFrame)
