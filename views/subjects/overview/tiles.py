"""The numbers that the page is about, and where each of them leads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indicators.danish import percent, points, whole_percent
from indicators.figure import QuestionRow, State
from indicators.judgement import Change, Verdict
from indicators.overview import Overview, judgement_of, verdict_on
from indicators.partnership.board import Initiative
from indicators.profile import subject
from views.foundation import controls, places, readings
from views.partnership.board import linked_initiatives

RESPONSE = {places.VIEW_OF_GROUNDS: places.RESPONSE}


@dataclass(frozen=True)
class Tile:
    """A number with what it counts, and the view that a click on it opens."""

    label: str
    value: str
    more: str
    place: str
    keys: Mapping[str, str]


def tiles(report: Overview) -> Iterator[Tile]:
    """Response, and the questions that stand out from everyone else, or for all from the year before."""
    if report.response.state is State.SHOWN:
        yield Tile("Svarprocent", *_response(report), places.GROUNDS, RESPONSE)
    if report.is_judged:
        for verdict in (Verdict.ABOVE, Verdict.BELOW):
            of = readings.of_judged([verdict_on(row) for row in report.rows], "spørgsmål")
            found = report.clearly(verdict)
            by_mix = readings.of_counted(map(judgement_of, found))
            yield _questions(verdict.value, found, f"{of}{by_mix}", places.COMPARED)
    elif subject(report.selection) is None and report.changes:
        for change in (Change.RISEN, Change.FALLEN):
            label = f"{change.value} siden {report.earlier_year}"
            yield _questions(label, report.changed(change), f"{len(report.rows)} spørgsmål", places.TREND)


def _response(report: Overview) -> tuple[str, str]:
    """The rate, and how far it is from the year before's."""
    now, before = report.response.rate, report.earlier and report.earlier.rate
    if now is None:
        return "Ukendt", "antal inviterede"
    if before is None:
        return percent(now), ""
    moved = points(now - before) if whole_percent(now - before) else "uændret"
    return percent(now), f"{moved} siden {report.earlier_year}"


def _questions(label: str, found: Sequence[QuestionRow], of: str, tab: str) -> Tile:
    first = {controls.THEME: found[0].theme.id, controls.QUESTION: found[0].question.id} if found else {}
    return Tile(label, str(len(found)), f"af {of}", places.RESULTS, {**first, controls.TAB: tab})


def behind(initiatives: Sequence[Initiative]) -> Iterator[Tile]:
    """The initiatives that are behind, of those that are open."""
    open_ones = [initiative for initiative in initiatives if initiative.status.is_open]
    if open_ones:
        late = str(len(linked_initiatives.late(open_ones)))
        more = f"af {len(open_ones)} {'åben' if len(open_ones) == 1 else 'åbne'}"
        yield Tile("Indsatser bagud", late, more, places.INITIATIVES, linked_initiatives.leads_to_late())
