"""A site that people vote on is copied, brought back and moved: nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from config import SQLITE_FILE, Settings
from drills.running_site import RunningSite, fresh_database, start, until
from helpcenter.backup import data_folder
from tests.cli.ballots import Ballots, ballots
from tests.cli.busy_import import get

START_SECONDS = 300
"""Several sites start in these tests, beside everything else that runs."""
pytestmark = [
    pytest.mark.alike,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc"),
]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copying") / "data"


@pytest.fixture(scope="module")
def database_url(settings: Settings) -> str:
    return fresh_database(settings.database_url)


@pytest.fixture(scope="module")
def votes(data_dir: Path, database_url: str) -> Iterator[Ballots]:
    site = running(data_dir, database_url)
    try:
        yield ballots(site, data_dir.parent / "articles", data_dir, database_url)
    finally:
        site.stop()


def running(data_dir: Path, database_url: str) -> RunningSite:
    site = RunningSite(data_dir, database_url, log_level="ERROR", HELPCENTER_LIMITS_ENABLED="no")
    assert until(site.answers, START_SECONDS), site.stop()
    return site


def run(*words: str, data_dir: Path, database_url: str) -> tuple[int, str]:
    """Run a command to its end: exit code and what it wrote."""
    process = start(*words, HELPCENTER_DATA_DIR=str(data_dir), HELPCENTER_DATABASE_URL=database_url)
    out, err = process.communicate(timeout=300)
    return process.returncode, out + err


def other(database_url: str, name: str, folder: Path) -> str:
    """The address of an empty database of the same kind."""
    if not database_url:
        return f"sqlite:///{folder / name}.sqlite3"
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(database_url).set(database=name).render_as_string(hide_password=False)


def counted(url: str) -> tuple[int, int]:
    """Votes that are kept, and votes that the article shows."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT (SELECT count(*) FROM helpful_vote), (SELECT coalesce(sum(yes), 0) FROM helpful_tally)")
        ).one()
    engine.dispose()
    return int(found[0]), int(found[1])


def test_a_copy_made_while_people_vote_holds_all_that_was_acknowledged_and_nothing_half(
    votes: Ballots, data_dir: Path, database_url: str, tmp_path: Path
) -> None:
    with votes.kept_coming():
        before = votes.acknowledged
        code, wrote = run("backup", "--keep", "3", data_dir=data_dir, database_url=database_url)
        assert code == 0, wrote
    written = next((data_dir / "backups").iterdir())
    known = {*data_folder.KEPT, *data_folder.MADE_AGAIN, *data_folder.OF_THE_MOMENT, *data_folder.ELSEWHERE}
    assert {path.name for path in data_dir.iterdir()} <= known

    back = tmp_path / "back"
    url = other(database_url, "back", tmp_path) if database_url else ""
    assert run("restore", str(written), data_dir=back, database_url=url)[0] == 0
    kept, shown = counted(url or f"sqlite:///{back / SQLITE_FILE}")
    assert before <= kept == shown <= votes.acknowledged + len(votes.broken)
    assert (back / "secret_key").read_text() == (data_dir / "secret_key").read_text()
    site = running(back, url)
    try:
        article = votes.path.removesuffix("/vote")
        assert get(site, article)[0] in (200, 301)
        assert "page-1" in get(site, "/en/search?q=ledger")[1]
        ballot = Ballots(site, votes.path, votes.form)
        assert [ballot.cast() for _ in range(3)] == [200] * 3
    finally:
        site.stop()


def test_no_vote_is_lost_on_the_way_to_another_database(
    votes: Ballots, data_dir: Path, database_url: str, tmp_path: Path
) -> None:
    url = other(database_url, "moved", tmp_path)
    with votes.kept_coming():
        code, wrote = run("move", "--to", url, data_dir=data_dir, database_url=database_url)
        assert code == 0, wrote
        assert "HELPCENTER_DATABASE_URL=" in wrote
        old = counted(database_url or f"sqlite:///{data_dir / SQLITE_FILE}")
        acknowledged = votes.acknowledged
        assert votes.cast() == 503
        assert get(votes.site, "/en/")[0] == 200
        assert json.loads(get(votes.site, "/readyz")[1])["status"] == "degraded"
        code, wrote = run("people", "add", "new@example.org", data_dir=data_dir, database_url=database_url)
        assert (code, "nothing can be saved" in wrote) == (1, True), wrote
        assert counted(url) == old
        assert acknowledged <= old[0] <= acknowledged + len(votes.broken)
        code, wrote = run("move", "--cancel", data_dir=data_dir, database_url=database_url)
        assert code == 0, wrote
    assert votes.statuses[503] > 0
    assert counted(url) == old


def test_a_site_that_was_brought_back_in_part_does_not_start(tmp_path: Path) -> None:
    (tmp_path / data_folder.RESTORING).write_text("{}")
    code, wrote = run("serve", data_dir=tmp_path, database_url="")
    assert code == 1
    assert "holds half a site" in wrote
