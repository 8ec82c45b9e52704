"""What happens to a child that does not live, does not start or does not leave."""

from __future__ import annotations

import os
import signal
import subprocess
from time import monotonic

import pytest

from drills.running_site import until
from helpcenter.cli import supervisor
from helpcenter.cli.supervisor import Child
from tests.cli.children import Begin
from tests.cli.children import begin as begin
from tests.cli.children import starts as starts

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('there', flush=True); time.sleep(60)"
)
WITHOUT_THE_KERNEL = """
import ctypes, sys, time
from helpcenter.cli import supervisor

def missing(*_given, **_more):
    raise OSError("no such library")

ctypes.CDLL = missing
supervisor.end_with_parent(int(sys.argv[1]))
print("alive", flush=True)
time.sleep(60)
"""
PARENT = f"""
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {WITHOUT_THE_KERNEL!r}, str(os.getpid())], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


def stubborn(begin: Begin) -> subprocess.Popen[bytes]:
    """A program that does not end when it is asked to."""
    process = begin(STUBBORN)
    assert process.stdout and process.stdout.readline() == b"there\n"
    return process


def test_a_child_that_ends_at_once_again_and_again_is_started_more_and_more_rarely(
    begin: Begin, starts: list[tuple[str, ...]]
) -> None:
    child, waits = Child("jobs", ("jobs", "run")), []
    for _death in range(6):
        ended = begin("raise SystemExit(3)")
        child.adopt(ended)
        ended.wait()
        child.keep_alive()
        waits.append(round(child.start_at - monotonic(), 1))
        child.keep_alive()
        assert starts == [], "it is not hurried"
    assert waits == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
    child.start_at = monotonic()
    child.keep_alive()
    assert starts == [("jobs", "run")]


def test_a_child_that_lived_for_a_while_is_started_at_once(begin: Begin, starts: list[tuple[str, ...]]) -> None:
    child, ended = Child("web", ("serve", "web"), deaths=4), begin("raise SystemExit(0)")
    child.adopt(ended)
    child.started_at -= supervisor.SHORT_LIFE_SECONDS + 1
    ended.wait()
    child.keep_alive()
    child.keep_alive()
    assert starts == [("serve", "web")] and child.deaths == 0


def test_one_that_does_not_leave_is_killed_and_another_takes_its_place(
    begin: Begin, starts: list[tuple[str, ...]]
) -> None:
    child, process = Child("jobs", ("jobs", "run")), stubborn(begin)
    child.adopt(process)
    child.begin_anew()
    child.keep_alive()
    assert process.poll() is None, "it has its time"
    child.leave_until = monotonic() - 1
    child.keep_alive()
    assert process.wait(10) == -signal.SIGKILL
    child.keep_alive()
    child.keep_alive()
    assert starts == [("jobs", "run")] and child.deaths == 0


def test_at_the_end_each_is_asked_and_then_killed(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE_SECONDS", 0.3)
    children = [Child(name, ()) for name in ("stubborn", "obedient", "never started")]
    children[0].adopt(stubborn(begin))
    children[1].adopt(begin("import time; time.sleep(60)"))
    supervisor.end(children)
    codes = [child.process and child.process.returncode for child in children]
    assert codes == [-signal.SIGKILL, -signal.SIGTERM, None]


def test_a_word_to_one_that_is_gone_is_lost_without_a_fault(begin: Begin) -> None:
    gone, child = begin("raise SystemExit(0)"), Child("web", ())
    child.tell(b"go\n")
    child.adopt(gone)
    gone.wait()
    child.tell(b"go\n")
    heard = begin("import sys; print(sys.stdin.read().upper(), end='')")
    child.adopt(heard)
    child.tell(b"go\n")
    assert heard.stdout and heard.stdout.read() == b"GO\n"


def test_where_the_kernel_tells_nothing_a_child_sees_by_itself_that_its_parent_is_gone(begin: Begin) -> None:
    parent = begin(PARENT)
    assert parent.stdout
    child = int(parent.stdout.readline())
    os.kill(child, 0)
    parent.kill()
    assert until(lambda: not is_there(child))


def test_a_child_whose_parent_ended_before_it_began_ends_at_once(begin: Begin) -> None:
    orphan = begin(WITHOUT_THE_KERNEL, "1")
    assert orphan.wait(60) == -signal.SIGKILL
    assert orphan.stdout and orphan.stdout.read() == b""


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
