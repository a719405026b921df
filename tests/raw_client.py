"""A caller that is no browser and speaks Streamlit's own protocol: what a page is asked and answers, message by message.

visitor = Visitor(server)                                  # one browser: its cookies, headers and address
with visitor.tab() as tab:                                 # one page of it, on a socket of its own
    tab.run("resultater", query="tema=Trivsel")            # open a page by its path, or run(page_hash=...)
    tab.set("Enhed", "Odense Kommune")                     # a widget by its label or its key
    tab.click("Hent Excel")
    tab.upload("Ark med indsatser", "ark.xlsx", content)
    file = tab.download("Hent indsatser")                  # the answer to a GET of what the click made
    tab.send(stop_script=True)                             # any other BackMsg
"""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from requests.adapters import HTTPAdapter
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

XSRF = "_streamlit_xsrf"
NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"  # noqa: S105 - what Streamlit's own page sends where it has none
OWN_ORIGIN = "the server's own"
PATIENCE = 30
"""Seconds until an answer that does not come fails a test."""


class _From(HTTPAdapter):
    """Connections that come from one of this machine's addresses."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, source_address=(self._address, 0), **named)


@dataclass
class Visitor:
    """One browser. Its cookies are those of `http`, which a test signs in with or fills by hand."""

    server: str
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"
    """Where the visitor comes from: any address that begins with 127 is this machine's."""
    origin: str | None = OWN_ORIGIN
    host: str | None = None
    http: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.http.mount("http://", _From(self.address))
        self.http.headers.update(self.headers)
        if self.host:
            self.http.headers["Host"] = self.host

    def get(self, path: str, **named: Any) -> requests.Response:
        """Ask for a path of the server."""
        return self.http.get(self.server + path, timeout=PATIENCE, **named)

    @property
    def xsrf(self) -> str:
        """The token of this browser, which a page has from the first thing that it asks for."""
        if XSRF not in self.http.cookies:
            self.get("/_stcore/health")
        return self.http.cookies.get(XSRF, NO_TOKEN)

    @contextmanager
    def tab(self, session: str = "", query: str = "") -> Iterator["Tab"]:
        """Open a socket, on a session that there is already where one is named."""
        with self.socket(session, query) as line:
            yield Tab(self, line)

    def socket(self, session: str = "", query: str = "") -> ClientConnection:
        """The bare socket; `websockets.exceptions.InvalidStatus` where it is refused."""
        server = urlsplit(self.server)
        host = self.host or server.netloc
        protocols = ["streamlit", self.xsrf, *([session] if session else [])]
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies)
        line = socket.create_connection(
            (server.hostname, server.port), timeout=PATIENCE, source_address=(self.address, 0)
        )
        try:
            return connect(
                f"ws://{host}/_stcore/stream{query and '?'}{query}",
                sock=line,
                origin=f"http://{host}" if self.origin == OWN_ORIGIN else self.origin,
                subprotocols=protocols,
                additional_headers={**self.headers, **({"Cookie": cookies} if cookies else {})},
                max_size=None,
                open_timeout=PATIENCE,
                close_timeout=2,  # whoever is held back does not hear that we go
                proxy=None,
            )
        except BaseException:
            line.close()
            raise

    def put(self, path: str, name: str, content: bytes) -> requests.Response:
        """Send a file to an address as a page does."""
        return self._with_token("PUT", path, files={"file": (name, content, "application/octet-stream")})

    def put_unmeasured(self, path: str) -> requests.Response:
        """Send something without saying how much it is."""
        return self._with_token("PUT", path, data=iter([b"x"]))

    def delete(self, path: str) -> requests.Response:
        """Take a file back as a page does."""
        return self._with_token("DELETE", path)

    def _with_token(self, method: str, path: str, **named: Any) -> requests.Response:
        headers = {"X-Xsrftoken": self.xsrf, "Origin": self.server}
        return self.http.request(method, self.server + path, headers=headers, timeout=PATIENCE, **named)


