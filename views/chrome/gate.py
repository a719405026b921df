"""Who is let through to Streamlit: every route has a rule, and what has none is closed.

What somebody may see and do on a page is asked for again, below the pages.
"""

import asyncio
import logging
from collections.abc import Iterator
from enum import StrEnum
from time import monotonic
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data_access.access import reading_links, sessions
from data_access.dashboard import store
from data_access.dashboard.admission import SIGNED_OUT, Credential, token_hash
from data_access.dashboard.scope import principal_of
from data_access.mode import Mode, are_results_open, mode
from data_access.problems import AccessProblem, Problem, SignedOutProblem
from indicators.rights import OPERATOR
from views.chrome import entrance
from views.foundation import visitor

log = logging.getLogger(__name__)

LOOK_AGAIN = 15
"""Seconds between two looks at a live connection: at most so long it outlives its session."""
NOTE_AGAIN = 60
"""Seconds between two notes in the store that somebody works in a session."""
VISITOR = b"x-praktik-visitor"
"""Tells Streamlit whose session it is (`server.trustedUserHeaders`); a caller's own does not count."""


class Rule(StrEnum):
    """Who may call a route."""

    EVERYBODY = "alle"
    READERS = "den, der er lukket ind"
    NOBODY = "ingen"


class Route(NamedTuple):
    """The beginning of a path and who may call what begins so; the first that fits counts."""

    path: str
    rule: Rule
    why: str

    def leads_to(self, path: str) -> bool:
        """Whether the path is that one, or lies under it."""
        return path == self.path or path.startswith(self.path.rstrip("/") + "/")


ROUTES = (
    Route("/healthz", Rule.EVERYBODY, "the process answers"),
    Route("/readyz", Rule.EVERYBODY, "the store answers"),
    Route(entrance.SIGN_IN, Rule.EVERYBODY, "the way in"),
    Route(entrance.SIGN_OUT, Rule.EVERYBODY, "the way out"),
    Route(reading_links.PATH, Rule.EVERYBODY, "a reading link, which is looked up there"),
    Route("/static/", Rule.EVERYBODY, "Streamlit's own scripts and styles"),
    Route("/app/static/", Rule.EVERYBODY, "fonts and map geometry, never figures"),
    Route("/favicon.png", Rule.EVERYBODY, "a picture"),
    Route("/manifest.json", Rule.EVERYBODY, "what Streamlit's page is called"),
    Route("/_stcore/health", Rule.EVERYBODY, "whether to try again after a lost connection"),
    Route("/_stcore/host-config", Rule.EVERYBODY, "settings of the page, without figures"),
    Route("/_stcore/stream", Rule.READERS, "the page itself"),
    Route("/_stcore/upload_file/", Rule.READERS, "files that are read in"),
    Route("/media/", Rule.READERS, "files that are taken home"),
    Route("/_stcore/", Rule.NOBODY, "metrics, the agent's interface, script checks, components"),
    Route("/component/", Rule.NOBODY, "no component is used"),
    Route("/auth/", Rule.NOBODY, "Streamlit's own sign-in, which keeps a cookie for 30 days"),
    Route("/oauth2callback", Rule.NOBODY, "the same"),
    Route("/", Rule.READERS, "every page"),
)
"""In the order in which they are tried."""


def rule_of(path: str) -> Rule:
    """Who may call that path."""
    return next((route.rule for route in ROUTES if route.leads_to(path)), Rule.NOBODY)


def credential_of(scope: Scope) -> Credential:
    """What a caller brings in its cookies."""
    return visitor.of_cookies(cookie_parser(Headers(scope=scope).get("cookie", "")))


def admitted(credential: Credential) -> str:
    """What tells whoever comes in from others: an account by its session; nobody else is told apart here.

    Problem for whoever may not come in, and where that cannot be looked up. Without sign-in nobody is kept
    out for what is wrong with the store: the page tells it.
    """
    if mode() is Mode.OIDC and not (credential.session or credential.link or are_results_open()):
        raise SignedOutProblem(SIGNED_OUT)
    try:
        with store.reading(credential) as session:
            has_account = principal_of(session).account_id is not None
    except AccessProblem:
        raise
    except Problem:
        if mode() is Mode.OIDC:
            raise
        return ""
    return token_hash(credential.session) if has_account else ""


