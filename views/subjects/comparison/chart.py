"""Ranked dots with their uncertainty in three bands. Rows are placed in pixels, for names differ in lines."""

import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor

import altair as alt
import pandas as pd

from indicators.danish import number, percent
from indicators.judgement import Verdict
from indicators.ranking import INSTITUTIONS, Ranking, RankingLine
from indicators.selection import Option
from views.foundation import marks, readings, theme
from views.foundation.theme import VERDICTS
from views.subjects.comparison.strip import BELOW, DOT, Strip, column

NARROW = "width < 600"
"""Whether the picture is as narrow as on a telephone, as an expression."""

WIDE_CHARACTERS, NARROW_CHARACTERS = 32, 18
"""In a line of a name, where words allow it."""

PERCENT = "datum.value + '\N{NO-BREAK SPACE}%'"
TIPS = {"name": "Navn", "text": "Andel", "limits": "Usikkerhed", "answers": "Antal svar", "said": "Vurdering"}


def shape(line: RankingLine, own: bool) -> tuple[str, str, str]:
    """Shape, outline and inside by verdict; the own one is filled whatever is said of it."""
    verdict = line.judgement.verdict
    style = VERDICTS[verdict]
    if own and verdict is Verdict.ALIKE:
        return style.shape, theme.OWN, theme.OWN
    return style.shape, style.mark, style.inside


def said(line: RankingLine) -> tuple[str, str, str, str, str]:
    """Name, share, answers, limits and verdict in words."""
    figure, found = line.figure, line.judgement
    limits = f"{percent(found.low)} til {percent(found.high)}"
    return line.about.name, percent(figure.share), number(figure.n), limits, readings.in_words(found)


def cursor(report: Ranking) -> str:
    """A hand where a click leads somewhere: the strip has no filter for institutions."""
    return "default" if report.level == INSTITUTIONS else "pointer"


def starred(line: RankingLine) -> str:
    """The name, with a star where the mix of educations explains the verdict."""
    return f"{line.about.name}{readings.star(line.judgement)}"


def in_lines(name: str) -> tuple[str, str]:
    """The name in lines for a wide picture and for a narrow one; a word is never broken just anywhere."""
    wide, narrow = (
        textwrap.wrap(marks.parted(name, characters), characters, break_long_words=False)
        for characters in (WIDE_CHARACTERS, NARROW_CHARACTERS)
    )
    return "\n".join(wide), "\n".join(narrow)


def tens(low: float, high: float) -> tuple[int, int]:
    """The tens around both, for the ends of an axis in percent."""
    return 10 * floor(low / 10), 10 * ceil(high / 10)


def plain(channel: type, field: str) -> alt.SchemaBase:
    """A channel whose values are in the data as they are to be drawn."""
    as_drawn = {} if channel is alt.Text else {"scale": None, "legend": None}
    return channel(field=field, type="nominal", **as_drawn)


WIDE_LINE, NARROW_LINE = 17, 12
ROW_PIXELS = 26
HEADING_PIXELS = 36
LABEL_PIXELS = 22
WIDE_NUMBERS, NARROW_NUMBERS = 140, 88
"""Pixels at the right for share and answers."""

_ROW = [
    *("key", "name", "text", "answers", "limits", "said", "shape", "edge", "inside"),
    *("top", "middle", "bottom", "wide", "narrow", "share", "low", "high", "others"),
    *("behind", "weight", "ink", "is_dot"),
]


