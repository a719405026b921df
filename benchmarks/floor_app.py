"""The floor: one box with a button on and one back, and ready-made charts; no store and nothing else.

`FLOOR_CHARTS` names a file with the charts of each choice: specifications, their data, and how wide they are.
It may name more boxes with their options, which choose nothing; those of the box itself are under its key.
"""

import json
import os
from base64 import b64decode
from pathlib import Path

import streamlit as st

st.set_page_config(layout="wide")


@st.cache_resource
def ready_made() -> tuple[dict[str, list[dict]], dict[str, list[str]]]:
    """What the file holds, the data as the bytes that Streamlit sends."""
    held = json.loads(Path(os.environ["FLOOR_CHARTS"]).read_text("utf-8"))
    for chart in (chart for charts in held["charts"].values() for chart in charts):
        datasets = {name: b64decode(data) for name, data in chart["datasets"].items()}
        chart["spec"] = {**chart["spec"], "datasets": {**chart["spec"].get("datasets", {}), **datasets}}
    return held["charts"], held["boxes"]


def turn(places: int) -> None:
    """Chooses the one so many places on."""
    choices = list(charts)
    st.session_state.valg = choices[(choices.index(st.session_state.valg) + places) % len(choices)]


charts, boxes = ready_made()
with st.container(horizontal=True):
    for label, options in boxes.items():
        if label != "valg":
            st.selectbox(label, options)
    options = boxes.get("valg", list(charts))
    begins_with = options.index(next(iter(charts)))
    choice = st.selectbox("Valg", options, begins_with, key="valg", filter_mode="fuzzy")
st.button("Forrige", key="forrige", on_click=turn, args=(-1,))
st.button("Næste", key="naeste", on_click=turn, args=(+1,))
for chart in charts.get(choice, []):
    with st.container(width=chart["width"]):
        st.vega_lite_chart(chart["spec"], theme=None, width="stretch")
