"""The responses as frames."""

import pandas as pd

from indicators.danish import number
from indicators.data_quality import (
    Coverage,
    CoverageTable,
    NationalParticipation,
    ResponseLine,
    ResponseTable,
)
from indicators.figure import Response, State
from indicators.unit_kinds import MUNICIPALITY
from views.foundation import frames, readings

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
        *((one.name, [_state(report, unit, one) for unit in report.units]) for one in report.educations),
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
