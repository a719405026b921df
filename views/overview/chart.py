"""The themes beside the comparison."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from indicators.danish import percent
from indicators.figure import Score, State, ThemeRow
from views import marks, theme

_POINT = ["row", "name", "share", "text"]


def themes_beside(rows: Sequence[ThemeRow], compares: bool) -> alt.LayerChart:
    """Each theme's score as a dot, the comparison as an open square, both numbers before the axis."""
    y = marks.row_channel({row.theme.id: row.theme.name for row in rows}, columns=1 + compares)
    x = marks.percent_channel("share")
    own = pd.DataFrame([_point(row.theme.id, row.theme.name, row.score) for row in rows], columns=_POINT)
    other = pd.DataFrame(
        [_point(row.theme.id, row.theme.name, row.benchmark) for row in rows], columns=_POINT
    )
    tips = marks.tips({"name": "Tema", "text": "Andel"})
    dots = alt.Chart(own.dropna()).mark_circle(size=220, opacity=1, color=theme.OWN)
    layers = [
        dots.encode(x, y, tooltip=tips),
        marks.bold(own[["row", "text"]].to_numpy().tolist(), y, int(compares), theme.OWN),
        marks.notes([(row.theme.id, _score_note(row.score)) for row in rows], y),
    ]
    if compares:
        spans = own.merge(other, on="row", suffixes=("", "_other")).dropna()
        line = alt.Chart(spans).mark_rule(strokeWidth=3, color=theme.NEUTRAL)
        square = {"shape": "square", "size": 150, "filled": False, "strokeWidth": 2.5, "color": theme.OTHERS}
        squares = alt.Chart(other.dropna()).mark_point(**square)
        layers = [line.encode(x, alt.X2(field="share_other"), y), *layers, squares.encode(x, y, tooltip=tips)]
        layers.append(marks.bold(other[["row", "text"]].to_numpy().tolist(), y, 0, theme.OTHERS))
    return marks.laid_out(layers, len(rows))


def _score_note(score: Score) -> str:
    return "" if score.state is State.SHOWN else score.state.value


def _point(theme_id: str, name: str, score: Score) -> tuple[str, str, float | None, str]:
    if score.share is None:
        return theme_id, name, None, ""
    return theme_id, name, 100 * score.share, percent(score.share)
