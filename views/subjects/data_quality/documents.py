"""The documents about the method, shown on the page so that nobody has to look for them."""

import re
from pathlib import Path

import streamlit as st

DOCUMENTS = {
    "Hele notatet: sådan regnes og vurderes tallene": "statistics.md",
    "Hele notatet: sådan beskyttes små grupper": "method.md",
}
FOLDER = Path(__file__).parents[3] / "docs"

_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")
_HEADING = re.compile(r"^#", re.MULTILINE)


def shown() -> None:
    """Each document folded under its name."""
    for name, file in DOCUMENTS.items():
        with st.expander(name):
            st.markdown(_inside((FOLDER / file).read_text(encoding="utf-8")))


def _inside(text: str) -> str:
    """With headings below those of the page, and without links from one file to another."""
    return _HEADING.sub("###", _LINK.sub(r"\1", text))
