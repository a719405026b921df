"""The linked questions of an initiative as small trends. A development is not an effect."""

from html import escape
from itertools import pairwise
from urllib.parse import parse_qsl

import streamlit as st

from data_access.partnerships.lists.measurements import QuestionTrend, trends
from indicators.danish import percent
from indicators.partnership.board import Initiative, LinkedQuestion
from indicators.partnership.criterion import Direction, Measurement
from indicators.selection import ALL
from views.foundation import controls, drawings, filter_bar, places, theme
from views.foundation.session import query

TITLE = "Udvikling i det knyttede spørgsmål"
CAUTION = (
    "Tallene viser, hvordan svarene har udviklet sig, ikke hvad indsatsen har betydet: "
    "meget andet ændrer sig samtidig. I parentes og som lys streg: hvor sikkert tallet er "
    "(95 %-interval)."
)
WIDTH, HEIGHT, EDGE = 180, 84, 6
MEANT = {Direction.UP: "andelen skal op", Direction.DOWN: "andelen skal ned"}
LEADS = (
    controls.SURVEY,
    controls.YEAR,
    controls.EDUCATION,
    controls.UNIT,
    controls.COMPARISON,
    controls.THEME,
    controls.QUESTION,
    controls.TAB,
)


def draw(initiative: Initiative) -> None:
    """One small line a question, its numbers in words, and the way back to the view."""
    if not initiative.questions:
        return
    st.subheader(TITLE, anchor=False)
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


def leads_to(linked: LinkedQuestion) -> dict[str, str]:
    """The filters of the view it was found on, or else of the question's development in its group."""
    own = {
        controls.SURVEY: linked.survey,
        controls.EDUCATION: linked.education,
        controls.UNIT: linked.unit,
        controls.THEME: ALL,
        controls.QUESTION: linked.question,
        controls.TAB: places.TREND,
    }
    known = {key: value for key, value in parse_qsl(linked.view) if key in LEADS}
    return own | known


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
    return drawings.picture(drawings.svg(WIDTH, HEIGHT, "".join(shapes)))


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
