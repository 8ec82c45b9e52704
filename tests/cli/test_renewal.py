"""Replacing the processes of a site by new ones that do not start as they should."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen
from time import monotonic

import pytest

from config import SETTINGS_FILE
from drills.running_site import free_port, until
from helpcenter.cli import renewal, supervisor
from helpcenter.cli.listening import Listening
from helpcenter.cli.renewal import Renewal
from helpcenter.cli.supervisor import Child
from tests.cli.children import Begin
from tests.cli.children import begin as begin

WAITS, ENDS, FAILS = "import time; time.sleep(60)", "raise SystemExit(0)", "raise SystemExit(1)"
Replace = Callable[..., Renewal]


@pytest.fixture
def old(begin: Begin) -> tuple[Child, Child]:
    """The web processes and the jobs of before, which live."""
    web, jobs = Child("web", ("serve", "web")), Child("jobs", ("jobs", "run"))
    for child in (web, jobs):
        child.adopt(begin(WAITS))
    return web, jobs


@pytest.fixture
def replace(old: tuple[Child, Child], begin: Begin, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replace]:
    """Begins a reload in which the new web processes and the preparation are these programs."""
    listening = Listening("127.0.0.1", free_port(), 1)
    listening.open()
    monkeypatch.delenv(SETTINGS_FILE, raising=False)
    for name, value in {"HOST": "127.0.0.1", "PORT": str(listening.port), "WORKERS": "1"}.items():
        monkeypatch.setenv(f"HELPCENTER_{name}", value)

    def begun(web: str, prepare: str, *, is_ready: bool = False) -> Renewal:
        def start(*words: str, **_more: object) -> Popen[bytes]:
            if is_ready and "--ready" in words:
                os.write(int(words[words.index("--ready") + 1]), b"+")
            return begin(prepare if "prepare" in words else web)

        monkeypatch.setattr(supervisor, "start", start)
        return Renewal(*old, listening)

    yield begun
    listening.close()


@pytest.mark.parametrize(
    ("web", "prepare", "reason"),
    [
        (WAITS, FAILS, "the database can not be brought up to date, or a setting makes no sense"),
        (FAILS, ENDS, "the new web processes do not start"),
        ("import sys; sys.stdin.readline()", ENDS, "the new web processes do not start"),
    ],
)
def test_new_processes_that_do_not_start_replace_nothing(
    old: tuple[Child, Child], replace: Replace, caplog: pytest.LogCaptureFixture, web: str, prepare: str, reason: str
) -> None:
    before = [child.process for child in old]
    running = replace(web, prepare)
    new = running.stop()[1].process
    assert new is not None
    if web == FAILS:
        # It is gone before it hears the word to go.
        new.wait()
    with caplog.at_level(logging.ERROR, "helpcenter.supervisor"):
        assert until(running.step)
    assert f"nothing is replaced: {reason}; the site goes on as before" in caplog.text
    assert [child.process for child in old] == before and all(one and one.poll() is None for one in before)
    assert new.poll() is not None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("HELPCENTER_WORKERS=2", ["a reload does not change HELPCENTER_WORKERS; restart the site for that"]),
        (
            "HELPCENTER_HOST=0.0.0.0\nHELPCENTER_PORT=1",
            ["a reload does not change HELPCENTER_HOST and HELPCENTER_PORT; restart the site for that"],
        ),
        ("HELPCENTER_THREADS=9", []),
        ("HELPCENTER_WORKERS=two", []),
    ],
)
def test_a_setting_that_only_a_restart_changes_is_told_once(
    replace: Replace,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    line: str,
    told: list[str],
) -> None:
    file = tmp_path / "settings"
    file.write_text(line)
    monkeypatch.setenv(SETTINGS_FILE, str(file))
    for changed in line.splitlines():
        monkeypatch.delenv(changed.partition("=")[0], raising=False)
    with caplog.at_level(logging.WARNING, "helpcenter.supervisor"):
        running = replace(WAITS, FAILS)
        assert until(running.step)
    assert [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING] == told


def test_new_processes_that_say_nothing_are_not_waited_for_without_an_end(
    old: tuple[Child, Child], replace: Replace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewal, "START_SECONDS", 0)
    before, running = old[0].process, replace(WAITS, ENDS)
    new = running.stop()[1].process
    assert until(running.step)
    assert old[0].process is before and new is not None and new.poll() is not None


def test_a_site_that_ends_meanwhile_leaves_none_of_the_new_ones(replace: Replace) -> None:
    running = replace(WAITS, WAITS)
    assert not running.step()
    begun = [child.process for child in running.stop() if child.process]
    assert len(begun) == 2
    supervisor.end(running.stop())
    assert all(process.poll() is not None for process in begun)


def test_old_processes_that_do_not_leave_are_killed(
    old: tuple[Child, Child], replace: Replace, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    stubborn = begin(
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    )
    assert stubborn.stdout and stubborn.stdout.readline()
    web, jobs = old
    web.adopt(stubborn)
    running = replace(WAITS, ENDS, is_ready=True)
    new = running.stop()[1].process
    monkeypatch.setattr(renewal, "PATIENCE_SECONDS", 0)
    assert until(lambda: running.step() or web.process is new)
    begun = monotonic()

    def step() -> bool:
        jobs.keep_alive()
        return running.step()

    assert until(step)
    assert stubborn.poll() == -9 and monotonic() - begun < 30
    assert web.process is new and new is not None and new.poll() is None
