"""Two hosts with an address each, and one database: what happens on one is so on the other."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

from drills.asking import Answer, ask
from drills.can_not_run import CanNotRun
from drills.drill import Drill
from drills.lost_host import also_on, lose, two_hosts
from drills.own_postgres import programs
from drills.running_site import RunningSite, until
from drills.scene import Scene
from tests.cli.busy_import import bring_in

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="makes hosts of network namespaces"),
    # It brings a PostgreSQL of its own.
    pytest.mark.alike,
]
SOON_SECONDS = 2
ALLOWED_ATTEMPTS = 30
OFTEN = 12
CONTENTS = "/en/"


@dataclass(frozen=True)
class Two:
    """The first host with everything a drill needs, and the site on the second one."""

    scene: Scene
    folder: Path

    @property
    def second(self) -> RunningSite:
        """The site on the second host."""
        return self.scene.others[0]

    def on_first(self, path: str, **more: object) -> Answer:
        """Ask the first host."""
        return ask(self.scene.site.port, path, host=self.scene.site.address, **more)  # type: ignore[arg-type]

    def on_second(self, path: str, **more: object) -> Answer:
        """Ask the second host."""
        return ask(self.second.port, path, host=self.second.address, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    if programs() is None:
        if os.environ.get("HELPCENTER_TESTS_COMPLETE") == "1":
            pytest.fail("PostgreSQL is missing, and every test must run")
        pytest.skip("PostgreSQL is missing")
    folder = tmp_path_factory.mktemp("hosts")
    with ExitStack() as ended:
        try:
            where = ended.enter_context(two_hosts(folder))
        except CanNotRun as reason:
            pytest.skip(str(reason))
        yield Two(where, folder)


def publish(two: Two, title: str, text: str) -> None:
    """Bring one article in on the first host: a new one, or another text of it."""
    place = two.folder / "more" / "en" / "ledger"
    place.mkdir(parents=True, exist_ok=True)
    (place / "seal.md").write_text(f"---\ntitle: {title}\n---\n\n{text}\n")
    code, wrote = bring_in(two.folder / "more", two.folder / "one", two.scene.database_url)
    assert code == 0, wrote


def often_on_second(two: Two, path: str) -> list[str]:
    """A page of the second host, so often that each of its processes was asked and keeps it."""
    answers = [two.on_second(path) for _ in range(OFTEN)]
    assert {answer.status for answer in answers} == {200}
    return [answer.text for answer in answers]


def test_what_is_published_on_one_is_served_and_found_on_the_other(two: Two) -> None:
    before = often_on_second(two, CONTENTS)
    publish(two, "Seal the ledger", "Press the quillwort stamp.")
    assert not any("Seal the ledger" in page for page in before)
    assert until(lambda: all("Seal the ledger" in page for page in often_on_second(two, CONTENTS)), SOON_SECONDS)
    assert until(lambda: "Seal the ledger" in two.on_second("/en/search?q=quillwort").text)


def test_a_page_that_is_kept_on_one_follows_what_is_published_on_the_other(two: Two) -> None:
    publish(two, "Seal the book", "Press the quillwort stamp.")
    path = re.search(r'href="(/en/articles/\d+-seal)"', two.on_second(CONTENTS).text)
    assert path
    kept = often_on_second(two, path[1]), often_on_second(two, CONTENTS)
    publish(two, "Seal the book twice", "Press the brambleroot stamp.")
    assert until(lambda: all("brambleroot" in page for page in often_on_second(two, path[1])), SOON_SECONDS)
    assert until(lambda: all("Seal the book twice" in page for page in often_on_second(two, CONTENTS)), SOON_SECONDS)
    assert not any(new in page for pages in kept for page in pages for new in ("brambleroot", "Seal the book twice"))


def test_a_session_of_one_is_known_on_the_other(two: Two) -> None:
    assert two.on_second("/preferences", cookie=two.scene.ground.cookie).status == 200
    assert two.on_second("/preferences").status != 200


def test_a_message_sent_on_one_appears_on_the_other_within_two_seconds(two: Two) -> None:
    ground = two.scene.ground
    page = ground.messages_path.replace("/messages", "")
    assert two.on_first(ground.messages_path, fields={"message": "Sent on the first host."}).status == 303
    began = monotonic()
    while "Sent on the first host." not in two.on_second(page).text:
        assert monotonic() - began < SOON_SECONDS
        sleep(0.1)


def test_a_vote_on_one_counts_on_the_other(two: Two) -> None:
    ground = two.scene.ground
    fields = {"revision_id": ground.revision, "answer": "yes"}
    for ask_there in (two.on_first, two.on_second):
        answer = ask_there(ground.vote_path, cookie=f"hc_visitor={'d' * 32}", fields=fields)
        assert answer.status == 200
    assert re.search(r"\bhelp", answer.text)


def test_a_limit_that_was_used_up_on_one_is_used_up_on_the_other(two: Two) -> None:
    limits = {"HELPCENTER_LIMITS_ENABLED": "yes", "HELPCENTER_WORKERS": "1"}
    first, second = two.scene.host, two.second.host
    assert first and second
    with (
        also_on(first, two.scene, two.folder / "one", **limits) as here,
        also_on(second, two.scene, two.folder / "two", **limits) as there,
    ):
        guess = {"email": "cleo@example.org", "password": "not this one"}

        def status(site: RunningSite) -> int:
            return ask(site.port, "/login", host=site.address, fields=guess).status

        tried = [status(here) for _ in range(ALLOWED_ATTEMPTS)]
        assert 429 in tried
        assert status(there) == 429


def test_nothing_acknowledged_is_lost_with_a_host_that_vanishes(two: Two) -> None:
    drill = Drill("one of two hosts lost", lose, setting=two_hosts)
    verdict = drill.run_on(two.scene)
    assert drill.broken(verdict) == []
    assert verdict.lost == verdict.doubled == verdict.half_written == 0
    assert verdict.acknowledged
