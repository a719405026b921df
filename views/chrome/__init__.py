"""The Danish shell around Streamlit: its page, its words, its headers."""
