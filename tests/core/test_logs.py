from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core import logs


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def written(message: str, *arguments: object) -> str:
    return logs.JsonLines().format(logging.LogRecord("a", logging.INFO, "", 0, message, arguments, None))


def test_a_request_leaves_one_line_that_says_what_happened(probe: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    answer = probe.test_client().get("/probe/en/page?q=my+secret+question")
    (line,) = lines(capsys)
    assert {name: line[name] for name in ("method", "path", "status", "request_id", "level")} == {
        "method": "GET",
        "path": "/probe/en/page",
        "status": 200,
        "request_id": answer.headers["X-Request-Id"],
        "level": "info",
    }
    assert line["milliseconds"] >= 0


def test_no_line_tells_who_asked_or_what_was_typed(probe: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    browser = probe.test_client()
    proxied = {"REMOTE_ADDR": "203.0.113.7"}
    browser.get("/probe/reset/short-token-canary", environ_overrides=proxied)
    browser.get("/probe/reset/x", query_string={"q": "canary"}, environ_overrides=proxied)
    browser.post("/probe/write", data={"body": "canary"}, headers={"Cookie": "hc_session=canary"})
    browser.get("/probe/broken", environ_overrides=proxied)
    told = capsys.readouterr().err
    assert "canary" not in told
    assert "203.0.113.7" not in told
    assert "ben@example.org" not in told
    assert "/probe/reset/" in told
    assert "ValueError" in told


def test_a_failure_is_told_under_the_name_of_its_request(probe: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    answer = probe.test_client().get("/probe/broken")
    told = lines(capsys)
    assert [line["logger"] for line in told] == ["helpcenter.failures", "helpcenter.requests"]
    assert {line["request_id"] for line in told} == {answer.headers["X-Request-Id"]}
    assert "ValueError" in told[0]["exception"]


def test_the_name_of_a_request_comes_from_outside_only_through_a_proxy(make_app: Any) -> None:
    given = {"X-Request-Id": "from-the-proxy-1"}
    assert make_app().test_client().get("/healthz", headers=given).headers["X-Request-Id"] != "from-the-proxy-1"
    behind = make_app(proxy_count=1).test_client()
    assert behind.get("/healthz", headers=given).headers["X-Request-Id"] == "from-the-proxy-1"
    assert behind.get("/healthz", headers={"X-Request-Id": "a b\tc!"}).headers["X-Request-Id"] != "a b\tc!"


@given(st.text())
def test_whatever_is_told_stays_on_one_line_of_printable_ascii(message: str) -> None:
    line = written("%s", message)
    assert all(32 <= ord(character) < 127 for character in line)
    json.loads(line)


@pytest.mark.parametrize(
    ("message", "cleaned"),
    [
        ("GET /search?q=private HTTP/1.1", "GET /search?… HTTP/1.1"),
        ("mail to ada.b+c@example.org failed", "mail to [address] failed"),
        ("from 203.0.113.7 now", "from [address] now"),
        ("from 2001:db8::17 now", "from [address] now"),
        ("Listening at: http://127.0.0.1:8000", None),
        ("Listening at: http://[::1]:8000", None),
        ("from 12.127.0.1 now", "from [address] now"),
        ("token kJ8sQ2xV7pLm4Nr9Tz3Wd0 was wrong", "token … was wrong"),
        ("hash 0123456789abcdef0123456789abcdef", "hash …"),
        ("at 12:30:45 release 2.7.4 of how-to-change-your-password-today", None),
        ("sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) VALUES (?, ?)", None),
    ],
)
def test_what_could_name_or_admit_somebody_is_left_out(message: str, cleaned: str | None) -> None:
    assert logs.clean(message) == (cleaned or message)


def test_the_lines_of_the_server_are_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    capsys.readouterr()
    logging.getLogger("_granian").error("Unexpected exit\nfrom worker-1")
    logging.getLogger("werkzeug").info('203.0.113.7 "GET /?q=canary"')
    logging.getLogger("werkzeug").error("it broke")
    assert [line["message"] for line in lines(capsys)] == ["Unexpected exit\nfrom worker-1", "it broke"]


@pytest.mark.parametrize(("level", "told"), [("INFO", []), ("WARNING", []), ("DEBUG", ["set up", "spawned"])])
def test_what_others_say_at_a_start_is_for_whoever_looks_closely(
    capsys: pytest.CaptureFixture[str], level: str, told: list[str]
) -> None:
    try:
        logs.configure(level)
        capsys.readouterr()
        logging.getLogger("alembic.runtime.plugins").info("set up")
        logging.getLogger("_granian").info("spawned")
        assert [line["message"] for line in lines(capsys)] == told
    finally:
        logs.configure()
