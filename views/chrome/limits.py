"""How much one visitor may ask for: the length of an address, sockets, and what is said on them how often."""

import asyncio
import resource
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

from google.protobuf.message import DecodeError
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from views.chrome.visitors import visitor_of

LONGEST_ADDRESS = 6 * 1024
"""Bytes of path and query. Ten units with the longest names take 1,500; of a socket's, 8,000 are read."""
TOO_LONG = "Adressen er for lang. Åbn dashboardet forfra, og vælg igen."

DESCRIPTORS_A_SOCKET = 4
"""The socket, and the three of the event loop that Streamlit gives each session."""
DESCRIPTORS_BESIDE = 600
"""Stores and plain requests, and 3 × 128 for sessions that Streamlit keeps for those who come back."""
MOST_SOCKETS = 800
"""In all: what fits within 4,096 descriptors, and 160 MB (a session with a page drawn takes 0.2)."""
MOST_OF_ONE_VISITOR = 40
"""Without sign-in an office behind one address is one visitor. But what has come on a socket is read before
it can be held back: 40 that say all at once what they can stop everybody for a second."""

LARGEST_MESSAGE = 512 * 1024
"""Bytes. Everything unfolded and each text at its longest, a meeting's page sends 64,000."""
MOST_WIDGETS = 1_000
"""Values in a message. Streamlit takes 45 µs for each, wherever it leads; a page sends up to 120."""
MOST_FILES_NAMED = 10
"""Each is answered with an address; 300,000 in one message stop everybody for six seconds."""

SOCKET_AT_ONCE, SOCKET_A_SECOND = 30, 8
"""Messages: a quick hand makes three a second, a wall that follows a meeting two."""
VISITOR_AT_ONCE, VISITOR_A_SECOND = 60, 15
"""Messages and new sockets of one visitor together: a run takes 50 ms, so this is most of a processor."""

SAID_BY_OUR_PAGES = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"}
"""Of what Streamlit obeys. Among the rest: emptying everybody's caches, and writing beside the program."""

DISCONNECTED: Message = {"type": "websocket.disconnect", "code": 1006}


def allow_descriptors() -> None:
    """Take as many descriptors as the limits can need, where the process may; 1,024 are 106 sockets."""
    wanted = DESCRIPTORS_BESIDE + MOST_SOCKETS * DESCRIPTORS_A_SOCKET
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < wanted:  # no limit at all is a negative number
        allowed = min(wanted, hard) if hard >= 0 else wanted
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def most_sockets(descriptors: int) -> int:
    """How many sockets there may be in all in a process with so many descriptors."""
    room = MOST_SOCKETS if descriptors < 0 else (descriptors - DESCRIPTORS_BESIDE) // DESCRIPTORS_A_SOCKET
    return max(2, min(MOST_SOCKETS, room))


class _Pace:
    """So many at once, and then so many a second: who comes too early waits."""

    def __init__(self, at_once: int, a_second: int) -> None:
        self._at_once, self._a_second = at_once, a_second
        self._left: float = at_once
        self._since = monotonic()

    async def next(self) -> None:
        """Wait for one's turn."""
        self._refill()
        self._left -= 1
        if self._left < 0:
            await asyncio.sleep(-self._left / self._a_second)

    def is_rested(self) -> bool:
        """Whether nothing of what has been used is missing."""
        self._refill()
        return self._left == self._at_once

    def _refill(self) -> None:
        now = monotonic()
        self._left = min(self._at_once, self._left + (now - self._since) * self._a_second)
        self._since = now


@dataclass
class _Visitor:
    """What one visitor has open and has used up."""

    sockets: int = 0
    pace: _Pace = field(default_factory=lambda: _Pace(VISITOR_AT_ONCE, VISITOR_A_SECOND))


class Limits:
    """ASGI middleware: refuses what is too much, and lets wait who is too quick."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._visitors: dict[str, _Visitor] = defaultdict(_Visitor)
        self._most = most_sockets(resource.getrlimit(resource.RLIMIT_NOFILE)[0])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is too long, count sockets, and pass the rest on; a body is never read."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            await _refuse(scope, receive, send)
        elif scope["type"] == "http":
            await self.app(scope, receive, send)
        else:
            await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        visitor = self._visitors[visitor_of(scope)]
        in_all = sum(one.sockets for one in self._visitors.values())
        if in_all >= self._most or visitor.sockets >= min(MOST_OF_ONE_VISITOR, self._most // 2):
            await send({"type": "websocket.close", "code": 1013})
            return
        visitor.sockets += 1
        try:
            await visitor.pace.next()
            socket = _Socket(receive, send, visitor.pace)
            await self.app(scope, socket.receive, socket.send)
        finally:
            visitor.sockets -= 1
            self._forget_the_rested()

    def _forget_the_rested(self) -> None:
        """Not those who have just used up their messages: a new socket would give them new ones."""
        for name, one in list(self._visitors.items()):
            if not one.sockets and one.pace.is_rested():
                del self._visitors[name]


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse(TOO_LONG, status_code=414)(scope, receive, send)


class _Socket:
    """A socket as Streamlit is to see it: what our pages say, no larger and no quicker than they say it."""

    def __init__(self, receive: Receive, send: Send, visitors_pace: _Pace) -> None:
        self._receive, self._send = receive, send
        self._paces = _Pace(SOCKET_AT_ONCE, SOCKET_A_SECOND), visitors_pace
        self._is_closed = False

    async def receive(self) -> Message:
        """The next message for Streamlit; while it waits for its turn, nothing more is read off the line."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            for pace in self._paces:
                await pace.next()
            content = message.get("bytes") or b""
            said = _parsed(content)
            if self._is_closed:
                return DISCONNECTED
            if len(content) > LARGEST_MESSAGE or _names_too_much(said):
                return await self._close(1009)
            if _is_said_by_our_pages(said):
                return message

    async def send(self, message: Message) -> None:
        """Pass on what Streamlit says; that nobody listens any more it is told by `receive`, in its turn."""
        if not self._is_closed:
            try:
                await self._send(message)
            except OSError:
                self._is_closed = True

    async def _close(self, code: int) -> Message:
        await self.send({"type": "websocket.close", "code": code})
        self._is_closed = True
        return DISCONNECTED


def _parsed(content: bytes) -> BackMsg:
    """A message that says nothing where it is none of Streamlit's."""
    try:
        return BackMsg.FromString(content)
    except DecodeError:
        return BackMsg()


def _names_too_much(said: BackMsg) -> bool:
    return (
        len(said.rerun_script.widget_states.widgets) > MOST_WIDGETS
        or len(said.file_urls_request.file_names) > MOST_FILES_NAMED
    )


def _is_said_by_our_pages(said: BackMsg) -> bool:
    kind = said.WhichOneof("type")
    if kind == "backend_operation_request":
        return said.backend_operation_request.WhichOneof("payload") == "deferred_file"
    return kind in SAID_BY_OUR_PAGES
