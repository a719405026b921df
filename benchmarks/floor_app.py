"""The floor: one box with a button on and one back, and ready-made charts; no store and nothing else.

`FLOOR_CHARTS` names a file with the charts of each choice: specifications, their data, and how wide they are.
"""

import json
import os
from base64 import b64decode
from pathlib import Path

import streamlit as st

st.set_page_config(layout="wide")


@st.cache_resource
def charts_by_choice() -> dict[str, list[dict]]:
    """What the file holds, the data as the bytes that Streamlit sends."""
    charts_by_choice = json.loads(Path(os.environ["FLOOR_CHARTS"]).read_text("utf-8"))
    for chart in (chart for charts in charts_by_choice.values() for chart in charts):
        datasets = {name: b64decode(data) for name, data in chart["datasets"].items()}
        chart["spec"] = {**chart["spec"], "datasets": {**chart["spec"].get("datasets", {}), **datasets}}
    return charts_by_choice


def turn(places: int) -> None:
    """Chooses the one so many places on."""
    choices = list(charts_by_choice())
    st.session_state.valg = choices[(choices.index(st.session_state.valg) + places) % len(choices)]


choice = st.selectbox("Valg", list(charts_by_choice()), key="valg")
st.button("Forrige", key="forrige", on_click=turn, args=(-1,))
st.button("Næste", key="naeste", on_click=turn, args=(+1,))
for chart in charts_by_choice()[choice]:
    with st.container(width=chart["width"]):
        st.vega_lite_chart(chart["spec"], theme=None, width="stretch")
