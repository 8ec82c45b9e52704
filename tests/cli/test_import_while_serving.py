from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from config import Settings
from drills.running_site import RunningSite, fresh_database, until
from tests.cli import busy_import
from tests.cli.busy_import import bring_in, get, missing, neighbours_on, read_meanwhile, soon_found

pytestmark = [
    pytest.mark.alike,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc"),
]
ARTICLES = 200


@pytest.fixture
def database_url(settings: Settings) -> str:
    return fresh_database(settings.database_url)


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[RunningSite]:
    running = RunningSite(tmp_path / "data", database_url, log_level="WARNING")
    try:
        assert until(running.answers)
        yield running
    finally:
        running.stop()


def test_readers_and_searchers_notice_nothing_of_an_import(
    site: RunningSite, database_url: str, tmp_path: Path
) -> None:
    folder, data_dir = tmp_path / "articles", tmp_path / "data"
    busy_import.write(folder, range(1, 2))
    assert bring_in(folder, data_dir, database_url)[0] == 0
    assert soon_found(site, 1)
    article = next(part for part in get(site, "/en/search?q=ledger")[1].split('"') if part.endswith("-page-1"))
    # Often enough that both web processes keep the page.
    assert [neighbours_on(get(site, article)[1]) for _ in range(8)] == [[]] * 8

    busy_import.write(folder, range(2, ARTICLES + 1))
    stop = Event()
    paths = [article, "/en/", "/en/search?q=ledger+page", "/en/search?q=books", "/feed.atom"]
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read_meanwhile, site, paths, stop)
        try:
            code, wrote = bring_in(folder, data_dir, database_url)
            assert soon_found(site, ARTICLES)
        finally:
            stop.set()
        seen = reading.result()
    assert (code, "locked" in wrote) == (0, False), wrote
    assert seen.broken == []
    assert set(seen.statuses) == {200}
    assert [neighbours_on(get(site, article)[1]) for _ in range(8)] == [["Ledger page 2"]] * 8
    # Each web process opens the newer index by itself, a moment after it is there.
    assert until(lambda: missing(site, range(1, ARTICLES + 1, 10)) == [])
    _, _, err = site.stop()
    assert "locked" not in err
