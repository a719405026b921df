"""Small multiples: a part of the unit a panel, all on the same scale, as many in a row as there is room."""

from collections.abc import Iterator, Sequence
from html import escape

from indicators.danish import percent
from indicators.trend import Trend, TrendPoint, TrendSeries
from views.foundation import marks, theme

MOST = 12
WIDTH, HEIGHT = 280, 130
LEFT = 44
RIGHT = 48
ABOVE = 10
BELOW = 22
BEHIND = "#BDBDBD"
TEXT = f'font-family="{theme.FONT}, system-ui, sans-serif" font-size="12"'


def drawn(report: Trend, at_most: int = MOST) -> tuple[TrendSeries, ...]:
    """The parts there is a share of, in their order; of many those with most answers."""
    shown = [part for part in report.parts if part.shown]
    most = sorted(shown, key=lambda one: one.shown[-1].figure.n, reverse=True)[:at_most]
    return tuple(one for one in shown if one in most)


def panels(report: Trend, at_most: int = MOST) -> str:
    """HTML: each part's line in colour with the others behind it in grey."""
    series = drawn(report, at_most)
    behind = "".join(_line(report, curve, BEHIND, 1) for curve in series)
    parts = [
        f"<figure><figcaption>{escape(curve.about.name)}</figcaption>"
        f"{marks.picture(_panel(report, curve, behind), _says(curve))}</figure>"
        for curve in series
    ]
    return f'<div class="smaa-billeder">{"".join(parts)}</div>'


def _panel(report: Trend, series: TrendSeries, behind: str) -> str:
    parts = (
        *_frame(report),
        behind,
        *_breaks(report),
        _line(report, series, theme.OWN, 3),
        *(_dot(report, point) for point in series.shown),
        _latest(report, series.shown[-1]),
    )
    return marks.svg(WIDTH, HEIGHT, "".join(parts))


def _across(report: Trend, year: float) -> float:
    first, last = report.years[0], report.years[-1]
    return LEFT + (year - first) / max(last - first, 1) * (WIDTH - LEFT - RIGHT)


def _place(report: Trend, point: TrendPoint) -> tuple[float, float]:
    return _across(report, point.year), _height(point.figure.share)


def _height(share: float) -> float:
    return ABOVE + (1 - share) * (HEIGHT - ABOVE - BELOW)


def _line(report: Trend, series: TrendSeries, colour: str, width: int) -> str:
    path = "".join(_run(report, run) for run in report.runs(series))
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _run(report: Trend, run: Sequence[TrendPoint]) -> str:
    places = (_place(report, point) for point in run)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _dot(report: Trend, point: TrendPoint) -> str:
    """Open where few answered."""
    x, y = _place(report, point)
    fill = theme.OWN if point.limits else "#FFFFFF"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{theme.OWN}" stroke-width="2"/>'


def _frame(report: Trend) -> Iterator[str]:
    """Lines at 0, 50 and 100 % with their numbers, and the first and last year below."""
    for level in (0, 0.5, 1):
        y = _height(level)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="{theme.GRID}"/>'
        yield _word(percent(level), LEFT - 8, y + 4, "end")
    for year in (report.years[0], report.years[-1]):
        yield _word(str(year), _across(report, year), HEIGHT - 5, "middle")


def _breaks(report: Trend) -> Iterator[str]:
    for one in report.breaks:
        if report.years[0] < one.year <= report.years[-1]:
            x, bottom = _across(report, one.year - 0.5), HEIGHT - BELOW
            yield f'<path d="M{x:.1f} {ABOVE}V{bottom}" stroke="{theme.OTHERS}" stroke-dasharray="3 3"/>'


def _word(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text {TEXT} fill="{theme.INK}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>'


def _latest(report: Trend, point: TrendPoint) -> str:
    """The number in a white outline, for lines may pass behind it."""
    x, y = _place(report, point)
    outline = 'stroke="#FFFFFF" stroke-width="4" paint-order="stroke" font-weight="700"'
    words = percent(point.figure.share)
    return f'<text {TEXT} {outline} fill="{theme.OWN}" x="{x + 9:.1f}" y="{y + 4:.1f}">{words}</text>'


def _says(series: TrendSeries) -> str:
    return ", ".join(f"{point.year}: {percent(point.figure.share)}" for point in series.shown)
