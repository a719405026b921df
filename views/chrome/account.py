"""The reader's own corner, on every page where people sign in: as whom, and the way out or in."""

from html import escape

import streamlit as st

from data_access.access import invitations
from views.chrome import entrance
from views.foundation import figures, page_parts
from views.foundation.page_parts import literal

STYLE = """<style>
  /* In the page's head, beside the menu, where it takes no room from the filters. */
  [data-testid=stLayoutWrapper]:has(> .st-key-konto) { position: absolute; left: 0; width: 0; }
  .st-key-konto { position: fixed; top: 0.75rem; right: 1rem; width: auto; z-index: 1000000; }
  .stApp:has(.st-key-konto) header { padding-right: 17rem; }
  .st-key-konto button { min-height: 0; padding: 4px 10px; max-width: 16rem; }
  .st-key-konto button p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .st-key-konto a { display: block; padding: 4px 10px; color: #004D99; }
  .log-ud { margin: 0; }
  .log-ud button { font: inherit; padding: 6px 14px; background: #FFFFFF; border: 1px solid #8E8E8E;
    border-radius: 3px; cursor: pointer; }
  @media screen and (max-width: 640px) {
    .st-key-konto button p { position: absolute; width: 1px; height: 1px; clip-path: inset(50%); }
    .stApp:has(.st-key-konto) header { padding-right: 5rem; }
  }
  .stApp:has(.st-key-scene) .st-key-konto { display: none; }
  @media print { .st-key-konto { display: none; } }
</style>"""
# A form of its own, so that the browser lets go of its cookie too, and a page that is cut off can be left.
SIGN_OUT = f'<form class="log-ud" method="post" action="{entrance.SIGN_OUT}"><button>Log ud</button></form>'
SIGN_IN = f'<a href="{entrance.SIGN_IN}">Log ind</a>'


def offer() -> None:
    """Whoever has signed in sees as whom; whoever reads without an account, the way in."""
    st.html(STYLE)
    principal = figures.principal()
    with st.container(key="konto"):
        if principal.account_id is None:
            st.html(SIGN_IN)
        else:
            label = literal(principal.name or "Konto")
            page_parts.popover(label, "min konto", _signed_in, icon=":material/person:")


def _signed_in() -> None:
    roles = figures.query(invitations.own_roles)
    lines = "".join(f"<li>{escape(role.describe())}</li>" for role in roles)
    st.html(f"<p>Du er logget ind som:</p><ul>{lines}</ul>{SIGN_OUT}")
