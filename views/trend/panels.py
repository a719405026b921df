"""Small multiples: an education a panel, all on the same scale, as many in a row as there is room for."""

from collections.abc import Iterator
from html import escape

from indicators.danish import percent
from indicators.trend import Point, Series, Trend
from views import drawings, theme

WIDTH, HEIGHT = 280, 130
LEFT, RIGHT, ABOVE, BELOW = 44, 48, 10, 22
TEXT = 'font-family="sans-serif" font-size="12"'


def panels(report: Trend) -> str:
    """HTML: each education's line in colour with the others behind it in grey."""
    shown = report.series[1:]
    behind = "".join(_line(report, one, "#C8C8C8", 1) for one in shown)
    parts = [
        f"<figure><figcaption>{escape(one.about.name)}</figcaption>"
        f"{drawings.picture(_panel(report, one, behind), _says(one))}</figure>"
        for one in shown
    ]
    return f'<div class="smaa-billeder">{"".join(parts)}</div>'


def _panel(report: Trend, one: Series, behind: str) -> str:
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{theme.OWN}"/>'
        for x, y in (_place(report, point) for point in one.shown)
    )
    own = _line(report, one, theme.OWN, 3) + dots + _latest(report, one.shown[-1])
    return drawings.svg(WIDTH, HEIGHT, "".join(_frame(report)) + behind + own)


def _place(report: Trend, point: Point) -> tuple[float, float]:
    years = report.years
    across = (point.year - years[0]) / max(years[-1] - years[0], 1)
    return LEFT + across * (WIDTH - LEFT - RIGHT), _height(point.figure.share)


def _height(share: float) -> float:
    return ABOVE + (1 - share) * (HEIGHT - ABOVE - BELOW)


def _line(report: Trend, one: Series, colour: str, width: int) -> str:
    """Broken at years that are not shown and where years cannot be compared."""
    path, previous = "", None
    for point in one.points:
        if point.figure.share is None:
            previous = None
            continue
        x, y = _place(report, point)
        path += f"{'L' if previous == report.segment(point.year) else 'M'}{x:.1f} {y:.1f}"
        previous = report.segment(point.year)
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _frame(report: Trend) -> Iterator[str]:
    """Lines at 0, 50 and 100 % with their numbers, and the first and last year below."""
    for level in (0, 0.5, 1):
        y = _height(level)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="{theme.GRID}"/>'
        yield _word(percent(level), LEFT - 8, y + 4, "end")
    for year, x in ((report.years[0], LEFT), (report.years[-1], WIDTH - RIGHT)):
        yield _word(str(year), x, HEIGHT - 5, "middle")


def _word(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text {TEXT} fill="{theme.INK}" x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'


def _latest(report: Trend, point: Point) -> str:
    x, y = _place(report, point)
    words = percent(point.figure.share)
    return f'<text {TEXT} font-weight="700" fill="{theme.OWN}" x="{x + 8:.1f}" y="{y + 4:.1f}">{words}</text>'


def _says(one: Series) -> str:
    return ", ".join(f"{point.year}: {percent(point.figure.share)}" for point in one.shown)
