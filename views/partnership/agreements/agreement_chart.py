"""Agreements over time: a bar from the first day to the last, and a line at today."""

from collections.abc import Sequence
from datetime import date

import altair as alt
import pandas as pd

from data_access.partnerships.lists.agreements import Agreement
from indicators.danish import alphabetical, listed
from indicators.partnership.agreement import AgreementStatus
from indicators.partnership.days import months_later
from views.foundation import theme

ROW = 80
BAR = 14
AROUND = 56
NARROW = 42
COLOURS = {
    AgreementStatus.COMING: theme.GOOD[2],
    AgreementStatus.IN_FORCE: theme.CALM,
    AgreementStatus.EXPIRES_SOON: theme.WARNING,
    AgreementStatus.EXPIRED: theme.NEUTRAL,
    AgreementStatus.TERMINATED: theme.OTHERS,
}
"""Beside the word, which stands on every row."""


def in_order(agreements: Sequence[Agreement], today: date) -> list[Agreement]:
    """Renewals with what they renew, the newest first; chains that run first, those that are over last."""
    chains = sorted(
        _chains(agreements),
        key=lambda chain: (
            _turn(chain, today),
            alphabetical(chain[0].partnership.name),
            -chain[0].period.starts.toordinal(),
        ),
    )
    return [agreement for chain in chains for agreement in chain]


def _chains(agreements: Sequence[Agreement]) -> list[list[Agreement]]:
    known = {one.id: one for one in agreements}
    chains: dict[int, list[Agreement]] = {}
    for agreement in sorted(agreements, key=lambda one: one.period.starts, reverse=True):
        first, seen = agreement, {agreement.id}
        while first.renews and first.renews.id in known and first.renews.id not in seen:
            first = known[first.renews.id]
            seen.add(first.id)
        chains.setdefault(first.id, []).append(agreement)
    return list(chains.values())


def _turn(chain: Sequence[Agreement], today: date) -> int:
    if any(agreement.period.covers(today) for agreement in chain):
        return 0
    return 1 if any(agreement.period.starts > today for agreement in chain) else 2


def periods(agreements: Sequence[Agreement], today: date) -> alt.LayerChart:
    """A row an agreement: status, period and parties in words, the bar under them."""
    until = months_later(max([today, *(agreement.period.ends or today for agreement in agreements)]), 12)
    rows = pd.DataFrame([_row(number, one, until) for number, one in enumerate(agreements)])
    y = alt.Y(field="row", type="ordinal", axis=None, scale=alt.Scale(padding=0))
    first = alt.XDatum(min(agreement.period.starts for agreement in agreements).isoformat(), type="temporal")
    # The words come twice: the first is the paper that they stand on, so that no line goes through them.
    looks = {"align": "left", "baseline": "top", "lineBreak": "\n", "yOffset": 5 - ROW / 2}
    words = alt.Chart(rows).encode(first, y, alt.Text(field="words", type="nominal"))
    axis = alt.Axis(format="%Y", tickCount="year", labelOverlap=True, labelSeparation=8)
    bars = alt.Chart(rows).mark_bar(height=BAR, yOffset=ROW / 2 - BAR)
    return alt.layer(
        bars.encode(
            alt.X(field="starts", type="temporal", title=None, axis=axis),
            alt.X2(field="ends"),
            y,
            alt.Color(field="colour", type="nominal", scale=None, legend=None),
            tooltip=[_tip("title", "Aftale"), _tip("parties", "Parter"), _tip("period", "Periode")],
        ),
        *_today(today),
        words.mark_text(stroke="white", strokeWidth=5, **looks),
        words.mark_text(**looks),
    ).properties(width="container", height=ROW * len(rows) + AROUND)


def _today(today: date) -> tuple[alt.Chart, alt.Chart]:
    now = alt.Chart(pd.DataFrame({"today": [pd.Timestamp(today)], "words": ["I dag"]}))
    x = alt.X(field="today", type="temporal")
    line = now.mark_rule(stroke=theme.INK, strokeDash=[4, 3])
    words = now.mark_text(dy=-4, baseline="bottom", fontWeight=600)
    return line.encode(x), words.encode(x, alt.YValue(0), alt.Text(field="words", type="nominal"))


def _row(number: int, agreement: Agreement, until: date) -> dict:
    parties = listed([party.name for party in agreement.parties])
    return {
        "row": number,
        "starts": pd.Timestamp(agreement.period.starts),
        "ends": pd.Timestamp(agreement.period.ends or until),
        "colour": COLOURS[agreement.status],
        "title": agreement.title,
        "parties": parties,
        "period": agreement.period.describe(),
        "words": "\n".join(
            (
                f"{agreement.partnership.name}: {agreement.status.lower()}",
                agreement.period.describe(),
                # The parties where a telephone has room; of many how many, for the table names them all.
                parties if len(parties) <= NARROW else f"{len(agreement.parties)} parter",
            )
        ),
    }


def _tip(field: str, title: str) -> alt.Tooltip:
    return alt.Tooltip(field=field, type="nominal", title=title)
