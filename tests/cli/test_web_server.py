from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from time import sleep

import pytest

from config import ROOT
from drills.running_site import free_port
from helpcenter.cli.listening import Listening, words
from tests.cli.asking import Asking

pytestmark = [
    pytest.mark.alike,
    pytest.mark.skipif(sys.platform != "linux", reason="its web processes leave unnoticed on Linux alone"),
]
TIMES = 3


@pytest.fixture
def listening() -> Iterator[Listening]:
    made = Listening("127.0.0.1", free_port(), 2)
    made.open()
    yield made
    made.close()


def begun(listening: Listening) -> subprocess.Popen[bytes]:
    """A generation of web processes that answer."""
    ready, theirs = os.pipe()
    command = [sys.executable, "-m", "tests.cli.light_server", words(listening.numbers), str(theirs)]
    process = subprocess.Popen(command, pass_fds=[*listening.numbers, theirs], cwd=ROOT, process_group=0)
    os.close(theirs)
    loaded = 0
    while loaded < len(listening.numbers):
        loaded += len(os.read(ready, 16)) or 99
    os.close(ready)
    return process


def test_one_generation_of_web_processes_follows_the_other_without_a_request_that_fails(listening: Listening) -> None:
    now = begun(listening)
    asking = Asking(listening.port, "/", "/")
    with asking.going_on():
        for _ in range(TIMES):
            after = begun(listening)
            now.terminate()
            assert now.wait(60) == 0
            now = after
    now.terminate()
    now.wait(60)
    assert asking.failures == []
    assert asking.answered > TIMES


def test_whoever_comes_while_no_web_process_is_there_is_answered_by_the_next(listening: Listening) -> None:
    asking = Asking(listening.port, "/", "/")
    first = begun(listening)
    with asking.going_on():
        os.killpg(first.pid, signal.SIGKILL)
        first.wait(60)
        second = begun(listening)
        before = asking.answered
        while asking.answered == before and not asking.failures[8:]:
            sleep(0.01)
    second.terminate()
    second.wait(60)
    # Those who were being answered when the process was killed were cut off; nobody was refused.
    assert not [one for one in asking.failures if "Refused" in one]
