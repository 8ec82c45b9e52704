"""A running site takes on new code and settings without one request that fails."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from urllib.request import urlopen

import pytest

from config import SETTINGS_FILE
from drills.running_site import RunningSite, until
from tests.cli.asking import Asking

BUSY_SECONDS = 240
"""Far more than it takes: three processes read the whole product."""
pytestmark = [
    pytest.mark.alike,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc"),
]


def say_address(folder: Path, address: str) -> None:
    """Put the address of the site into its file of settings."""
    (folder / "settings").write_text(f"HELPCENTER_BASE_URL={address}\n")


def told_address(site: RunningSite) -> str:
    """The address of the site, as its map for search engines says it."""
    with urlopen(f"http://127.0.0.1:{site.port}/sitemap.xml", timeout=60) as answer:
        return "after" if b"http://after.example/" in answer.read() else "before"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("reload")
    say_address(folder, "http://before.example")
    file = {SETTINGS_FILE: str(folder / "settings")}
    site = RunningSite(folder / "data", "", log_level="ERROR", **file)
    assert until(site.answers, BUSY_SECONDS), site.stop()
    yield site
    site.stop()


@contextmanager
def newer_than_the_code(data_dir: Path) -> Iterator[None]:
    """The database as a later release would leave it."""
    with sqlite3.connect(data_dir / "helpcenter.sqlite3", timeout=30, isolation_level=None) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        yield
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])


def begun_post(site: RunningSite) -> socket.socket:
    """Somebody who sends a form slowly: a web process has begun to read it."""
    line = socket.create_connection(("127.0.0.1", site.port), timeout=30)
    line.sendall(
        b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 7\r\nOrigin: http://localhost\r\n\r\nemail"
    )
    sleep(0.3)
    return line


def status_of(line: socket.socket) -> bytes:
    line.sendall(b"=x")
    return line.recv(4096).partition(b"\r\n")[0]


def test_every_request_is_answered_while_all_processes_are_replaced(site: RunningSite) -> None:
    load = Asking(site.port, "/healthz", "/en/")
    web, jobs = site.workers(), site.children("jobs run")
    assert told_address(site) == "before"
    say_address(site.data_dir.parent, "http://after.example")
    with load.going_on():
        line = begun_post(site)
        os.kill(site.process.pid, signal.SIGHUP)
        assert until(lambda: len(site.workers() - web) == 2, BUSY_SECONDS)
        assert status_of(line).startswith(b"HTTP/1.1 ")
        assert until(lambda: not (web | jobs) & site.descendants(), BUSY_SECONDS)
        assert until(lambda: site.children("jobs run"))
    assert load.failures == []
    assert load.answered > 20
    assert told_address(site) == "after"


def test_what_can_not_start_replaces_nothing(site: RunningSite) -> None:
    before, everything = site.lasting(), site.descendants()
    load = Asking(site.port, "/healthz", "/en/")
    with load.going_on(), newer_than_the_code(site.data_dir):
        os.kill(site.process.pid, signal.SIGHUP)
        assert until(lambda: "nothing is replaced" in site.wrote(), BUSY_SECONDS)
    assert site.lasting() == before
    assert site.descendants() <= everything
    assert load.failures == []


def test_a_request_that_was_begun_is_answered_before_the_end(site: RunningSite) -> None:
    line = begun_post(site)
    site.process.send_signal(signal.SIGTERM)
    sleep(0.3)
    assert status_of(line).startswith(b"HTTP/1.1 ")
    assert site.process.wait(30) == 0
