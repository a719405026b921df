"""The files of a session are its visitor's alone: those that it is sent, and those that are made for it.

Streamlit takes files for any session from anybody, makes one session's download for another, and hands out
what has been made to whoever has its address, which follows from what is in it.
"""

import asyncio
from collections import Counter, defaultdict
from secrets import token_hex

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse
from streamlit.runtime import app_session, memory_media_file_storage
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

from views.chrome.visitors import visitor_of, visitor_of_session
from views.foundation import page_parts

UPLOADS = "/_stcore/upload_file/"
MADE = "/media/"

MOST_FILES, MOST_BYTES = 5, 20 * 1024 * 1024
"""What is held of one visitor's files at a time. A page holds one, of at most `server.maxUploadSize`."""
AT_ONCE, IN_LINE = 2, 20
"""Files in the making for one visitor, and how many more may wait: all share six threads of Streamlit's."""
MOST_KEPT = 10
"""Made files of one visitor. A browser fetches each when it is told of it."""

NOT_YOURS = "Siden er ikke åben her. Genindlæs den, og prøv igen."
NO_BOX = "Siden tager ikke imod filer."
NO_LENGTH = "Det skal siges, hvor stor filen er."
TOO_MUCH = "Der er sendt for mange filer. Genindlæs siden, og prøv igen."
NOT_THERE = "Filen findes ikke. Hent den igen fra siden."
NOT_MADE = "Failed to generate file for download"  # as Streamlit says it, which the shell translates

_made_for: dict[str, str] = {}
"""The visitor whom each made file is for, by its name in the address; the oldest first."""
_asked_by: Counter[str] = Counter()
_turns_of: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))


def bind() -> None:
    """Before the first session: Streamlit makes a file for those whose page offers it, under a secret name.

    Its own name follows from what is in the file, and above 1 MiB from its length, ends and middle only.
    """
    app_session.DeferredFileHandler = OwnDownloads
    memory_media_file_storage._calculate_file_id = lambda *_content: token_hex(16)


class OwnDownloads(DeferredFileHandler):
    """Makes the file of a button that was clicked on, for the session whose page has the button."""

    async def handle(self, request: BackendOperationRequest, session_id: str) -> BackendOperationResponse:
        """The address of the file, or that there is none."""
        visitor = visitor_of_session(session_id)
        offered = self._get_media_file_mgr()._deferred_callables.get(request.deferred_file.file_id)
        is_own = visitor and offered and offered["session_id"] == session_id
        if not is_own or _asked_by[visitor] >= AT_ONCE + IN_LINE:
            return BackendOperationResponse(request_id=request.request_id, error_msg=NOT_MADE)
        _asked_by[visitor] += 1
        try:
            async with _turns_of[visitor]:
                response = await super().handle(request, session_id)
        finally:
            _asked_by[visitor] -= 1
            if not _asked_by[visitor]:
                del _asked_by[visitor], _turns_of[visitor]
        self._keep(response.deferred_file.url.removeprefix(MADE), visitor)
        return response

    def _keep(self, name: str, visitor: str) -> None:
        """Note whom the file is for, and let the visitor's oldest go."""
        files = self._get_media_file_mgr()
        _made_for[name] = visitor
        own = [made for made, owner in _made_for.items() if owner == visitor]
        for made in own[:-MOST_KEPT]:
            files._storage.delete_file(made.partition(".")[0])
        for made in [made for made in _made_for if files.read_file(made) is None]:
            del _made_for[made]


class SessionFiles:
    """ASGI middleware: files come from and go to the visitor of their session; a body is never read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._arriving: dict[str, list[int]] = defaultdict(list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is not the visitor's own, and pass the rest on."""
        if scope["type"] == "websocket":
            try:
                await self.app(scope, receive, send)
            finally:
                _drop_what_nobody_has_open()
        elif scope["type"] == "http" and scope["path"].startswith(MADE):
            await self._made(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(UPLOADS):
            await self._upload(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _made(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_privately(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "private, no-store"
            await send(message)

        is_own = _made_for.get(scope["path"].removeprefix(MADE)) == visitor_of(scope)
        answer = self.app if is_own else PlainTextResponse(NOT_THERE, status_code=404)
        await answer(scope, receive, send_privately)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        if refusal := self._refusal(scope):
            await refusal(scope, receive, send)
            return
        visitor, length = visitor_of(scope), _length(scope) or 0
        self._arriving[visitor].append(length)
        try:
            await self.app(scope, receive, send)
        finally:
            self._arriving[visitor].remove(length)
            if not self._arriving[visitor]:
                del self._arriving[visitor]
            _drop_what_nobody_has_open()  # the page may have been left meanwhile

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        """Why the file is not taken; a visitor may always take back what is theirs."""
        session, visitor = scope["path"].removeprefix(UPLOADS).partition("/")[0], visitor_of(scope)
        if visitor_of_session(session) != visitor:
            return PlainTextResponse(NOT_YOURS, status_code=403)
        if scope["method"] == "DELETE":
            return None
        if session not in page_parts.sessions_with_file_box():
            return PlainTextResponse(NO_BOX, status_code=403)
        length = _length(scope)
        if length is None:
            return PlainTextResponse(NO_LENGTH, status_code=411)
        held = [*_held_for(visitor), *self._arriving.get(visitor, ())]
        if len(held) >= MOST_FILES or sum(held) + length > MOST_BYTES:
            return PlainTextResponse(TOO_MUCH, status_code=429)
        return None


def _length(scope: Scope) -> int | None:
    said = Headers(scope=scope).get("content-length", "")
    return int(said) if said.isdecimal() else None


def _held_for(visitor: str) -> list[int]:
    """The sizes of the files that are held for the pages that the visitor has open."""
    held = runtime.get_instance().uploaded_file_mgr.file_storage
    return [
        len(file.data)
        for session, files in list(held.items())
        if visitor_of_session(session) == visitor
        for file in list(files.values())
    ]


def _drop_what_nobody_has_open() -> None:
    """Streamlit keeps a session for whoever comes back to it; one that was sent files goes at once.

    Its own state holds the files too, and would do so until somebody else comes or goes.
    """
    streamlit = runtime.get_instance()
    held = streamlit.uploaded_file_mgr
    for session in {*page_parts.sessions_with_file_box(), *held.file_storage}:
        if not streamlit.is_active_session(session):
            page_parts.forget_file_box(session)
            if session in held.file_storage:
                streamlit.close_session(session)
                held.remove_session_files(session)
