"""Votes over the wire, cast by many at once while something goes wrong, and how many of them were kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

from sqlalchemy import create_engine, text

from drills.running_site import RunningSite, until
from tests.cli.busy_import import bring_in, get, soon_found, write

VOTERS = 4
PAUSE_SECONDS = 0.02
"""What a voter rests after each vote: what is being mended meanwhile needs a processor too."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Ballots:
    """The form of one article; `statuses` counts the answers, `broken` the votes that got none."""

    site: RunningSite
    path: str
    form: dict[str, str]
    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        """How many were told that their vote is counted."""
        return self.statuses[200]

    def cast(self) -> int:
        """One more person says yes; the status of the answer."""
        line = HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        try:
            line.request("POST", self.path, urlencode({**self.form, "answer": "yes"}), FORM)
            answer = line.getresponse()
            answer.read()
            self.statuses[answer.status] += 1
            return answer.status
        finally:
            line.close()

    def soon_more(self, votes: int = 40) -> bool:
        """Whether so many more are acknowledged before long."""
        wanted = self.acknowledged + votes
        return until(lambda: self.acknowledged >= wanted)

    @contextmanager
    def kept_coming(self) -> Iterator[None]:
        """Several people vote again and again until the block ends."""
        stop = Event()

        def go_on(_: int) -> None:
            while not stop.wait(PAUSE_SECONDS):
                try:
                    self.cast()
                except (OSError, HTTPException) as problem:
                    self.broken.append(repr(problem))

        with ThreadPoolExecutor(VOTERS) as pool:
            voters = [pool.submit(go_on, number) for number in range(VOTERS)]
            try:
                assert self.soon_more()
                yield
                assert self.soon_more()
            finally:
                stop.set()
        for voter in voters:
            voter.result()

    def assert_all_kept(self, database_url: str) -> None:
        """Each acknowledged vote is there, each that is there is counted, and none is there that nobody cast."""
        engine = create_engine(database_url)
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT count(*) FROM helpful_vote")).scalar_one()
            counted = connection.execute(text("SELECT coalesce(sum(yes), 0) FROM helpful_tally")).scalar_one()
        engine.dispose()
        assert counted == kept
        assert self.acknowledged <= kept <= sum(self.statuses.values()) + len(self.broken)


def ballots(site: RunningSite, folder: Path, data_dir: Path, database_url: str) -> Ballots:
    """Import an article into a site that runs, and read the form of its vote."""
    write(folder, range(1, 2))
    code, wrote = bring_in(folder, data_dir, database_url)
    assert code == 0, wrote
    assert soon_found(site, 1)
    article = next(part for part in get(site, "/en/search?q=ledger")[1].split('"') if part.endswith("-page-1"))
    page = get(site, article)[1]
    action = re.search(r'action="([^"]+/vote)"', page)
    signed = re.search(r'name="revision_id" value="([^"]+)"', page)
    assert action and signed
    return Ballots(site, action[1], {"revision_id": signed[1]})
