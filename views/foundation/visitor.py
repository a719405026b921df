"""Who looks at the page: what their browser brings, and every look into the store is for."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit import runtime

from data_access.dashboard.admission import Credential

SESSION_COOKIE, LINK_COOKIE = "praktik-session", "praktik-link"
SECURE = "__Host-"
"""What a cookie's name begins with where browsers come by https: of this host, and of it alone."""


def credential(writes_as: str = "") -> Credential:
    """What the browser brought when it opened the page; `writes_as` is typed on this machine only."""
    cookies = st.context.cookies if runtime.exists() else {}
    return replace(of_cookies(cookies), writes_as=writes_as)


def of_cookies(cookies: Mapping[str, str]) -> Credential:
    """The tokens among them."""
    session, link = (
        cookies.get(SECURE + name) or cookies.get(name, "") for name in (SESSION_COOKIE, LINK_COOKIE)
    )
    return Credential(session, link)
