"""The dashboard with its Danish shell around it; what `make run` starts."""

import streamlit as st

from views.chrome import service

service.prepare()

app = st.App("app.py", **service.settings())
