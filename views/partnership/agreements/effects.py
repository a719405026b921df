"""What came of it, and examples: the parties' own observations."""

from collections.abc import Iterable

import streamlit as st

from data_access.partnerships.lists.cards import Effect
from views.partnership import markup

TITLE, CAUTION = "Afledte effekter og eksempler", "Partnernes egne iagttagelser, ikke målt."


def draw(found: Iterable[Effect]) -> None:
    """Each with its kind, whose it is and the year."""
    st.caption(CAUTION)
    for one in found:
        whose = " · ".join(
            [one.kind, *([one.party.name] if one.party else []), *([str(one.year)] if one.year else [])]
        )
        st.html(
            f'<div class="indsats"><b>{markup.escape(one.title)}</b><small>{markup.escape(whose)}</small>'
            f"{markup.free(one.text) if one.text else ''}</div>"
        )
