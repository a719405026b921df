"""What stands between the network and Streamlit: a Danish page, safe headers, and no foreign callers."""

import gzip
import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from data_access.mode import is_secure
from views.chrome import door, entrance

_HERE = Path(__file__).parent
_STATIC = Path(streamlit.__file__).parent / "static"

# What is changed in Streamlit's page: the pattern, and what comes in its place.
_CHANGES = {
    r'<html lang="en">': '<html lang="da">',
    r"<title>.*?</title>": "<title>Praktikdata</title>",
    r"<noscript>.*?</noscript>": "<noscript><p>Siden kræver, at JavaScript er slået til.</p></noscript>",
    r'<link rel="service-desc"[^>]*/>': "",  # describes an interface that is switched off
    r'href="./favicon.png"': 'href="./app/static/icon.png"',
    r'<link\s+rel="preload"[^>]*as="font"[^>]*/>': "",  # a font that the theme does not use
}


def _danish_document() -> str:
    """Streamlit's own first page with Danish language, title and chrome, made once for every address.

    The translator with its dictionary and the wall's keys are one inline script: it must run first.
    """
    words = json.dumps(json.loads((_HERE / "da.json").read_text("utf-8")), ensure_ascii=False)
    script = (_HERE / "da.js").read_text("utf-8").replace("DICTIONARY", words)
    script += (_HERE / "stage.js").read_text("utf-8")
    document = (_STATIC / "index.html").read_text("utf-8")
    for pattern, replacement in _CHANGES.items():
        document = re.sub(pattern, replacement, document, flags=re.DOTALL)
    return document.replace("<head>", f"<head>\n    <script>{script}</script>", 1)


def _content_security_policy(document: str) -> str:
    """What the browser may load and run: this server's own files and this document's own scripts."""
    scripts = re.findall(r"<script>(.*?)</script>", document, flags=re.DOTALL)
    allowed = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    return (
        f"default-src 'self'; script-src 'self' {' '.join(allowed)}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


_ASSET_TYPES = {".js": "text/javascript", ".css": "text/css"}
_ASSETS = {
    f"/{file.relative_to(_STATIC).as_posix()}": file
    for file in _STATIC.rglob("*")
    if file.suffix in _ASSET_TYPES
}
_ASSET_HEADERS = {
    "Cache-Control": "public, immutable, max-age=31536000",  # the names hold a hash of the content
    "Content-Encoding": "gzip",
    "Vary": "Accept-Encoding",
}


@cache
def _compressed(file: Path) -> Response:
    return Response(
        gzip.compress(file.read_bytes(), 6), headers=_ASSET_HEADERS, media_type=_ASSET_TYPES[file.suffix]
    )


class CompressedAssets:
    """ASGI middleware that answers for Streamlit's own scripts and styles when the browser takes gzip.

    Each is compressed once; uncompressed they are 5 MB for a first visit.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the compressed file, or pass everything else on."""
        answer = self.app
        if scope["type"] == "http" and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            file = _ASSETS.get(scope["path"])
            answer = await run_in_threadpool(_compressed, file) if file else self.app
        await answer(scope, receive, send)


_DOCUMENT = _danish_document()
_HEADERS = {
    "Content-Security-Policy": _content_security_policy(_DOCUMENT),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
_UNKNOWN_NAME = (
    "Dashboardet svarer ikke på denne adresse. Driften kan føje den til med miljøvariablen "
    "STREAMLIT_SERVER_ALLOWED_HOSTS."
)
_READING = ("GET", "HEAD", "OPTIONS")
_FOREIGN = "Afvist: forespørgslen kommer ikke fra dashboardets egen side."
_OWN = ("/media/", "/app/static/", *entrance.PATHS)
_HEALTH = ("/healthz", "/readyz")


def _is_foreign(scope: Scope) -> bool:
    """Whether anything but a page of this site sends this: every browser says where it comes from.

    Streamlit would ask a server on the internet for its own address before it said no.
    """
    headers = Headers(scope=scope)
    try:
        return urlsplit(headers.get("origin", "")).netloc != headers.get("host")
    except ValueError:  # no address at all
        return True


def _refusal(scope: Scope) -> str | None:
    """Why this caller is answered nothing else; None for most, and for whoever watches over the process."""
    if scope["path"] in _HEALTH:
        return None
    if not is_host_allowed(Headers(scope=scope).get("host")):
        return _UNKNOWN_NAME
    if door.is_local() and any(door.PROXY_HEADER.fullmatch(name) for name, _ in scope["headers"]):
        return door.NOT_BEHIND_A_PROXY
    if scope["type"] == "http" and scope["method"] not in _READING and _is_foreign(scope):
        return _FOREIGN
    # A server that was started past `service.prepare` is found out here: its own end of the line.
    return door.refusal_of_line((scope.get("server") or ("",))[0])


def _with_headers(send: Send) -> Send:
    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS | (_OVER_HTTPS if is_secure() else {}))
        await send(message)

    return send_safely


def _unconditional(scope: Scope) -> Scope:
    """A browser that has kept Streamlit's own page must not be told that the page has not changed."""
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return scope
    conditions = (b"if-modified-since", b"if-none-match")
    return {**scope, "headers": [header for header in scope["headers"] if header[0] not in conditions]}


class SafeShell:
    """ASGI middleware, before all else: refuses callers from elsewhere, gives every answer safe headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with safe headers."""
        if scope["type"] == "websocket" and (_is_foreign(scope) or _refusal(scope)):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif refusal := _refusal(scope):
            await PlainTextResponse(refusal, status_code=403)(scope, receive, _with_headers(send))
        else:
            await self.app(scope, receive, _with_headers(send))


class DanishPage:
    """ASGI middleware: Streamlit's one page, the only HTML but files and the way in, becomes Danish."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and put the Danish page in the place of the other."""
        if scope["type"] != "http" or scope["path"].startswith(_OWN):
            await self.app(scope, receive, send)
            return
        scope, replaced = _unconditional(scope), False

        async def send_danish(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                replaced = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
                if replaced:
                    page = HTMLResponse(_DOCUMENT, headers={"Cache-Control": "no-cache"})
                    await page(scope, receive, send)
            if not replaced:
                await send(message)

        await self.app(scope, receive, send_danish)
