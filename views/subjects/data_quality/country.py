"""The map of the country: who takes part, and never what they answered."""

import json

import altair as alt
import pandas as pd

from indicators.data_quality import Coverage, NationalParticipation
from indicators.selection import parts_of
from indicators.unit_kinds import MUNICIPALITY
from views.foundation import marks, theme

OUTLINES = "app/static/map/municipalities.json"
"""Fetched by the browser once; relative, for the dashboard may lie below another address."""

ATTRIBUTION = "Indeholder data fra Klimadatastyrelsen (DAGI), CC BY 4.0, forenklet"

FRAME = "substring(datum.id, 0, 5) == 'ramme'"
COLOURS = {
    Coverage.SHOWN: "#4292C6",
    Coverage.HIDDEN: "#FFFFFF",
    Coverage.NOT_INVITED: "#E6E6E6",
}
CROSS = "M-1,-1L1,1M-1,1L1,-1"
HEIGHT = 600


def participation(report: NationalParticipation) -> alt.LayerChart:
    """Every municipality in the colour of its state, the hidden ones with a cross upon them too."""
    states = pd.DataFrame(
        [
            (place.key, "" if state is Coverage.NOT_INVITED else place.key, place.name, state.value)
            for place, state in report.places
        ],
        columns=["id", "unit", "name", "state"],
    )
    fields = alt.LookupData(data=states, key="id", fields=["unit", "name", "state"])
    outlines = alt.Data(url=OUTLINES, format=alt.TopoDataFormat(type="topojson", feature="municipalities"))
    every = alt.Chart(outlines).transform_lookup("id", from_=fields)
    colour = alt.Scale(domain=[state.value for state in COLOURS], range=list(COLOURS.values()))
    areas = every.transform_filter(f"!({FRAME})").mark_geoshape(stroke=theme.OUTLINE, strokeWidth=0.75)
    crosses = (
        every.transform_filter(f"datum.state == '{Coverage.HIDDEN.value}' && isValid(datum.properties.x)")
        .transform_calculate(x="datum.properties.x", y="datum.properties.y")
        .mark_point(shape=CROSS, size=60, opacity=1, filled=False, stroke=theme.INK, strokeWidth=1.5)
    )
    own = every.transform_filter(f"indexof({json.dumps(parts_of(report.selection.unit.key))}, datum.id) >= 0")
    layers = [
        areas.encode(
            alt.Color(field="state", type="nominal", scale=colour, legend=None),
            tooltip=marks.tips({"name": MUNICIPALITY.singular, "state": "Status"}),
        ),
        alt.Chart(outlines).transform_filter(FRAME).mark_geoshape(filled=False, stroke=theme.OUTLINE),
        crosses.encode(alt.Longitude(field="x"), alt.Latitude(field="y")),
        own.mark_geoshape(filled=False, stroke=theme.INK, strokeWidth=3),
    ]
    return alt.layer(*layers).project(type="identity").properties(width="container", height=HEIGHT)


def legend() -> str:
    """The colours in words, as HTML that folds on a narrow screen."""
    signs = dict.fromkeys(COLOURS, "") | {Coverage.HIDDEN: "×"}
    entries = [
        f'<span><i style="background:{colour};font-style:normal;line-height:11px">{signs[state]}</i>'
        f"{state.value}</span>"
        for state, colour in COLOURS.items()
    ]
    return f'<div class="svarfarver">{"".join(entries)}</div>'