@dataclass(frozen=True)
class Places:
    """Where everything is: the rows with their pixels, and the channels that put them there."""

    report: Ranking
    also: Collection[Option]
    only: Collection[Option] | None = None
    """Those that there is room for; None: all of them."""

    @cached_property
    def strip(self) -> Strip | None:
        """All of them as dots, where there are rows for some only."""
        drawn = self._drawn(self.report.ranked)
        if len(drawn) == len(self.report.ranked):
            return None
        marked = [line for line in drawn if line.about in (*self.report.own, *self.also)]
        return Strip(self.report, marked, LABEL_PIXELS)

    @cached_property
    def _laid_out(self) -> tuple[list[tuple], list[tuple]]:
        """The rows, each below the one before, and over each band that is drawn its verdict and number."""
        rows, headings = [], []
        bottom = LABEL_PIXELS + (self.strip.height if self.strip else 0)
        for band, lines in self._bands().items():
            drawn = self._drawn(lines)
            of_them = "" if len(drawn) == len(lines) else f", heraf {len(drawn)} vist"
            headings.append((bottom + HEADING_PIXELS - 14, f"{band} ({len(lines)}{of_them})"))
            bottom += HEADING_PIXELS
            for line in drawn:
                rows.append(self._row(line, bottom))
                bottom = rows[-1][_ROW.index("bottom")]
        return rows, headings

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The ranked ones that there are rows for."""
        return pd.DataFrame(self._laid_out[0], columns=_ROW)

    @property
    def headings(self) -> pd.DataFrame:
        """Verdict and number of each band, over its rows."""
        return pd.DataFrame(self._laid_out[1], columns=["middle", "text"])

    @property
    def height(self) -> int:
        """Pixels from the label of the line to the last row."""
        return max(self.rows["bottom"].max(), self.headings["middle"].max() + 14)

    def _bands(self) -> Mapping[Verdict, Sequence[RankingLine]]:
        """All of them, empty ones too, unless the strip shows already who is where."""
        every = self.report.bands
        return {band: lines for band, lines in every.items() if self._drawn(lines)} if self.strip else every

    def _drawn(self, lines: Sequence[RankingLine]) -> list[RankingLine]:
        return [line for line in lines if self.only is None or line.about in self.only]

    def _row(self, line: RankingLine, top: int) -> tuple:
        figure, judged, own = line.figure, line.judgement, line.about in self.report.own
        wide, narrow = in_lines(starred(line))
        lines = WIDE_LINE * (wide.count("\n") + 1) + 6, NARROW_LINE * (narrow.count("\n") + 1) + 2
        bottom = top + max(ROW_PIXELS, *lines)
        behind = theme.HIGHLIGHT if own else theme.FAINT if line.about in self.also else "transparent"
        return (
            *(line.about.key, *said(line), *shape(line, own)),
            *(top, (top + bottom) / 2, bottom, wide, narrow),
            *(100 * figure.share, 100 * judged.low, 100 * judged.high, 100 * line.others),
            *(behind, 400 if behind == "transparent" else 700, theme.OWN if own else theme.INK, False),
        )

    @cached_property
    def targets(self) -> pd.DataFrame:
        """What takes clicks: the rows, and the dots of the strip."""
        if self.strip is None:
            return self.rows
        dots = [self._dot(line, middle) for line, middle in self.strip.dots()]
        return pd.concat([self.rows, pd.DataFrame(dots, columns=_ROW)], ignore_index=True)

    def _dot(self, line: RankingLine, middle: float) -> tuple:
        at = {"share": column(line), "top": middle - DOT / 2, "middle": middle, "bottom": middle + DOT / 2}
        row = (
            dict(zip(_ROW, self._row(line, 0), strict=True)) | at | {"behind": "transparent", "is_dot": True}
        )
        return tuple(row[name] for name in _ROW)

    @cached_property
    def room(self) -> str:
        """Pixels at the left for names, as an expression: on a telephone they stand in more lines."""
        wide, narrow = (
            max(len(part) for text in self.rows[side] for part in text.split("\n"))
            for side in ("wide", "narrow")
        )
        return f"({NARROW} ? {round(7 * narrow) + 12} : {round(8.1 * wide) + 16})"

    def x(self, field: str) -> alt.X:
        """Shares, from the ten below the lowest limit of all to the ten above the highest."""
        ranked = self.report.ranked
        limits = [
            100 * one for line in ranked for one in (line.judgement.low, line.judgement.high, line.others)
        ]
        low, high = tens(min(limits), max(limits))
        axis = {"values": list(range(low, high + 1, 10)), "labelExpr": PERCENT, "labelOverlap": True}
        right = f"width - ({NARROW} ? {NARROW_NUMBERS} : {WIDE_NUMBERS})"
        ends = [alt.ExprRef(self.room), alt.ExprRef(right)]
        scale = alt.Scale(domain=[low, high], nice=False, zero=False, range=ends)
        return alt.X(
            field=field, type="quantitative", scale=scale, axis=alt.Axis(**axis, title=None, orient="top")
        )

    def y(self, field: str) -> alt.Y:
        """Pixels from the top."""
        scale = alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        return alt.Y(field=field, type="quantitative", scale=scale, axis=None)


def ranking(
    report: Ranking, also: Collection[Option] = (), only: Collection[Option] | None = None
) -> alt.LayerChart:
    """A row a unit, or a row each of those in `only`; the own one and those in `also` marked."""
    places = Places(report, also, only)
    rows = alt.Chart(places.rows)
    layers = [
        _behind(places),
        *(_common(places, report.common.share) if report.common else [_others(places)]),
        *(_strip(places, places.strip) if places.strip else ()),
        rows.mark_rule(strokeWidth=3, color=theme.OTHER_UNITS).encode(
            places.x("low"), alt.X2(field="high"), places.y("middle")
        ),
        rows.mark_point(size=110, strokeWidth=2, opacity=1).encode(
            *(places.x("share"), places.y("middle")),
            *(plain(alt.Shape, "shape"), plain(alt.Stroke, "edge"), plain(alt.Fill, "inside")),
        ),
        _names(places, rows),
        *_numbers(places, rows),
        alt.Chart(places.headings)
        .mark_text(align="left", fontWeight=600, fontSize=15)
        .encode(alt.XValue(0), places.y("middle"), plain(alt.Text, "text")),
    ]
    return alt.layer(*layers).properties(width="container", height=places.height + marks.AXIS_PIXELS)


def _behind(places: Places) -> alt.Chart:
    """The first layer takes the clicks, over a whole row or dot; what is written on it lets them through."""
    sides = "datum.is_dot ? scale('x', datum.share) {0} 4 : {1}"
    left, right = (alt.ExprRef(sides.format(*side)) for side in (("-", "0"), ("+", "width")))
    across = alt.XValue(left), alt.X2Value(right), places.y("top"), alt.Y2(field="bottom")
    targets = alt.Chart(places.targets).mark_rect(cursor=cursor(places.report))
    return targets.encode(*across, plain(alt.Fill, "behind"), tooltip=marks.tips(TIPS))


def _strip(places: Places, strip: Strip) -> Iterator[alt.Chart]:
    """A dot each; the marked ones with their names, and to the left how many there are."""
    dots = alt.Chart(places.targets[places.targets["is_dot"]])
    looks = plain(alt.Shape, "shape"), plain(alt.Stroke, "edge"), plain(alt.Fill, "inside")
    yield dots.mark_point(size=55, strokeWidth=1.5, opacity=1).encode(
        places.x("share"), places.y("middle"), *looks
    )
    names, seen = alt.Chart(strip.names), {"opacity": alt.ExprRef(f"{NARROW} ? 0 : 1"), "color": theme.OWN}
    yield names.mark_rule(**seen).encode(places.x("share"), places.y("from"), alt.Y2(field="to"))
    yield names.mark_text(align="left", dx=4, fontWeight=700, **seen).encode(
        places.x("share"), places.y("at"), plain(alt.Text, "text")
    )
    heading = pd.DataFrame({"text": [strip.heading], "middle": [strip.top + strip.height - BELOW - DOT]})
    yield (
        alt.Chart(heading)
        .mark_text(align="left", fontWeight=600, fontSize=15)
        .encode(alt.XValue(0), places.y("middle"), plain(alt.Text, "text"))
    )


def _common(places: Places, share: float | None) -> Iterator[alt.Chart]:
    """The line of all together, with its name over it."""
    if share is None:
        return
    at = {"share": [100 * share], "text": [f"Alle {percent(share)}"], "middle": [LABEL_PIXELS / 2]}
    line = alt.Chart(pd.DataFrame(at))
    dashed = {"color": theme.INK, "strokeDash": [4, 3], "strokeWidth": 1.5}
    yield line.mark_rule(**dashed).encode(places.x("share"), alt.YValue(LABEL_PIXELS), alt.Y2Value("height"))
    yield line.mark_text(fontWeight=600).encode(
        places.x("share"), places.y("middle"), plain(alt.Text, "text")
    )


def _others(places: Places) -> alt.Chart:
    """A mark a row at the share that it is judged against."""
    rows = places.rows.assign(top=places.rows["top"] + 4, bottom=places.rows["bottom"] - 4)
    tick = alt.Chart(rows).mark_rule(color=theme.INK, strokeWidth=2)
    return tick.encode(places.x("others"), places.y("top"), alt.Y2(field="bottom"))


def _names(places: Places, rows: alt.Chart) -> alt.Chart:
    text, height = f"({NARROW} ? datum.narrow : datum.wide)", f"({NARROW} ? {NARROW_LINE} : {WIDE_LINE})"
    mark = {
        "text": alt.ExprRef(text),
        "align": "right",
        "lineBreak": "\n",
        "lineHeight": alt.ExprRef(height),
        "fontSize": alt.ExprRef(f"{NARROW} ? 12 : 14"),
        "dy": alt.ExprRef(f"-{height} / 2 * (length(split({text}, '\\n')) - 1)"),
        "fontWeight": alt.ExprRef("datum.weight"),
    }
    x = alt.XValue(alt.ExprRef(f"{places.room} - 10"))
    return rows.mark_text(**mark).encode(x, places.y("middle"), plain(alt.Color, "ink"))


def _numbers(places: Places, rows: alt.Chart) -> Iterator[alt.Chart]:
    """Share and answers in two columns, under their headings."""
    for field, heading, wide, narrow, weight in (
        ("text", "Andel", 84, 46, 700),
        ("answers", "Svar", 16, 4, 400),
    ):
        x = alt.XValue(alt.ExprRef(f"width - ({NARROW} ? {narrow} : {wide})"))
        mark = {"align": "right", "fontSize": alt.ExprRef(f"{NARROW} ? 13 : 14")}
        column = rows.mark_text(**mark, fontWeight=weight)
        yield column.encode(x, places.y("middle"), plain(alt.Text, field))
        above = alt.Chart(pd.DataFrame({field: [heading]})).mark_text(**mark, color=theme.SECONDARY)
        yield above.encode(x, alt.YValue(LABEL_PIXELS / 2), plain(alt.Text, field))
