"""One short answer of another site, read to a limit and by the clock."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic

import pytest

from helpcenter.core.outside.connection import Addresses
from helpcenter.core.outside.fetch import Answer, Question, Unanswered, fetch

MOST = 100


@contextmanager
def saying(text: bytes) -> Iterator[str]:
    """The address of a server that says this to whoever comes first, and then nothing, without hanging up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held: list[socket.socket] = []

        def serve() -> None:
            connection, _address = listening.accept()
            held.append(connection)
            connection.recv(10_000)
            connection.sendall(text)

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/page"
        for one in held:
            one.close()


def anywhere(addresses: Addresses) -> Addresses:
    return addresses


def got(url: str, seconds: float = 20.0) -> Answer:
    return fetch(Question(url, "a test"), until=monotonic() + seconds, most_bytes=MOST, allowed=anywhere)


def whole(body: bytes, head: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def test_an_answer_is_its_status_and_its_body() -> None:
    with saying(whole(b"{}")) as url:
        assert got(url) == Answer(200, b"{}")
    with saying(whole(b"no", b"HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/")) as url:
        assert got(url) == Answer(307, b"no"), "nobody follows"


@pytest.mark.parametrize(
    "text",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"HTTP/1.1 200 OK\r\nX: ",
        b"",
    ],
    ids=["body", "chunk", "head", "nothing"],
)
def test_who_stops_in_the_middle_is_left_in_time_and_is_slow(text: bytes) -> None:
    with saying(text) as url, pytest.raises(Unanswered) as problem:
        got(url, 0.2)
    assert problem.value.is_slow


def test_what_is_too_large_is_not_read_to_its_end() -> None:
    with saying(whole(b"x" * MOST)) as url:
        assert len(got(url).body) == MOST
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + b"x" * (MOST + 1)
    with saying(endless) as url, pytest.raises(Unanswered, match="larger than 100 bytes"):
        got(url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:1/", "connection failed"),
        ("http://nowhere.invalid/", "no name server"),
        ("ftp://127.0.0.1/", "does not connect"),
        ("http://user:secret@127.0.0.1/", "does not connect"),
        ("http://[", "connection failed"),
    ],
)
def test_nobody_there_is_told_in_words_for_a_log(url: str, why: str) -> None:
    with pytest.raises(Unanswered, match=why) as problem:
        got(url)
    assert not problem.value.is_slow and "secret" not in problem.value.reason


def test_only_public_addresses_are_asked_unless_somebody_says_otherwise() -> None:
    with saying(whole(b"inside")) as url, pytest.raises(Unanswered, match="does not connect"):
        fetch(Question(url, "a test"), until=monotonic() + 5, most_bytes=MOST)