def _goes_on(credential: Credential, has_worked: bool) -> bool:
    """Whether the connection is still somebody's, noting that they have worked in it."""
    try:
        if admitted(credential) and has_worked:
            with store.amending(OPERATOR) as session:
                sessions.keep_alive(session, credential.session)
    except AccessProblem:
        return False
    except Problem:  # a store that is busy ends nobody's session
        return True
    return True


class Gate:
    """ASGI middleware; must come before Streamlit, which would open a session for anybody."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, answer with the way in, or close."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        rule = rule_of(scope["path"])
        if rule is Rule.NOBODY:
            await _not_there(scope, receive, send)
        elif rule is Rule.EVERYBODY:
            await self.app(scope, receive, send)
        else:
            await self._readers_only(scope, receive, send)

    async def _readers_only(self, scope: Scope, receive: Receive, send: Send) -> None:
        credential = credential_of(scope)
        try:
            visitor_name = await run_in_threadpool(admitted, credential)
        except Problem as problem:
            await _turn_away(problem, scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = visitor_name
        if scope["type"] == "http":
            await self.app(scope, receive, send)
            return
        scope["headers"] = [*_without(VISITOR, scope), (VISITOR, visitor_name.encode())]
        connection = _Connection(credential, receive, send)
        watching = asyncio.create_task(connection.watch())
        try:
            await self.app(scope, connection.receive, connection.send)
        finally:
            watching.cancel()


def _without(name: bytes, scope: Scope) -> Iterator[tuple[bytes, bytes]]:
    return (header for header in scope["headers"] if header[0] != name)


class _Connection:
    """A live connection, cut when its session ends; Streamlit then hears that the browser has gone."""

    def __init__(self, credential: Credential, receive: Receive, send: Send) -> None:
        self._credential, self._receive, self._send = credential, receive, send
        self._over, self._worked = asyncio.Event(), False

    async def receive(self) -> Message:
        message, end = asyncio.ensure_future(self._receive()), asyncio.ensure_future(self._over.wait())
        await asyncio.wait({message, end}, return_when=asyncio.FIRST_COMPLETED)
        end.cancel()
        if self._over.is_set():
            message.cancel()
            return {"type": "websocket.disconnect", "code": entrance.CLOSED}
        self._worked = True
        return message.result()

    async def send(self, message: Message) -> None:
        if not self._over.is_set():
            await self._send(message)

    async def watch(self) -> None:
        try:
            await self._watch()
        except Exception:
            log.exception("A connection could not be watched, and is cut")
        self._over.set()
        await self._send({"type": "websocket.close", "code": entrance.CLOSED})

    async def _watch(self) -> None:
        noted = 0.0
        while True:
            is_news = self._worked and monotonic() - noted > NOTE_AGAIN
            if not await run_in_threadpool(_goes_on, self._credential, is_news):
                return
            if is_news:
                noted, self._worked = monotonic(), False
            await asyncio.sleep(LOOK_AGAIN)


async def _not_there(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": entrance.CLOSED})
    else:
        await PlainTextResponse("Findes ikke", status_code=404)(scope, receive, send)


async def _turn_away(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """To a browser the way in, to anything else the sentence alone."""
    if scope["type"] == "websocket":
        # Only a connection that has been accepted can say why it is closed; the page then comes anew.
        await send({"type": "websocket.accept", "subprotocol": entrance.subprotocol(scope)})
        await send({"type": "websocket.close", "code": entrance.CLOSED})
    elif scope["path"].startswith(("/media/", "/_stcore/")):
        await PlainTextResponse(str(problem), status_code=401)(scope, receive, send)
    elif isinstance(problem, SignedOutProblem):
        await entrance.way_in(scope["path"], scope["query_string"])(scope, receive, send)
    elif isinstance(problem, AccessProblem):
        page = entrance.notice(str(problem), status=403, link=entrance.SIGN_IN, sign_out=True)
        await page(scope, receive, send)
    else:
        await entrance.notice(str(problem), status=503)(scope, receive, send)
