"""What stands between the network and Streamlit: a Danish page, safe headers, and no foreign callers."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from views.chrome import door
from views.chrome.document import content_security_policy, danish_document

_DOCUMENT = danish_document()
_HEADERS = {
    "Content-Security-Policy": content_security_policy(_DOCUMENT),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_UNKNOWN_NAME = (
    "Dashboardet svarer ikke på denne adresse. Driften kan føje den til med miljøvariablen "
    "STREAMLIT_SERVER_ALLOWED_HOSTS."
)
_INTERNAL = ("/_stcore/metrics", "/_stcore/agent")
_FILES = ("/media/", "/app/static/")
_HEALTH = ("/healthz", "/readyz")


def _is_foreign(scope: Scope) -> bool:
    """Whether a page of another site opened this socket.

    Streamlit would ask a server on the internet for its own address before it said no.
    """
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _refusal(scope: Scope) -> str | None:
    """Why this caller is answered nothing else; None for most, and for whoever watches over the process."""
    if scope["path"] in _HEALTH:
        return None
    if not is_host_allowed(Headers(scope=scope).get("host")):
        return _UNKNOWN_NAME
    # A server that was started past `service.prepare` is found out here: its own end of the line.
    return door.refusal((scope.get("server") or ("",))[0])


def _with_headers(send: Send) -> Send:
    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return send_safely


def _unconditional(scope: Scope) -> Scope:
    """A browser that has kept Streamlit's own page must not be told that the page has not changed."""
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return scope
    conditions = (b"if-modified-since", b"if-none-match")
    return {**scope, "headers": [header for header in scope["headers"] if header[0] not in conditions]}


class DanishShell:
    """ASGI middleware. Files aside, the only HTML is Streamlit's one page; the Danish one takes its place."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse, or pass on with safe headers."""
        if scope["type"] == "websocket" and (_is_foreign(scope) or _refusal(scope)):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif refusal := _refusal(scope):
            await PlainTextResponse(refusal, status_code=403)(scope, receive, _with_headers(send))
        elif scope["path"].startswith(_INTERNAL):
            await PlainTextResponse("Findes ikke", status_code=404)(scope, receive, _with_headers(send))
        else:
            await self._danish_page(_unconditional(scope), receive, _with_headers(send))

    async def _danish_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def send_danish(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and not scope["path"].startswith(_FILES):
                replaced = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
                if replaced:
                    page = HTMLResponse(_DOCUMENT, headers={"Cache-Control": "no-cache"})
                    await page(scope, receive, send)
            if not replaced:
                await send(message)

        await self.app(scope, receive, send_danish)
