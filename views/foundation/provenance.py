"""What the figures of a page are of, what they rest on, and who answered: as HTML, in one piece.

A browser spends a millisecond or two on each element of a page after every click, however small it is.
"""

from collections.abc import Iterator
from html import escape

from indicators.disclosure import persons_for_detail
from indicators.figure import State
from indicators.report import Report
from indicators.response import Badge, gap
from views.foundation import readings
from views.foundation.verdict_styles import BADGES

SAMPLE = "Eksempeldata: svarene er opdigtede"
BEWARE = BADGES[Badge.THIN].css_class


def source(report: Report) -> str:
    """The selection in words, and the release; on made-up answers, that they are."""
    sample = badge(SAMPLE, BEWARE) if report.origin.is_sample else ""
    return (
        f'<div class="grundlag"><p>{escape(report.selection.describe())}</p>'
        f"<p>{sample}<small>{escape(report.origin.describe())}</small></p></div>"
    )


def response(report: Report) -> str:
    """How many answered, what that can bear, and what more answers would give."""
    given, said = report.response, readings.answered(report.response)
    if given.state is not State.SHOWN:
        return f'<p class="grundlag">Besvarelser: {escape(said.lower())}</p>'
    grounds = badge(given.grounds, BADGES[given.badge].css_class) if given.badge else ""
    said = " ".join([f"<b>{escape(said)}.</b>", *map(escape, _beware(report))])
    return f'<p class="grundlag">{grounds}<span>{said}</span></p>'


def _beware(report: Report) -> Iterator[str]:
    given = report.response
    if missing := gap(given.answers, given.invited, persons_for_detail(report.origin.least_persons)):
        yield f"{readings.more_answers(missing)}."
    if given.skewed:
        yield readings.SKEWED


def badge(words: str, kind: str) -> str:
    """A few words in a coloured box; the colour says nothing that they do not."""
    return f'<span class="maerke {kind}">{escape(words)}</span>'
