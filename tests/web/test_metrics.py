from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from config import ROOT, Settings, SettingsRefused, load
from helpcenter.core import clock, mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.metrics import counts, database_error, exposition
from helpcenter.core.metrics.gauge import Gauge, Reading
from helpcenter.core.metrics.route import ROUTES, number_of
from helpcenter.search import outbox
from tests.cast import Cast
from tests.core.metrics import strict
from tests.core.metrics.strict import Family
from tests.shelf import put_article
from tests.support.letters_to_us import opened

TOKEN = "a token that only the monitor knows, long enough"


@pytest.fixture
def monitored(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site with a token set; a job loop that ran in this process before may count elsewhere."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, metrics_token=TOKEN))
    monkeypatch.setattr(counts, "here", counts.Counts())
    return app


def asked(browser: FlaskClient, token: str = TOKEN, kind: str = "Bearer") -> Any:
    return browser.get("/metrics", headers={"Authorization": f"{kind} {token}"})


def read(browser: FlaskClient) -> dict[str, Family]:
    answer = asked(browser)
    assert (answer.status_code, answer.content_type) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    return strict.read(answer.text)


def plain(families: dict[str, Family]) -> dict[str, float]:
    """The numbers of what has no labels."""
    return {name: family.value() for name, family in families.items() if (name, frozenset()) in family.samples}


def test_nobody_without_the_token_learns_that_there_is_such_a_page(monitored: Flask, cast: Cast) -> None:
    strangers = monitored.test_client(), cast.browser("root")
    nowhere = strangers[0].get("/metrix")
    for browser in strangers:
        for answer in (browser.get("/metrics"), asked(browser, "wrong"), asked(browser, TOKEN, "Basic")):
            assert (answer.status_code, answer.content_type) == (nowhere.status_code, nowhere.content_type)
            assert "helpcenter_" not in answer.text
    assert asked(strangers[0], kind="bearer").status_code == 200


def test_without_a_token_in_the_settings_there_is_none(stranger: FlaskClient) -> None:
    assert asked(stranger, "").status_code == asked(stranger).status_code == 404


def test_every_line_is_as_the_format_wants_it(monitored: Flask, stranger: FlaskClient) -> None:
    families = read(stranger)
    assert {family.kind for family in families.values()} == {"counter", "gauge", "histogram"}
    assert families["helpcenter_unreadable_metrics"].value() == 0
    assert families["helpcenter_requests_total"].value(route="team", status="500") >= 0


def test_requests_move_their_numbers(monitored: Flask, stranger: FlaskClient) -> None:
    put_article("Refunds", "Money.")
    before = read(stranger)
    for path in ("/en/", "/en/", "/nowhere"):
        stranger.get(path)
    after = read(stranger)

    def rise(name: str, suffix: str = "", **labels: str) -> float:
        now, then = (families[f"helpcenter_{name}"] for families in (after, before))
        key = f"helpcenter_{name}{suffix}", frozenset(labels.items())
        return now.samples[key] - then.samples.get(key, 0)

    assert rise("requests_total", route="home", status="200") == 2
    assert rise("requests_total", route="other", status="404") == 1
    assert rise("request_duration_seconds", "_count", route="home") == 2
    assert rise("request_duration_seconds", "_sum", route="home") > 0
    assert rise("kept_pages_total", result="hit") == rise("kept_pages_total", result="miss") == 1


def test_what_waits_is_told_with_how_long(monitored: Flask, stranger: FlaskClient, cast: Cast) -> None:
    was = plain(read(stranger))
    with clock.moved(clock.now() - timedelta(minutes=10)):
        opened("My money is gone.")
        begin_write()
        mail.queue("ben@example.org", "Hello", "Text", kind="test", dedupe_key="one")
        outbox.note("article", 1)
        db.session.commit()
    cast.browser("ben")
    now = plain(read(stranger))
    told = {name.removeprefix("helpcenter_"): now[name] - was.get(name, 0) for name in now}
    assert told["conversations_waiting"] == 1
    assert told["mail_held"] >= 1 and told["mail_waiting"] == 0
    assert told["search_changes_waiting"] >= 1
    assert told["sessions_active"] == 1
    for name in ("conversations_oldest_wait_seconds", "search_oldest_change_seconds"):
        assert 600 <= told[name] < 900


def test_an_email_that_is_due_counts_from_when_it_was_written(
    monitored: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "is_sent", lambda: True)
    with clock.moved(clock.now() - timedelta(minutes=10)):
        begin_write()
        mail.queue("ben@example.org", "Hello", "Text", kind="test", dedupe_key="one")
        mail.queue("ben@example.org", "Later", "Text", kind="test", dedupe_key="two", after=timedelta(hours=1))
        db.session.commit()
    families = read(stranger)
    assert families["helpcenter_mail_waiting"].value() == 2
    assert 600 <= families["helpcenter_mail_oldest_wait_seconds"].value() < 900


def test_no_number_of_a_person_and_no_word_of_theirs_is_among_them(
    monitored: Flask, stranger: FlaskClient, cast: Cast
) -> None:
    put_article("Canary", "canary")
    cast.browser("ben")
    stranger.get("/en/search?q=canary", headers={"User-Agent": "canary"})
    stranger.get("/canary/canary")
    told = asked(stranger).text
    assert "canary" not in told.lower() and "ben" not in told.replace("number", "") and "@" not in told
    assert "127.0.0.1" not in told


def test_with_the_database_away_the_process_still_tells_what_it_knows(
    monitored: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr(db.session, "execute", away)
    monkeypatch.setattr(db.session, "scalar", away)
    families = read(stranger)
    assert families["helpcenter_unreadable_metrics"].value() >= 4
    assert families["helpcenter_requests_total"].samples
    assert families["helpcenter_data_free_bytes"].value() > 0
    assert families["helpcenter_check_ok"].value(check="database") == 0
    assert "helpcenter_conversations_waiting" not in families


@pytest.mark.alike
def test_an_error_of_the_database_is_counted_by_its_kind() -> None:
    problems = []
    for statement, rows in (("SELECT * FROM nowhere", ()), ("INSERT INTO one VALUES (1)", ())):
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO one VALUES (1)")
        with pytest.raises(sqlite3.Error) as told:
            connection.execute(statement, rows)
        problems.append(told.value)
    assert [database_error.kind_of(one) for one in problems] == ["other", None]
    busy, full = sqlite3.OperationalError("locked"), sqlite3.OperationalError("full")
    busy.sqlite_errorcode, full.sqlite_errorcode = sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL  # type: ignore[misc]
    assert [database_error.kind_of(one) for one in (busy, full)] == ["busy", "full"]


def test_the_engine_counts_its_errors(app: Flask) -> None:
    before = counts.here.own()
    with pytest.raises(Exception, match="nowhere"), db.engine.connect() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")
    after = counts.here.own()
    assert sum(after) - sum(before) == 1


def test_words_in_a_label_can_not_break_out_of_it() -> None:
    hostile = 'a"b\\c\nd} 1'
    told = "".join(exposition.of_readings([Reading(Gauge("odd", "Line\none"), {(("check", hostile),): 1.5})]))
    (family,) = strict.read(told).values()
    assert list(family.samples.values()) == [1.5]


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Any) -> None:
    with pytest.raises(SettingsRefused, match="HELPCENTER_METRICS_TOKEN"):
        load({"HELPCENTER_DATA_DIR": str(tmp_path), "HELPCENTER_METRICS_TOKEN": "monitor"})


def test_every_route_is_of_a_kind(app: Flask) -> None:
    paths = [rule.rule.replace("<locale:locale>", "en") for rule in app.url_map.iter_rules()]
    assert not [path for path in paths if ROUTES[number_of(path)] == "other" and not path.startswith("/probe")]


def test_the_manual_explains_every_metric_and_no_other(monitored: Flask, stranger: FlaskClient) -> None:
    page = (ROOT / "articles" / "en" / "operators" / "metrics.md").read_text()
    explained = set(re.findall(r"^\| `(helpcenter_\w+)` \|", page, re.MULTILINE))
    assert explained == set(read(stranger))
    for name in re.findall(r"helpcenter_\w+", page):
        assert name.removesuffix("_bucket") in explained
    assert all(f"`{route}`" in page for route in ROUTES)
