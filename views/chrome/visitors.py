"""Whom a request and a session of Streamlit belong to."""

from starlette.types import Scope
from streamlit import runtime


def visitor_of(scope: Scope) -> str:
    """Who has signed in, as the gate in front has noted; where nobody has to, the address they come from."""
    address, _port = scope.get("client") or ("", 0)
    return scope.get("state", {}).get("visitor") or address


def visitor_of_session(session: str) -> str | None:
    """Who has the page of the session open at this moment; None where nobody has."""
    client = runtime.get_instance().get_client(session)
    return visitor_of(client._websocket.scope) if client else None
