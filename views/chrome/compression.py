"""Streamlit's scripts and styles, compressed once each; uncompressed they are 5 MB for a first visit."""

import gzip
from functools import cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_ROOT = Path(streamlit.__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FILES = {
    f"/{file.relative_to(_ROOT).as_posix()}": file for file in _ROOT.rglob("*") if file.suffix in _TYPES
}
_HEADERS = {
    "Cache-Control": "public, immutable, max-age=31536000",  # the names hold a hash of the content
    "Content-Encoding": "gzip",
    "Vary": "Accept-Encoding",
}


@cache
def _compressed(file: Path) -> Response:
    return Response(gzip.compress(file.read_bytes(), 6), headers=_HEADERS, media_type=_TYPES[file.suffix])


class CompressedAssets:
    """ASGI middleware that answers for Streamlit's own scripts and styles when the browser takes gzip."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the compressed file, or pass everything else on."""
        answer = self.app
        if scope["type"] == "http" and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            file = _FILES.get(scope["path"])
            answer = await run_in_threadpool(_compressed, file) if file else self.app
        await answer(scope, receive, send)
