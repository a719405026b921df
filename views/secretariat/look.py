"""How the page Sekretariat looks: it is about no figures, so no filter is in sight."""

import streamlit as st

STYLE = """<style>
  [data-testid=stLayoutWrapper]:has(> .st-key-filtre) { display: none; }
  [class*=st-key-felter-] > div { min-width: min(300px, 100%); max-width: 560px; }
</style>"""


def apply() -> None:
    """What only this page needs."""
    st.html(STYLE)
