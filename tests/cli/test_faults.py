"""What is promised when things go wrong: nothing acknowledged is lost, and the site goes on without anybody's help."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text

from config import Settings
from tests.cli.ballots import Ballots, ballots
from tests.cli.busy_import import bring_in, get, write
from tests.cli.own_postgres import own_postgres, programs
from tests.cli.running_site import RunningSite, fresh_database, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc")
SLOW = 100
# The kernel deals connections to the web processes by chance; this many on one of two is one deal in five hundred.
MOST_ON_ONE = 62
SLOW_BODY = b"""POST /login HTTP/1.1
Host: localhost
Content-Type: application/x-www-form-urlencoded
Content-Length: 9999

email=""".replace(b"\n", b"\r\n")
SLOW_HEAD = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Patience: "
READ = ("/en/", "/en/search?q=ledger", "/login")


@contextmanager
def running(data_dir: Path, database_url: str = "") -> Iterator[RunningSite]:
    """A site without limits: here one address does what a thousand would do."""
    site = RunningSite(data_dir, database_url, log_level="ERROR", HELPCENTER_LIMITS_ENABLED="no")
    try:
        assert until(site.answers), site.stop()
        yield site
    finally:
        site.stop()


def file_in(data_dir: Path) -> str:
    return f"sqlite:///{data_dir / 'helpcenter.sqlite3'}"


@pytest.fixture(scope="module")
def database_url(settings: Settings) -> str:
    return fresh_database(settings.database_url)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults") / "data"


@pytest.fixture(scope="module")
def site(data_dir: Path, database_url: str) -> Iterator[RunningSite]:
    with running(data_dir, database_url) as site:
        yield site


@pytest.fixture(scope="module")
def votes(site: RunningSite, data_dir: Path, database_url: str) -> Ballots:
    return ballots(site, data_dir.parent / "articles", data_dir, database_url)


def accepted(process: int, lines: list[socket.socket]) -> int:
    """How many of these connections a process has taken."""
    ours = {line.getsockname()[1] for line in lines}
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    names = {f"socket:[{row[9]}]" for row in rows if int(row[2].rpartition(":")[2], 16) in ours}
    held = 0
    for entry in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            held += str(entry.readlink()) in names
    return held


@contextmanager
def slow_visitors(site: RunningSite, beginning: bytes) -> Iterator[list[socket.socket]]:
    """A hundred who send one byte and then another; ends when they are dealt out as they would be."""
    while True:
        with ExitStack() as open_lines:
            lines = [open_lines.enter_context(socket.create_connection(("127.0.0.1", site.port))) for _ in range(SLOW)]
            for line in lines:
                line.sendall(beginning)

            def taken() -> list[int]:
                return [accepted(worker, lines) for worker in site.workers()]  # noqa: B023

            assert until(lambda: sum(taken()) >= SLOW)
            if max(taken()) <= MOST_ON_ONE:
                yield lines
                return


@pytest.mark.parametrize("beginning", [SLOW_HEAD, SLOW_BODY], ids=["head", "body"])
def test_a_hundred_slow_visitors_keep_nobody_else_waiting(site: RunningSite, votes: Ballots, beginning: bytes) -> None:
    stop = Event()

    def drip(lines: list[socket.socket]) -> None:
        while not stop.wait(0.2):
            for line in lines:
                with suppress(OSError):
                    line.sendall(b"a")

    with slow_visitors(site, beginning) as lines:
        Thread(target=drip, args=(lines,), daemon=True).start()
        try:
            # Had a process no thread left, these would wait for the slow ones, who never end.
            assert [get(site, path)[0] for path in READ * 20] == [200] * 60
            assert [votes.cast() for _ in range(20)] == [200] * 20
        finally:
            stop.set()
        answered = []
        for line in lines:
            line.setblocking(False)
            with suppress(BlockingIOError):
                answered.append(line.recv(100))
        assert answered == []


def test_a_killed_web_process_comes_back_and_takes_no_vote_with_it(
    site: RunningSite, votes: Ballots, data_dir: Path, database_url: str
) -> None:
    before = site.workers()
    with votes.kept_coming():
        for victim in before:
            os.kill(victim, signal.SIGKILL)
            assert until(lambda: victim not in site.workers() and len(site.workers()) == len(before))  # noqa: B023
            assert votes.soon_more()
    assert not before & site.workers()
    assert set(votes.statuses) == {200}
    votes.assert_all_kept(database_url or file_in(data_dir))


def test_connections_that_the_database_ends_are_opened_anew(
    site: RunningSite, votes: Ballots, database_url: str
) -> None:
    if not database_url:
        pytest.skip("SQLite has no connections to end")
    before, broken = site.descendants(), list(votes.broken)
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with votes.kept_coming():
        for _ in range(5):
            with engine.connect() as connection:
                assert connection.execute(text(others)).all()
            assert votes.soon_more(20)
    engine.dispose()
    assert set(votes.statuses) <= {200, 503}
    assert votes.broken == broken
    assert [get(site, path)[0] for path in READ * 8] == [200] * 24
    assert site.descendants() == before
    votes.assert_all_kept(database_url)


def test_a_restart_of_postgresql_under_load_needs_none_of_the_site(tmp_path: Path) -> None:
    bin = programs()
    if bin is None:
        if os.environ.get("HELPCENTER_TESTS_COMPLETE") == "1":
            pytest.fail("PostgreSQL is missing, and every test must run")
        pytest.skip("PostgreSQL is missing")
    with own_postgres(bin) as postgres, running(tmp_path / "data", postgres.url) as site:
        votes = ballots(site, tmp_path / "articles", tmp_path / "data", postgres.url)
        before = site.descendants()
        with votes.kept_coming():
            for _ in range(2):
                postgres.restart()
                assert votes.soon_more()
        assert set(votes.statuses) <= {200, 503}
        assert votes.broken == []
        assert until(lambda: all(get(site, path)[0] == 200 for path in READ * 8))
        assert site.descendants() == before
        votes.assert_all_kept(postgres.url)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 24 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Take all the room there is, also what was given back since the last time."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (1 << 20, 1 << 9):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
    return ballast


def test_a_full_disk_takes_no_write_loses_none_and_mends_without_a_restart(small_disk: Path, tmp_path: Path) -> None:
    data_dir, folder = small_disk / "data", tmp_path / "articles"
    with running(data_dir) as site:
        votes = ballots(site, folder, data_dir, "")
        assert [votes.cast() for _ in range(3)] == [200] * 3
        before = site.descendants()
        ballast = fill(small_disk)
        assert [votes.cast() for _ in range(8)] == [507] * 8
        assert [get(site, path)[0] for path in READ * 4] == [200] * 12
        # A job that tidies up meanwhile gives a little room back.
        assert until(lambda: fill(small_disk) == ballast and get(site, "/readyz")[0] == 503)
        write(folder, range(1, 40))
        code, wrote = bring_in(folder, data_dir, "")
        assert (code, "Traceback" in wrote) == (1, False), wrote
        assert "no space left" in wrote
        ballast.unlink()
        assert [votes.cast() for _ in range(3)] == [200] * 3
        assert until(lambda: get(site, "/readyz")[0] == 200)
        assert site.descendants() == before
        assert votes.acknowledged == 6
        votes.assert_all_kept(file_in(data_dir))
    engine = create_engine(file_in(data_dir))
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    engine.dispose()
