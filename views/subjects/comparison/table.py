"""The comparison as a frame, and bars that Excel draws."""

from itertools import chain

import pandas as pd
from openpyxl.chart import BarChart

from indicators.figure import State
from indicators.ranking import EDUCATIONS, INSTITUTIONS, Ranking, RankingLine
from indicators.unit_kinds import UNIT_KINDS
from views.documents.excel_charts.bars import Bars, bars, label_column, share_columns
from views.documents.sections import Section
from views.documents.sheets import Place
from views.foundation import frames, readings, theme

SINGULAR = {key: kind.singular for key, kind in UNIT_KINDS.items()} | {
    EDUCATIONS.key: "Uddannelse",
    INSTITUTIONS.key: "Uddannelsessted",
}


def in_order(report: Ranking) -> list[RankingLine]:
    """The ranked ones band by band, then the small ones, last those without a number; a group's own first."""
    without = [line for state in (State.HIDDEN, State.NO_ANSWERS) for line in report.being(state)]
    lines = [*chain(*report.bands.values()), *report.small, *without]
    if report.is_of_members:
        lines.sort(key=lambda line: line.about not in report.own)
    return lines


def ranking(report: Ranking) -> pd.DataFrame:
    """One row a unit: its share, 0 to 1, with limits, and what is said of it; limits only of the ranked."""
    lines = in_order(report)
    judgements = [line.judgement for line in lines]
    ranked = [line.judgement if line.is_ranked else None for line in lines]
    return frames.frame(
        [
            (SINGULAR[report.level.key], [line.about.name for line in lines]),
            (f"Andel {report.asked.scale.share_label}", frames.Shares(line.figure.share for line in lines)),
            ("Antal svar", frames.whole(line.figure.n for line in lines)),
            ("Nedre grænse", frames.Shares(one and one.low for one in ranked)),
            ("Øvre grænse", frames.Shares(one and one.high for one in ranked)),
            ("Forskel, procentpoint", frames.points(one and one.difference for one in ranked)),
            ("Vurdering", list(map(readings.in_words, judgements))),
            *frames.optional(
                any(one.expected is not None for one in judgements),
                ("Forventet", frames.Shares(one.expected for one in judgements)),
            ),
            ("Status", [line.figure.status for line in lines]),
        ]
    )


def excel_chart(section: Section, place: Place) -> BarChart | None:
    """Each share with its uncertainty, the own ones marked."""
    frame, label = section.frame, label_column(section.frame)
    own = {one.name for one in section.report.own}
    marked = tuple(at for at, name in enumerate(frame[label]) if name in own)
    colours = dict.fromkeys(share_columns(frame)[:1], theme.OTHER_UNITS)
    return bars(Bars(section.title, frame, label, colours, limits=True, marked=marked), place)
