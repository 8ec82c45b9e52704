"""The log of a site: no word of a person is in it, and the manual knows every line."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import ROOT
from drills.smtp_server import SmtpServer
from helpcenter.accounts import setup
from helpcenter.core import jobs
from helpcenter.core.db import db
from helpcenter.core.mail import OutgoingMail
from helpcenter.core.page_store import SESSION_COOKIE
from tests.accounts.letterbox import newest_link
from tests.cast import PASSWORD, Cast, email_of
from tests.house.source import Module, modules
from tests.shelf import put_article
from tests.support.letters_to_us import kept, written

MANUAL = ROOT / "articles" / "en" / "operators" / "read-the-log.md"
TELLING = {"debug", "info", "warning", "error", "exception", "log", "failure"}
NEW = "a new and secret password of Ben"
WORD = "zorblaxo"
"""Stands in everything that somebody types."""


@pytest.fixture
def sending(make_app: Any) -> Iterator[tuple[Flask, SmtpServer]]:
    """A site with limits whose mail server takes no email of Cleo's."""
    with SmtpServer() as server:
        made = make_app(
            mail_server="127.0.0.1", mail_port=server.port, mail_use_tls=False, mail_from="help@example.org"
        )
        with made.app_context():
            yield made, server


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def reset(browser: FlaskClient, name: str) -> str:
    """Ask for a new password and choose it: the link that was followed."""
    browser.post("/reset", data={"email": email_of(name)})
    link = newest_link(email_of(name))
    assert browser.get(link).status_code == 200
    assert browser.post(link, data={"password": NEW}).status_code == 303
    return link


def secrets_of(*links: str) -> list[str]:
    """The parts of links that let somebody in."""
    return [part for link in links for part in re.split(r"[/?=&]", link) if len(part) >= 20]


def drive(app: Flask, cast: Cast) -> list[str]:
    """Everything by which a person says something that is nobody else's business: what must not be told."""
    browser, ben = app.test_client(), cast.browser("ben")
    cookie = ben.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    article = put_article("Refunds", "Money.")
    for typed in (f"{WORD} wrong", PASSWORD):
        browser.post("/login", data={"email": email_of("ben"), "password": typed})
    app.test_client().post("/register", data={"email": f"{WORD}@example.org", "password": NEW, "name": WORD})
    link = reset(app.test_client(), "ben")
    confirmation = newest_link(f"{WORD}@example.org")
    app.test_client().get(confirmation)
    admin = setup.link() or ""
    app.test_client().get(admin.removeprefix("http://localhost"))
    wrong = app.test_client().get("/reset/" + "aB3" * 14)
    assert wrong.status_code in (404, 410)
    written(app.test_client(), message=f"My {WORD} is broken. " * 3, name=WORD, email=f"{WORD}@example.org")
    (row,) = kept()
    address = f"/en/conversations/{row.id}?key={row.key}"
    assert app.test_client().get(address).status_code in (200, 302, 303)
    cast.browser("sam").post(
        f"/inbox/{row.id}/messages", data={"message": f"{WORD}, we know", "version": str(row.version)}
    )
    app.test_client().get(f"/en/search?q={WORD}", headers={"User-Agent": WORD, "Referer": f"http://x.example/{WORD}"})
    browser.post(f"/en/articles/{article}/vote", data={"helpful": "no", "comment": WORD})
    browser.get("/login/product?token=" + "aB3" * 40)
    browser.get(f"/preferences?{WORD}=1", environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
    lines = list(db.session.scalars(select(OutgoingMail.text)))
    assert len(lines) >= 4, "a link to confirm with, one for a password, a copy of the message, the reply"
    words = [WORD, PASSWORD, NEW, cookie.value, row.key, "example.org", "203.0.113.7", "aB3" * 14]
    return [*words, *secrets_of(link, confirmation, admin), *(text.split("\n")[0] for text in lines)]


def test_no_word_address_password_or_token_of_a_person_is_in_the_log(
    sending: tuple[Flask, SmtpServer], cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    app, server = sending
    capsys.readouterr()
    hidden = drive(app, cast)
    server.refuse_recipient = "550 there is no ben@example.org here"
    jobs.run_due(app)
    lines = told(capsys)
    assert len([line for line in lines if line["logger"] == "helpcenter.requests"]) > 15
    assert any("was not sent" in line.get("message", "") for line in lines)
    whole = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    assert len(hidden) > 12
    assert not [word for word in hidden if word and word in whole]


def test_an_email_is_followed_from_the_request_that_caused_it_to_the_mail_server(
    sending: tuple[Flask, SmtpServer], cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    app, _ = sending
    cast.id_of("ben")
    capsys.readouterr()
    answer = app.test_client().post("/reset", data={"email": email_of("ben")})
    jobs.run_one(app, jobs.rules(app)["mail: send"])
    lines = told(capsys)
    of_request = [line for line in lines if line.get("request_id") == answer.headers["X-Request-Id"]]
    (queued,) = [line["message"] for line in of_request if line["logger"] == "helpcenter.mail"]
    number = re.fullmatch(r"email (\d+) is queued: \w+", queued)
    assert number
    (sent,) = [line for line in lines if line.get("message") == f"email {number[1]} was sent"]
    assert "request_id" not in sent


def test_what_was_undone_queues_nothing_in_the_log(
    sending: tuple[Flask, SmtpServer], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    app, _ = sending
    cast.id_of("ben")
    db.session.rollback()

    def breaks(_connection: Any) -> None:
        raise OSError("the disk")

    monkeypatch.setattr(db.engine.dialect, "do_commit", breaks)
    capsys.readouterr()
    assert app.test_client().post("/reset", data={"email": email_of("ben")}).status_code >= 500
    assert not [line for line in told(capsys) if line["logger"] == "helpcenter.mail"]


def messages(module: Module) -> Iterator[str]:
    """The words of each line a module can write, with … for what is filled in."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in TELLING:
            continue
        owner = node.func.value
        if isinstance(owner, ast.Name) and owner.id in ("log", "logs", "logger", "_LOG"):
            words = next((one.value for one in node.args if isinstance(one, ast.Constant)), None)
            if isinstance(words, str):
                yield re.sub(r"%(\.\d)?[sdf]", "…", words)


def test_the_manual_knows_every_line_of_the_log() -> None:
    page = MANUAL.read_text()
    found = {words for module in modules() for words in messages(module)}
    assert len(found) > 20
    assert not [words for words in found if f"`{words}`" not in page]


def test_the_examples_of_the_manual_have_the_fields_that_it_names() -> None:
    page = MANUAL.read_text()
    examples = [json.loads(line) for line in page.split("\n") if line.startswith("{")]
    named = set(re.findall(r"^\| `(\w+)` \|", page.partition("## Lines")[0], re.MULTILINE))
    assert len(examples) >= 5
    assert {name for line in examples for name in line} == named
