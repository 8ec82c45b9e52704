"""Where a request ends is never in doubt: no second one hides in what could be read as the body of a first."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from drills.running_site import free_port
from helpcenter.cli.listening import Listening
from tests.cli.test_web_server import begun

pytestmark = pytest.mark.alike
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: example.org\r\n\r\n"
LENGTH = str(len(HIDDEN)).encode()
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"0\r\n\r\n"
ALL = str(len(END + HIDDEN)).encode()
# The lines of the header that say where the body ends, and what is sent as the body.
DOUBTFUL: dict[str, tuple[bytes, bytes]] = {
    "a length and chunks": (b"Content-Length: " + ALL + b"\r\n" + CHUNKED, END + HIDDEN),
    "chunks and a length": (CHUNKED + b"Content-Length: 5\r\n", END + HIDDEN),
    "two lengths": (b"Content-Length: 0\r\nContent-Length: " + LENGTH + b"\r\n", HIDDEN),
    "a list of lengths": (b"Content-Length: 0, " + LENGTH + b"\r\n", HIDDEN),
    "a length with a sign": (b"Content-Length: +" + LENGTH + b"\r\n", HIDDEN),
    "a length below nothing": (b"Content-Length: -1\r\n", HIDDEN),
    "a length of another base": (b"Content-Length: 0x10\r\n", HIDDEN),
    "chunks by another name": (b"Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n", END + HIDDEN),
    "chunks within something else": (b"Transfer-Encoding: chunked, identity\r\n", END + HIDDEN),
    "chunks twice": (CHUNKED + b"Transfer-Encoding: identity\r\n", END + HIDDEN),
    "a space before the colon": (b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n", END + HIDDEN),
    "a line that goes on": (b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n", END + HIDDEN),
    "a line that ends halfway": (b"X: a\rContent-Length: 40\r\n", HIDDEN),
    "a sign that is none": (b"X: \0\r\nContent-Length: 0\r\n", HIDDEN),
    "a chunk longer than a number": (CHUNKED, b"1" + 16 * b"0" + b"\r\n\r\n" + END + HIDDEN),
    "chunks with half line ends": (CHUNKED, b"3\nabc\n0\n\n" + HIDDEN),
    "a chunk with a remark over two lines": (CHUNKED, b"0;a\nb\r\n\r\n" + HIDDEN),
    "a body of a GET": (b"Content-Length: " + LENGTH + b"\r\n", HIDDEN),
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    listening = Listening("127.0.0.1", free_port(), 1)
    listening.open()
    process = begun(listening)
    yield listening.port
    process.terminate()
    process.wait(60)
    listening.close()


def answered(port: int, header: bytes, body: bytes, method: bytes = b"POST") -> bytes:
    """Everything that comes back until the server hangs up, or says no more after the last request."""
    last = b"GET /last HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n"
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(method + b" /seen HTTP/1.1\r\nHost: example.org\r\n" + header + b"\r\n" + body + last)
        try:
            while part := connection.recv(65536):
                got += part
        except ConnectionResetError:
            pass
    return got


def test_one_request_after_the_other_is_answered_on_one_connection(port: int) -> None:
    got = answered(port, b"Content-Length: 3\r\n", b"abc" + HIDDEN)
    assert [path in got for path in (b"POST /seen with 3 bytes", b"GET /hidden", b"GET /last")] == [True] * 3
    got = answered(port, CHUNKED, b"3\r\nabc\r\n" + END + HIDDEN)
    assert [path in got for path in (b"POST /seen with 3 bytes", b"GET /hidden", b"GET /last")] == [True] * 3


@pytest.mark.parametrize("doubt", DOUBTFUL)
def test_nothing_hides_behind_a_doubtful_end(port: int, doubt: str) -> None:
    header, body = DOUBTFUL[doubt]
    got = answered(port, header, body, b"GET" if doubt.endswith("GET") else b"POST")
    assert got.startswith((b"HTTP/1.1 400", b"HTTP/1.1 200"))
    assert b"/hidden" not in got


def test_an_old_client_that_sends_chunks_is_refused(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"POST /seen HTTP/1.0\r\nConnection: keep-alive\r\n" + CHUNKED + b"\r\n" + END + HIDDEN)
        assert connection.recv(65536).startswith(b"HTTP/1.1 400")
        assert connection.recv(65536) == b""
