from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from helpcenter.demo.plan import Readable, acts

pytestmark = pytest.mark.alike

START = datetime(2026, 3, 2, tzinfo=UTC)
SHELF = [Readable(n, n * 10, "en", f"Tutorial number {n}", 1, 90, 4) for n in range(1, 6)]


def test_the_same_seed_gives_the_same_readers() -> None:
    assert list(acts(SHELF, START, 20)) == list(acts(SHELF, START, 20))


def test_every_act_falls_into_the_time_that_was_asked_for() -> None:
    times = [act.at for act in acts(SHELF, START, 20)]
    assert min(times) >= START
    assert max(times) < START + timedelta(days=21)


def test_readers_search_read_vote_and_get_stuck() -> None:
    kinds = {act.kind for act in acts(SHELF, START, 60)}
    assert kinds == {"searched", "viewed", "read", "voted", "step_stuck"}


def test_some_readers_look_for_what_nobody_wrote() -> None:
    lost = [act for act in acts(SHELF, START, 60) if act.kind == "searched" and act.article is None]
    assert len(lost) > 5


def test_a_site_without_articles_has_only_searches() -> None:
    assert {act.kind for act in acts([], START, 10)} <= {"searched"}
