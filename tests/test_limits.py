"""What one visitor may ask of the server, tried from several addresses by a caller that is no browser."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from threading import Event, Thread

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.conftest import SampleStores
from tests.raw_client import Tab, Visitor
from tests.running_server import ROOT, run_apart, running_server
from views.chrome import limits


@pytest.fixture(scope="module")
def server(sample_stores: SampleStores) -> Iterator[str]:
    """The address of a dashboard with the sample data."""
    with running_server(sample_stores.settings()) as address:
        yield address


@pytest.fixture
def visitor(server) -> Visitor:
    return Visitor(server)


@pytest.fixture
def somebody_else(server) -> Visitor:
    return Visitor(server, address="127.0.0.2")


def is_served(visitor: Visitor) -> bool:
    with visitor.tab() as tab:
        return tab.run("").says("Svarprocent")


def test_an_address_that_is_too_long_is_told_so_in_danish(visitor):
    answer = visitor.get("/?enhed=" + "a" * limits.LONGEST_ADDRESS)

    assert (answer.status_code, answer.text) == (414, limits.TOO_LONG)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_longest_selection_is_far_from_too_long(visitor):
    assert visitor.get("/?flere_enheder=" + "%C3%B8" * 1000).status_code == 200


def test_a_socket_with_an_address_that_is_too_long_is_refused(visitor):
    with pytest.raises(InvalidStatus, match="403"), visitor.tab(query="x" * limits.LONGEST_ADDRESS):
        pass


def test_300_idle_sockets_from_one_address_leave_the_service_to_everybody_else(visitor, somebody_else):
    with ExitStack() as sockets:
        taken = opened(visitor, 300, sockets)

        assert taken == limits.MOST_OF_ONE_VISITOR
        assert is_served(somebody_else)
    assert is_served(visitor)  # now that there is room again


def opened(visitor: Visitor, wanted: int, sockets: ExitStack) -> int:
    """How many of so many sockets the visitor has been let open."""
    taken = 0
    for _ in range(wanted):
        with suppress(InvalidStatus):
            sockets.enter_context(visitor.socket())
            taken += 1
    return taken


def test_who_sends_6000_messages_at_once_waits_and_nobody_else(visitor, somebody_else):
    last_is_answered = Event()
    with visitor.tab() as flooded:
        flooded.run("")
        Thread(target=flood, args=(flooded, 6000, last_is_answered), daemon=True).start()
        Thread(target=read, args=(flooded, last_is_answered), daemon=True).start()
        with somebody_else.tab() as tab:
            for path in ["", "resultater", "indsatser"]:
                assert tab.run(path).says("Spørgeskema")

        assert not last_is_answered.is_set()


def flood(tab: Tab, messages: int, is_over: Event) -> None:
    """Ask for the page so many times, and last for something that has an answer of its own."""
    with suppress(ConnectionClosed):
        for _ in range(messages):
            if is_over.is_set():
                return
            tab.begin("")
        tab.send(app_heartbeat=True)


def read(tab: Tab, answered: Event) -> None:
    """Take what the server sends, until the last is answered."""
    with suppress(ConnectionClosed, TimeoutError):
        while tab.message().WhichOneof("type") != "heartbeat_ack":
            pass
        answered.set()


def test_a_quick_hand_waits_for_nothing(visitor):
    with visitor.tab() as tab:
        for _ in range(limits.SOCKET_AT_ONCE // 2):
            tab.send(app_heartbeat=True)
        answers = [tab.message(timeout=2).WhichOneof("type") for _ in range(limits.SOCKET_AT_ONCE // 2)]

    assert set(answers) == {"heartbeat_ack"}


TOO_MUCH = {
    "bytes": {"rerun_script": {"query_string": "x" * limits.LARGEST_MESSAGE}},
    "values": {"rerun_script": {"widget_states": {"widgets": [{"id": "x"}] * (limits.MOST_WIDGETS + 1)}}},
    "files": {"file_urls_request": {"file_names": ["x"] * (limits.MOST_FILES_NAMED + 1)}},
}


@pytest.mark.parametrize("message", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_a_message_that_holds_too_much_closes_its_socket(visitor, message):
    with visitor.tab() as tab:
        tab.send(**message)
        with pytest.raises(ConnectionClosed) as closed:
            tab.message()

    assert closed.value.rcvd.code == 1009


NEVER_SAID = {
    "emptying everybody's caches": {"clear_cache": True},
    "following the files of the program": {"set_run_on_save": True},
    "asking about the program's history": {"load_git_info": True},
    "stopping the program": {"debug_shutdown_runtime": True},
    "writing beside the program": {"backend_operation_request": {"install_skills": {}}},
    "reading rows that no page offers": {"backend_operation_request": {"dataframe_chunk": {}}},
    "nothing": {},
}
SAID = {
    "drawing the page": {"rerun_script": {"query_string": "x"}},
    "making a file": {"backend_operation_request": {"deferred_file": {"file_id": "x"}}},
}


@pytest.mark.parametrize("message", NEVER_SAID.values(), ids=NEVER_SAID.keys())
def test_what_our_pages_never_say_does_not_reach_streamlit(message):
    assert passed_on(message) == []


@pytest.mark.parametrize("message", SAID.values(), ids=SAID.keys())
def test_what_our_pages_say_reaches_streamlit_as_it_was_said(message):
    assert passed_on(message) == [BackMsg(**message)]


def passed_on(message: dict) -> list[BackMsg]:
    """What an app behind the limits is told when this is said to it."""
    line = iter(
        [
            {"type": "websocket.receive", "bytes": BackMsg(**message).SerializeToString()},
            {"type": "websocket.disconnect", "code": 1000},
        ]
    )
    told = []

    async def receive() -> dict:
        return next(line)

    async def app(_scope, receive, _send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            told.append(BackMsg.FromString(message["bytes"]))

    scope = {"type": "websocket", "path": "/_stcore/stream", "query_string": b"", "client": ("127.0.0.1", 1)}
    run_apart(limits.Limits(app)(scope, receive, None))
    return told


def test_a_setting_of_the_server_is_not_changed_by_a_visitor(visitor):
    with visitor.tab() as tab:
        tab.send(set_run_on_save=True)
        tab.send(app_heartbeat=True)

        assert tab.message().WhichOneof("type") == "heartbeat_ack"


@pytest.mark.parametrize("line", ["hej", b"\xff\xff\xff"], ids=["text", "noise"])
def test_what_is_no_message_is_passed_over(visitor, line):
    with visitor.tab() as tab:
        tab.line.send(line)
        tab.send(app_heartbeat=True)

        assert tab.message().WhichOneof("type") == "heartbeat_ack"


@pytest.mark.parametrize("descriptors", [1024, 4096, 1_048_576])
def test_all_sockets_together_leave_room_for_the_rest_of_the_program(descriptors):
    taken = limits.most_sockets(descriptors) * limits.DESCRIPTORS_A_SOCKET

    assert taken + limits.DESCRIPTORS_BESIDE <= descriptors


def test_a_process_that_may_have_any_number_has_as_many_sockets_as_there_may_be():
    assert limits.most_sockets(resource.RLIM_INFINITY) == limits.MOST_SOCKETS


@pytest.mark.parametrize(
    ("soft", "hard", "after"), [(256, 2048, 2048), (256, 16384, 3800), (8192, 16384, 8192)]
)
def test_the_program_takes_the_descriptors_that_it_may(soft, hard, after):
    code = (
        "import resource as r; from views.chrome import limits\n"
        f"r.setrlimit(r.RLIMIT_NOFILE, ({soft}, {hard}))\n"
        "limits.allow_descriptors(); print(r.getrlimit(r.RLIMIT_NOFILE))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == str((after, hard))
