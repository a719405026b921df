"""The funnel: how far from the common share chance alone takes units with so many answers."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from indicators.danish import NO_BREAK, percent
from indicators.intervals import CONFIDENCE
from indicators.judgement import LEAST_ANSWERS
from indicators.ranking import FAR, Ranking, RankingLine, limits
from indicators.selection import Option
from views.foundation import marks, theme
from views.subjects.comparison import chart
from views.subjects.comparison.chart import NARROW, plain
from views.subjects.trend.chart import apart

HEIGHT = 480
AXIS_PIXELS = 55
STEPS = 80
LINE = 17
LIMIT_ROOM = 78
MOST_NAMES = 12
ANSWERS = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]
"""Where the axis is marked, and where it may end."""

OUTER, INNER = theme.FAINT, "#E6E6E6"
_DOT = [
    *("key", "n", "share", "name", "text", "answers", "limits", "said"),
    *("shape", "edge", "inside", "size"),
]


@dataclass(frozen=True)
class Room:
    """How high the picture is, and how many names it bears."""

    height: int = HEIGHT
    names: int = MOST_NAMES


ON_A_PAGE = Room()


@dataclass(frozen=True)
class Scales:
    """Where answers and shares are in the picture."""

    common: float
    most: int
    lowest: int
    highest: int
    height: int = HEIGHT

    @classmethod
    def of(cls, report: Ranking, height: int = HEIGHT) -> "Scales":
        """So that every dot is in it, and the inner limits of the smallest one."""
        answers = [line.figure.n for line in report.ranked]
        shares = [100 * line.figure.share for line in report.ranked]
        inner = limits(report.common.share, min(answers))
        ends = chart.tens(min(*shares, 100 * inner.low), max(*shares, 100 * inner.high))
        most = next((one for one in ANSWERS if one >= max(answers)), max(answers))
        return cls(100 * report.common.share, most, *ends, height)

    @property
    def x(self) -> alt.X:
        """Answers; logarithmic, for most units are small."""
        ends = [0, alt.ExprRef(f"width - {LIMIT_ROOM}")]
        scale = alt.Scale(type="log", domain=[LEAST_ANSWERS, self.most], nice=False, range=ends)
        ticks = [one for one in ANSWERS if one <= self.most]
        title = {"title": "Antal svar (logaritmisk skala)", "titleFontWeight": "normal", "titlePadding": 8}
        axis = alt.Axis(values=ticks, format=",d", grid=False, labelOverlap=True, labelPadding=6, **title)
        return alt.X(field="n", type="quantitative", scale=scale, axis=axis)

    def y(self, field: str) -> alt.Y:
        """Shares."""
        values = list(range(self.lowest, self.highest + 1, 10))
        axis = alt.Axis(values=values, labelExpr=chart.PERCENT, title=None)
        scale = alt.Scale(domain=[self.lowest, self.highest], nice=False, zero=False)
        return alt.Y(field=field, type="quantitative", scale=scale, axis=axis)

    def apart(self, shares: Sequence[float], lines: Sequence[int]) -> list[float]:
        """The shares moved as little as it takes for the texts beside them, of so many lines, not to meet."""
        span = self.highest - self.lowest
        heights = [100 * (share - self.lowest) / span for share in shares]
        placed = apart(heights, [100 * line * LINE / (self.height - AXIS_PIXELS) for line in lines])
        return [self.lowest + height * span / 100 for height in placed]


def ranking(report: Ranking, also: Collection[Option] = (), room: Room = ON_A_PAGE) -> alt.LayerChart:
    """A dot a unit, with names on the own one, on those in `also` and on the clear ones."""
    scales = Scales.of(report, room.height)
    points = alt.Chart(pd.DataFrame([_dot(line, report) for line in report.ranked], columns=_DOT))
    at = scales.x, scales.y("share")
    # The first layer takes the clicks: larger than the dot is, and not seen.
    target = points.mark_point(size=500, filled=True, opacity=0, cursor=chart.cursor(report))
    looks = plain(alt.Shape, "shape"), plain(alt.Stroke, "edge"), plain(alt.Fill, "inside")
    layers = [
        target.encode(*at, tooltip=marks.tips(chart.TIPS)),
        *_limits(scales),
        *_ends(scales),
        *_names(named(report, also)[: room.names], report, scales),
        points.mark_point(strokeWidth=2, opacity=1).encode(*at, *looks, plain(alt.Size, "size")),
    ]
    return alt.layer(*layers).properties(width="container", height=room.height)


def _dot(line: RankingLine, report: Ranking) -> tuple:
    own, figure = line.about in report.own, line.figure
    size = 190 if own else 110
    return line.about.key, figure.n, 100 * figure.share, *chart.said(line), *chart.shape(line, own), size


def _limits(scales: Scales) -> Iterator[alt.Chart]:
    """The outer funnel with the inner one on it, and the common share through both."""
    answers = np.geomspace(LEAST_ANSWERS, scales.most, STEPS)
    for confidence, colour, dash in ((FAR, OUTER, [4, 3]), (CONFIDENCE, INNER, [1, 0])):
        low, high = (100 * side for side in limits(scales.common / 100, answers, confidence))
        inside = alt.Chart(pd.DataFrame({"n": answers, "low": low, "high": high}))
        yield inside.mark_area(clip=True, color=colour).encode(
            scales.x, scales.y("low"), alt.Y2(field="high")
        )
        sides = [
            pd.DataFrame({"n": answers, "share": side, "side": at}) for at, side in enumerate((low, high))
        ]
        edge = alt.Chart(pd.concat(sides))
        yield edge.mark_line(clip=True, color=theme.OTHERS, strokeDash=dash, strokeWidth=1.5).encode(
            scales.x, scales.y("share"), alt.Detail(field="side", type="nominal")
        )
    common = alt.Chart(pd.DataFrame({"share": [scales.common]}))
    yield common.mark_rule(color=theme.INK, strokeWidth=1.5).encode(
        alt.XValue(0), alt.X2Value(alt.ExprRef(f"width - {LIMIT_ROOM}")), scales.y("share")
    )


def _ends(scales: Scales) -> Iterator[alt.Chart]:
    """What the lines are, at their right ends: one limit above the middle and the other below it."""
    far, near = (limits(scales.common / 100, scales.most, one) for one in (FAR, CONFIDENCE))
    texts = {
        f"Alle {percent(scales.common / 100)}": scales.common,
        f"95{NO_BREAK}%": 100 * near.low,
        f"99,8{NO_BREAK}%": 100 * far.high,
    }
    at = {
        "n": scales.most,
        "share": scales.apart(list(texts.values()), [1] * len(texts)),
        "text": list(texts),
    }
    label = alt.Chart(pd.DataFrame(at)).mark_text(align="left", dx=6, color=theme.SECONDARY)
    yield label.encode(scales.x, scales.y("share"), plain(alt.Text, "text"))


def _names(lines: Sequence[RankingLine], report: Ranking, scales: Scales) -> Iterator[alt.Chart]:
    """Names beside their dots, towards the middle, kept apart from one another, never over another dot."""
    if not lines:
        return
    names, data = alt.Chart(_placed(lines, report, scales)), ("datum.aside", "datum.align", "datum.weight")
    aside, align, weight = map(alt.ExprRef, data)
    thread = names.mark_rule(color=theme.OTHERS, x2Offset=aside)
    yield thread.encode(scales.x, alt.X2(field="n"), scales.y("share"), alt.Y2(field="at"))
    text = f"({NARROW} ? datum.narrow : datum.wide)"
    mark = {
        "text": alt.ExprRef(text),
        "dy": alt.ExprRef(f"-{LINE} / 2 * (length(split({text}, '\\n')) - 1)"),
        "fontSize": alt.ExprRef(f"{NARROW} ? 12 : 14"),
        **{"align": align, "dx": aside, "fontWeight": weight, "lineBreak": "\n", "lineHeight": LINE},
    }
    for halo in ({"stroke": "#FFFFFF", "strokeWidth": 4, "strokeJoin": "round"}, {}):
        yield names.mark_text(**mark, **halo).encode(scales.x, scales.y("at"), plain(alt.Color, "ink"))


def _placed(lines: Sequence[RankingLine], report: Ranking, scales: Scales) -> pd.DataFrame:
    wide, narrow = zip(*(chart.in_lines(chart.starred(line)) for line in lines), strict=True)
    deep = [max(one.count("\n") for one in both) + 1 for both in zip(wide, narrow, strict=True)]
    shares = [100 * line.figure.share for line in lines]
    middle = (LEAST_ANSWERS * scales.most) ** 0.5
    to_the_right = [line.figure.n < middle for line in lines]
    own = [line.about in report.own for line in lines]
    return pd.DataFrame(
        {
            "n": [line.figure.n for line in lines],
            "share": shares,
            "at": scales.apart(shares, deep),
            "wide": wide,
            "narrow": narrow,
            "align": ["left" if one else "right" for one in to_the_right],
            "aside": [14 if one else -14 for one in to_the_right],
            "ink": [theme.OWN if one else theme.INK for one in own],
            "weight": [700 if one else 600 for one in own],
        }
    )


def named(report: Ranking, also: Collection[Option]) -> list[RankingLine]:
    """The own one and those asked for, then the clear ones by how far from the common share they are."""
    asked = [line for line in report.ranked if line.about in report.own or line.about in also]
    clear = [line for line in report.ranked if line.judgement.is_clear and line not in asked]
    clear.sort(key=lambda line: -abs(line.figure.share - report.common.share))
    return [*asked, *clear][:MOST_NAMES]
