"""Agreements over time: a bar from the first day to the last, and a line at today."""

from collections.abc import Sequence
from datetime import date

import altair as alt
import pandas as pd

from data_access.partnerships.agreements import Agreement
from indicators.danish import listed
from indicators.partnership.agreement import AgreementStatus
from indicators.partnership.days import months_later
from views import theme

ROW, LONGEST_NAME = 56, 46
COLOURS = {
    AgreementStatus.COMING: theme.GOOD[2],
    AgreementStatus.IN_FORCE: theme.ABOVE_MARK,
    AgreementStatus.EXPIRES_SOON: theme.BELOW_MARK,
    AgreementStatus.EXPIRED: theme.NEUTRAL,
    AgreementStatus.TERMINATED: theme.OTHERS,
}
"""Beside the word, which stands on every row."""


def periods(agreements: Sequence[Agreement], today: date) -> alt.LayerChart:
    """A row an agreement, with its parties and its status in words above the bar."""
    until = months_later(max([today, *(one.period.ends or today for one in agreements)]), 12)
    rows = pd.DataFrame([_row(number, one, until) for number, one in enumerate(agreements)])
    y = alt.Y(field="row", type="ordinal", axis=None, scale=alt.Scale(paddingInner=0.5))
    x = alt.X(field="starts", type="temporal", title=None, axis=alt.Axis(format="%Y", tickCount="year"))
    bar = (
        alt.Chart(rows)
        .mark_bar(height=14, yOffset=10)
        .encode(
            x,
            alt.X2(field="ends"),
            y,
            alt.Color(field="colour", type="nominal", scale=None, legend=None),
            tooltip=[_tip("title", "Aftale"), _tip("parties", "Parter"), _tip("period", "Periode")],
        )
    )
    name = (
        alt.Chart(rows)
        .mark_text(align="left", yOffset=-10, limit=0)
        .encode(
            alt.XDatum(_first(agreements).isoformat(), type="temporal"),
            y,
            alt.Text(field="words", type="nominal"),
        )
    )
    now = pd.DataFrame({"today": [pd.Timestamp(today)], "words": ["I dag"]})
    line = (
        alt.Chart(now)
        .mark_rule(stroke=theme.INK, strokeDash=[4, 3])
        .encode(alt.X(field="today", type="temporal"))
    )
    said = (
        alt.Chart(now)
        .mark_text(align="left", dx=5, baseline="top", y=0, fontWeight=600)
        .encode(alt.X(field="today", type="temporal"), alt.Text(field="words", type="nominal"))
    )
    return alt.layer(bar, line, name, said).properties(width="container", height=ROW * len(rows) + 10)


def _first(agreements: Sequence[Agreement]) -> date:
    return min(one.period.starts for one in agreements)


def _row(number: int, one: Agreement, until: date) -> dict:
    parties = listed([party.name for party in one.parties])
    return {
        "row": number,
        "starts": pd.Timestamp(one.period.starts),
        "ends": pd.Timestamp(one.period.ends or until),
        "colour": COLOURS[one.status],
        "title": one.title,
        "parties": parties,
        "period": one.period.describe(),
        "words": f"{one.partnership.name}: {one.status.lower()}, {one.period.describe()}",
    }


def _tip(field: str, title: str) -> alt.Tooltip:
    return alt.Tooltip(field=field, type="nominal", title=title)
