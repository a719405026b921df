"""The responses as frames, and the signs of their pictures."""

import pandas as pd

from indicators.danish import number, percent
from indicators.data_quality import (
    Coverage,
    CoverageTable,
    NationalParticipation,
    ResponseLine,
    ResponseTable,
)
from indicators.figure import Response, State
from indicators.response import RATE_OF, Badge
from indicators.unit_kinds import MUNICIPALITY
from views.documents.legends import DASHES, DOT, HATCHED, RING, SQUARE, LegendEntry
from views.foundation import frames, readings, theme

SKEWNESS = {True: "Skæv svarfordeling", False: "Jævn svarfordeling", None: "Kan ikke vurderes"}


def responses(report: ResponseTable) -> pd.DataFrame:
    """One row a unit, the hidden ones last; rates 0 to 1, empty where nothing is shown."""
    lines = [*report.lines, *(ResponseLine(one, Response(State.HIDDEN)) for one in report.hidden)]
    given = [line.response for line in lines]
    earlier = [line.earlier and line.earlier.rate for line in lines]
    before = (f"Svarprocent {report.earlier_year}", frames.Shares(earlier))
    columns = [
        (_heading(report), [line.about.name for line in lines]),
        ("Svarprocent", frames.Shares(one.rate for one in given)),
        ("Besvarelser", frames.whole(one.answers for one in given)),
        ("Inviterede", frames.whole(one.invited for one in given)),
        *frames.optional(report.earlier_year is not None, before),
        ("Grundlag", [one.grounds for one in given]),
        ("Svarfordeling", [SKEWNESS[one.skewed] if one.badge else "" for one in given]),
        ("Flere svar", [line.gap and readings.more_answers(line.gap) for line in lines]),
        ("Status", [one.state.value for one in given]),
    ]
    return frames.frame(columns)


def coverage(report: CoverageTable) -> pd.DataFrame:
    """One row a unit, one column an education: the state in words, with the answers that are shown."""
    columns = [
        (_heading(report), [unit.name for unit in report.units]),
        *(
            (education.name, [_state(report, unit, education) for unit in report.units])
            for education in report.educations
        ),
    ]
    return frames.frame(columns)


def _state(report: CoverageTable, *pair) -> str:
    state, given = report.coverage(*pair), report.of(*pair)
    if state in (Coverage.SHOWN, Coverage.UNCERTAIN):
        return f"{state.value}: {number(given.answers)} svar"
    return state.value


def participation(report: NationalParticipation) -> pd.DataFrame:
    """Every municipality with its state."""
    columns = [
        (MUNICIPALITY.singular, [place.name for place, _ in report.places]),
        ("Status", [state.value for _, state in report.places]),
    ]
    return frames.frame(columns)


def _heading(report: ResponseTable | CoverageTable) -> str:
    return {"Uddannelser": "Uddannelse"}.get(report.level.name, "Enhed")


def legend_of_responses(report: ResponseTable) -> tuple[LegendEntry, ...]:
    """The dots of both years, and the line."""
    earlier = LegendEntry(DOT.format(theme.WHITE, theme.OTHERS), str(report.earlier_year))
    return (
        LegendEntry(DOT.format(theme.OWN, theme.OWN), str(report.selection.years)),
        *([earlier] if report.earlier_year else []),
        LegendEntry(DASHES, f"{percent(RATE_OF[Badge.GOOD])} svarede"),
    )


def legend_of_coverage(report: CoverageTable) -> tuple[LegendEntry, ...]:
    """What the fields of the matrix are."""
    least, certain = report.origin.least_persons, report.persons_for_detail
    return (
        LegendEntry(SQUARE.format(theme.SHOWN), f"Vist: mindst {certain} svar"),
        LegendEntry(RING, f"Usikker (?): {least}\N{EN DASH}{certain - 1} svar"),
        LegendEntry(HATCHED, f"{Coverage.HIDDEN} (S)"),
        LegendEntry(SQUARE.format(theme.FAINT), f"{Coverage.NOT_INVITED} (\N{EN DASH})"),
    )
