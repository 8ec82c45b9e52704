from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from limits.errors import StorageError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from config import Settings
from helpcenter.core import clock, jobs, limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.limits import LimitCounter, TableStorage
from helpcenter.core.refusals import TooMany


@pytest.fixture
def limited(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    made = make_app(limits_enabled=True)
    with made.app_context():
        yield made


def statuses(app: Flask, count: int, **environ: str) -> list[int]:
    browser = app.test_client()
    return [browser.post("/probe/limited", environ_overrides=environ).status_code for _ in range(count)]


def test_writes_past_the_rate_are_refused_with_when_to_come_back(limited: Flask) -> None:
    with clock.moved(clock.now()):
        assert statuses(limited, 4) == [200, 200, 200, 429]
        refused = limited.test_client().post("/probe/limited")
        assert 1 <= int(refused.headers["Retry-After"]) <= 61


def test_reading_is_never_counted(limited: Flask) -> None:
    browser = limited.test_client()
    assert {browser.get("/probe/limited").status_code for _ in range(9)} == {200}
    assert db.session.scalars(select(LimitCounter)).all() == []


def test_the_next_window_begins_afresh(limited: Flask) -> None:
    now = clock.now()
    with clock.moved(now):
        assert statuses(limited, 4)[-1] == 429
    with clock.moved(now + timedelta(seconds=59)):
        assert statuses(limited, 1) == [429]
    with clock.moved(now + timedelta(seconds=61)):
        assert statuses(limited, 4) == [200, 200, 200, 429]


def test_each_address_has_a_count_of_its_own_and_one_ipv6_network_has_one(limited: Flask) -> None:
    assert statuses(limited, 4, REMOTE_ADDR="203.0.113.7")[-1] == 429
    assert statuses(limited, 1, REMOTE_ADDR="203.0.113.8") == [200]
    for host in ("1", "2", "3"):
        assert statuses(limited, 1, REMOTE_ADDR=f"2001:db8:0:1::{host}") == [200]
    assert statuses(limited, 1, REMOTE_ADDR="2001:db8:0:1:ffff::9") == [429]
    assert statuses(limited, 1, REMOTE_ADDR="2001:db8:0:2::1") == [200]
    assert statuses(limited, 1, REMOTE_ADDR="::ffff:203.0.113.7") == [429]


def test_a_port_that_a_proxy_passes_on_makes_neither_many_counts_nor_one_for_all(limited: Flask) -> None:
    assert statuses(limited, 4, REMOTE_ADDR="203.0.113.7:50001")[-1] == 429
    assert statuses(limited, 1, REMOTE_ADDR="203.0.113.7:50002") == [429]
    assert statuses(limited, 1, REMOTE_ADDR="203.0.113.8:50001") == [200]
    assert statuses(limited, 4, REMOTE_ADDR="[2001:db8:0:1::1]:50001")[-1] == 429
    assert statuses(limited, 1, REMOTE_ADDR="2001:db8:0:1::2") == [429]
    assert statuses(limited, 1, REMOTE_ADDR="[2001:db8:0:2::1]") == [200]


def test_a_forwarded_address_counts_only_when_a_proxy_is_vouched_for(
    limited: Flask, make_app: Callable[..., Flask]
) -> None:
    def forwarded(app: Flask) -> list[int]:
        browser = app.test_client()
        return [
            browser.post("/probe/limited", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(4)
        ]

    assert forwarded(limited) == [200, 200, 200, 429]
    assert forwarded(make_app(limits_enabled=True, proxy_count=1)) == [200, 200, 200, 200]


def test_a_site_can_switch_limits_off(probe: Flask) -> None:
    assert set(statuses(probe, 9)) == {200}


def test_each_of_several_rates_holds(limited: Flask) -> None:
    now = clock.now()
    for minutes in range(4):
        with clock.moved(now + timedelta(minutes=2 * minutes)):
            limits.spend("1 per minute; 4 per hour", "x", "account:7")
    with clock.moved(now + timedelta(minutes=10)), pytest.raises(TooMany):
        limits.spend("1 per minute; 4 per hour", "x", "account:7")


def test_scopes_and_keys_do_not_share_a_count(limited: Flask) -> None:
    limits.spend("1 per hour", "a", "one")
    limits.spend("1 per hour", "a", "two")
    limits.spend("1 per hour", "b", "one")
    with pytest.raises(TooMany):
        limits.spend("1 per hour", "a", "one")
    limits.forgive("1 per hour", "a", "one")
    limits.spend("1 per hour", "a", "one")


def test_the_table_holds_no_address(limited: Flask) -> None:
    limits.spend("5 per hour", "sign-in", "ben@example.org")
    (row,) = db.session.scalars(select(LimitCounter)).all()
    assert "ben" not in row.key
    assert "sign-in" not in row.key


def test_a_limit_inside_a_write_is_a_mistake_that_is_told(limited: Flask) -> None:
    begin_write()
    with pytest.raises(RuntimeError, match="before begin_write"):
        limits.spend("5 per hour", "x", "one")


def test_counters_of_the_past_are_forgotten(limited: Flask) -> None:
    limits.spend("5 per minute", "x", "one")
    with clock.moved(clock.now() + timedelta(hours=2)):
        jobs.run_due(limited)
        assert db.session.scalars(select(LimitCounter)).all() == []


def test_the_library_can_ask_for_the_database_and_forget_every_count(limited: Flask) -> None:
    limits.spend("5 per hour", "x", "one")
    limits.spend("5 per hour", "x", "two")
    storage = TableStorage()
    assert storage.check()
    assert (storage.reset(), storage.reset()) == (2, 0)
    assert db.session.scalars(select(LimitCounter)).all() == []


def test_the_library_knows_the_errors_of_the_database(limited: Flask) -> None:
    with pytest.raises(StorageError) as problem:
        TableStorage(wrap_exceptions=True).incr("a", 60, amount=None)  # type: ignore[arg-type]
    assert isinstance(problem.value.storage_error, IntegrityError)


def test_two_processes_share_a_count(limited: Flask, settings: Settings) -> None:
    command = [sys.executable, "-m", "tests.core.limit_process", str(settings.data_dir), settings.database_url]
    running = [subprocess.Popen([*command, "30", "25 per hour"], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sum(int(process.communicate(timeout=60)[0]) for process in running) == 25