class Tab:
    """One page on its socket: what it has been sent, and what it has set."""

    def __init__(self, visitor: Visitor, line: ClientConnection) -> None:
        self.visitor = visitor
        self.line = line
        self.session = ""
        self.pages: dict[str, str] = {}
        """The hash of each page by its path."""
        self.page = ""
        """The hash of the page that is shown."""
        self.shown: dict[tuple[int, ...], Delta] = {}
        """What stands on the page, by its place."""
        self.received: list[ForwardMsg] = []
        """Every message of the last run."""
        self._set: dict[str, WidgetState] = {}
        self._query = ""

    # What a page says

    def send(self, **message: Any) -> None:
        """Send a `BackMsg` with these fields."""
        self.line.send(BackMsg(**message).SerializeToString())

    def run(self, path: str | None = None, query: str | None = None, **state: Any) -> Self:
        """Have the page drawn, with what has been set, and wait for all of it.

        `state` is any field of `ClientState`, such as `page_script_hash` or `fragment_id`.
        """
        self.begin(path, query, **state)
        return self.wait()

    def begin(self, path: str | None = None, query: str | None = None, **state: Any) -> None:
        """The same without waiting."""
        self._query = self._query if query is None else query
        if path is not None:
            state.setdefault("page_name", path)
        else:
            state.setdefault("page_script_hash", self.page)
        rerun = {"query_string": self._query, "widget_states": {"widgets": self._set.values()}, **state}
        self.send(rerun_script=rerun)
        self._set = {key: one for key, one in self._set.items() if not one.trigger_value}

    def set(self, name: str, value: Any) -> Self:
        """Give a widget a value, as its kind sends it, and have what it stands in drawn anew."""
        return self._change(name, **_as_sent(value))

    def click(self, name: str) -> Self:
        """Click on a button, and have what it stands in drawn anew."""
        return self._change(name, trigger_value=True)

    def hold(self, identity: str, **value: Any) -> None:
        """Send a value from the next run on, whether there is such a widget or not."""
        self._set[identity] = WidgetState(id=identity, **value)

    def _change(self, name: str, **value: Any) -> Self:
        delta = self.find(name)
        self.hold(identity_of(delta), **value)
        return self.run(fragment_id=delta.fragment_id)

    def upload(self, name: str, file: str, content: bytes) -> requests.Response:
        """Choose a file in the box of this name; the page is drawn anew where it was taken."""
        urls = self.upload_urls(file)
        answer = self.visitor.put(urls.upload_url, file, content)
        if answer.ok:
            info = {"file_id": urls.file_id, "name": file, "size": len(content), "file_urls": urls}
            self._change(name, file_uploader_state_value={"uploaded_file_info": [info]})
        return answer

    def upload_urls(self, file: str) -> Any:
        """Where a file of this session may be sent: `upload_url`, `delete_url`, `file_id`."""
        self.send(
            file_urls_request={"request_id": uuid4().hex, "file_names": [file], "session_id": self.session}
        )
        return self._next("file_urls_response").file_urls[0]

    def download(self, name: str) -> requests.Response:
        """Click on a button whose file is made at the click, and ask for the file."""
        answer = self.made(self.deferred(name))
        if answer.error_msg:
            raise RuntimeError(answer.error_msg)
        return self.visitor.get(answer.deferred_file.url)

    def deferred(self, name: str) -> str:
        """What the page calls the file of such a button until it is made."""
        return self.find(name).new_element.download_button.deferred_file_id

    def made(self, deferred: str, session: str = "") -> Any:
        """Ask for such a file to be made: the answer, with `deferred_file.url` or `error_msg`."""
        asked = {"request_id": uuid4().hex, "session_id": session or self.session}
        self.send(backend_operation_request={**asked, "deferred_file": {"file_id": deferred}})
        return self._next("backend_operation_response")

    # What a page is told

    def wait(self) -> Self:
        """Read until the run is over; one that another takes the place of is not."""
        self.received = []
        while True:
            message = self.message()
            if message.WhichOneof("type") != "script_finished":
                continue
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return self

    def message(self, timeout: float = PATIENCE) -> ForwardMsg:
        """The next message, after the page has been brought up to date with it."""
        message = ForwardMsg.FromString(self.line.recv(timeout, decode=False))
        self.received.append(message)
        match message.WhichOneof("type"):
            case "new_session":
                self._begun(message)
            case "navigation":
                self.pages = {
                    page.url_pathname: page.page_script_hash for page in message.navigation.app_pages
                }
                self.page = message.navigation.page_script_hash
            case "delta":
                self.shown[tuple(message.metadata.delta_path)] = message.delta
        return message

    def _begun(self, message: ForwardMsg) -> None:
        self.session = message.new_session.initialize.session_id
        redrawn = set(message.metadata.run.fragment_ids)
        self.shown = {
            place: delta
            for place, delta in self.shown.items()
            if redrawn and delta.fragment_id not in redrawn
        }

    def _next(self, kind: str) -> Any:
        while True:
            message = self.message()
            if message.WhichOneof("type") == kind:
                return getattr(message, kind)

    def find(self, name: str) -> Delta:
        """The widget with this label, or with this key."""
        for delta in self.shown.values():
            if name == label_of(delta) or identity_of(delta).endswith(f"-{name}"):
                return delta
        raise LookupError(f"{name!r} is not among {self.names()}")

    def names(self) -> list[str]:
        """The labels of everything on the page that can be set, clicked on or unfolded."""
        return [label_of(delta) for delta in self.shown.values() if identity_of(delta)]

    def says(self, text: str) -> bool:
        """Whether the text is anywhere in what the last run sent, be it data of a chart or a list of options."""
        return any(text.encode() in message.SerializeToString() for message in self.received)


def _part(delta: Delta) -> Any:
    """What the delta is: the element, or the block that others stand in."""
    inside = delta.add_block if delta.WhichOneof("type") == "add_block" else delta.new_element
    kind = inside.WhichOneof("type")
    return getattr(inside, kind) if kind else None


def label_of(delta: Delta) -> str:
    """What a reader calls it."""
    return getattr(_part(delta), "label", "")


def identity_of(delta: Delta) -> str:
    """What Streamlit calls it; nothing for what can neither be set nor clicked on."""
    if delta.WhichOneof("type") == "add_block" and delta.add_block.id:
        return delta.add_block.id
    identity = getattr(_part(delta), "id", "")
    return identity if isinstance(identity, str) else ""


def _as_sent(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"bool_value": value}
        case str():
            return {"string_value": value}
        case int() | float():
            return {"double_value": value}
        case [float() | int(), *_]:
            return {"double_array_value": {"data": value}}
    return {"string_array_value": {"data": value}}
