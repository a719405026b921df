"""How things look: the only home of streamlit and altair besides app.py and pages."""
