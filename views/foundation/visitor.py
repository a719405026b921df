"""Who looks at the page: what their browser brings, and every look into the store is for."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import replace
from typing import TypeVar

import streamlit as st
from streamlit import runtime

from data_access.dashboard.admission import Credential
from data_access.mode import is_secure

Made = TypeVar("Made")

SESSION_COOKIE, LINK_COOKIE = "praktik-session", "praktik-link"
SECURE = "__Host-"
"""What a cookie's name begins with where browsers come by https: of this host, and of it alone."""


_FOR: ContextVar[Credential | None] = ContextVar("for whom", default=None)


def credential(writes_as: str = "") -> Credential:
    """What the browser brought when it opened the page; `writes_as` is typed on this machine only."""
    brought = _FOR.get() or of_cookies(st.context.cookies if runtime.exists() else {})
    return replace(brought, writes_as=writes_as)


def bound(make: Callable[[], Made]) -> Callable[[], Made]:
    """The same function for later, when Streamlit runs it beside every page: still for who looks now."""
    looking_now = credential()

    def made() -> Made:
        token = _FOR.set(looking_now)
        try:
            return make()
        finally:
            _FOR.reset(token)

    return made


def of_cookies(cookies: Mapping[str, str]) -> Credential:
    """The tokens among them."""
    session, link = (cookies.get(cookie_name(name), "") for name in (SESSION_COOKIE, LINK_COOKIE))
    return Credential(session, link)


def cookie_name(name: str) -> str:
    """As the cookie is called here; over https no other name counts, for another host could set that one."""
    return SECURE + name if is_secure() else name
