"""Where a site listens: the place is free, or the one who starts it is told why not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import Timer

import pytest
from click import ClickException

from drills.running_site import free_port
from helpcenter.cli import port


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Another program that listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other


def refused(host: str, number: int) -> str:
    with pytest.raises(ClickException) as told:
        port.wait_for(host, number, patience=0, choice="--port")
    return told.value.message


def test_a_port_that_another_program_has_is_told_with_the_way_out(listener: socket.socket) -> None:
    number = listener.getsockname()[1]
    assert refused("127.0.0.1", number) == (
        f"port {number} is taken: another program listens there. Choose another one with --port"
    )


def test_an_address_that_is_not_of_this_machine_is_told_by_its_reason() -> None:
    # An address for examples in manuals (RFC 5737): no machine has it.
    assert refused("203.0.113.7", 8000) == "can not listen on port 8000 of 203.0.113.7: Cannot assign requested address"


def test_a_site_that_ends_just_now_is_waited_for(listener: socket.socket) -> None:
    number = listener.getsockname()[1]
    assert refused("127.0.0.1", number)
    Timer(0.3, listener.close).start()
    port.wait_for("127.0.0.1", number, patience=30, choice="--port")
    with socket.socket() as site:
        site.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        site.bind(("127.0.0.1", number))


def test_whether_somebody_answers_there(listener: socket.socket) -> None:
    assert port.answers("127.0.0.1", listener.getsockname()[1])
    assert not port.answers("127.0.0.1", free_port())
