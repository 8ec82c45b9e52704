from __future__ import annotations

import json
import os
import re
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from config import Settings
from drills.running_site import PATIENCE_SECONDS, RunningSite, fresh_database, parents, start, until

pytestmark = [
    pytest.mark.alike,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc"),
]


@pytest.fixture
def serve(settings: Settings, tmp_path: Path) -> Iterator[Callable[[], RunningSite]]:
    sites: list[RunningSite] = []

    def begin() -> RunningSite:
        site = RunningSite(tmp_path / "data", fresh_database(settings.database_url))
        sites.append(site)
        if not until(site.answers):
            raise AssertionError(site.stop())
        return site

    yield begin
    for site in sites:
        survivors = site.descendants()
        if site.process.poll() is None:
            site.stop()
        for process in survivors & set(parents()):
            os.kill(process, signal.SIGKILL)


def test_one_command_serves_the_site_and_every_part_comes_back_after_kill_9(serve: Callable[[], RunningSite]) -> None:
    site = serve()
    assert until(lambda: site.answers("/readyz"))
    for find in (site.workers, lambda: site.children("jobs run"), lambda: site.children("serve web")):
        before = find()
        assert before
        os.kill(min(before), signal.SIGKILL)
        assert until(lambda: len(find() - before) >= 1)  # noqa: B023
        assert until(site.answers)
    code, out, err = site.stop()
    assert code == 0
    assert site.descendants() == set()
    assert re.search(r"http://127\.0\.0\.1:\d+/setup/\S{20,}", out)
    assert "/setup/" not in err
    assert all(line.startswith("{") for line in err.splitlines())


def test_ctrl_c_ends_everything_without_a_complaint(serve: Callable[[], RunningSite]) -> None:
    site = serve()
    below = site.descendants()
    code, _, err = site.interrupt()
    assert code == 0 and not below & set(parents())
    assert all(line.startswith("{") for line in err.splitlines()), err


def test_nothing_outlives_a_supervisor_that_was_killed(serve: Callable[[], RunningSite]) -> None:
    site = serve()
    below = site.descendants()
    assert len(below) >= 4
    os.kill(site.process.pid, signal.SIGKILL)
    assert until(lambda: not below & set(parents()), seconds=20)
    assert not site.answers()


def test_a_head_that_no_browser_sends_is_not_read(serve: Callable[[], RunningSite]) -> None:
    site = serve()
    for name, size, status in (("Cookie", 10_000, 200), ("Cookie", 100_000, 431), ("Accept-Language", 100_000, 431)):
        request = Request(f"http://127.0.0.1:{site.port}/en/", headers={name: "a," * (size // 2)})
        with suppress(HTTPError), urlopen(request) as answer:
            assert answer.status == status == 200
            continue
        assert status == 431
    with socket.create_connection(("127.0.0.1", site.port)) as line:
        line.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")
        line.settimeout(PATIENCE_SECONDS)
        with suppress(ConnectionError):
            # A server of HTTP/2, which takes heads of 16 MB, would begin with its own settings.
            assert not line.recv(64).startswith(b"\0\0")


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = start("serve", HELPCENTER_DATA_DIR=str(tmp_path), HELPCENTER_PORT=port)
        _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode != 0
    assert err.splitlines() == [
        f"Error: port {port} is taken: another program listens there. Choose another one with HELPCENTER_PORT"
    ]


def test_a_demo_whose_port_is_taken_says_so_before_anything_else(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = start("demo", "--port", port, "--folder", str(tmp_path / "demo"))
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, out) == (1, "")
    assert err.splitlines() == [
        f"Error: port {port} is taken: another program listens there. Choose another one with --port"
    ]
    assert not (tmp_path / "demo" / "helpcenter.sqlite3").exists()


def test_a_start_says_what_a_person_needs_and_no_more_and_the_next_keeps_its_secret_and_data(
    serve: Callable[[], RunningSite],
) -> None:
    site = serve()
    folder = Path(f"/proc/{site.process.pid}/environ").read_bytes().split(b"HELPCENTER_DATA_DIR=")[1].split(b"\0")[0]
    secret = (Path(folder.decode()) / "secret_key").read_text()
    assert until(lambda: site.answers("/readyz"))
    _, out, err = site.stop()
    first, _, link, _, *rest = out.splitlines()
    assert first.startswith("Nobody runs this site yet.") and "/setup/" in link
    assert rest == [f"The help center is at http://127.0.0.1:{site.port}", "Ctrl+C stops it."]
    told = {json.loads(line)["logger"] for line in err.splitlines()}
    assert told <= {"helpcenter.requests", "helpcenter.search"}
    serve()
    assert (Path(folder.decode()) / "secret_key").read_text() == secret


def test_a_setting_that_is_refused_is_told_in_one_line(tmp_path: Path) -> None:
    process = start("serve", HELPCENTER_DATA_DIR=str(tmp_path), HELPCENTER_PRODUCTION="yes")
    _, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    (line,) = err.splitlines()
    assert "HELPCENTER_SECRET_KEY" in line
    assert list(tmp_path.iterdir()) == []
