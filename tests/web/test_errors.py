from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import ImATeapot

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import refusals
from helpcenter.core.db import begin_write, db
from helpcenter.web import errors
from helpcenter.web.error_table import WORDS, words_for
from tests.conftest import Browser


def sqlite_error(message: str) -> OperationalError:
    return OperationalError("INSERT", {}, sqlite3.OperationalError(message))


PROBLEMS: dict[str, tuple[Callable[[], Exception], int]] = {
    "not-found": (lambda: refusals.NotFound("x"), 404),
    "forbidden": (lambda: refusals.Forbidden("x"), 403),
    "cross-site": (lambda: refusals.CrossSiteWrite(), 403),
    "gone": (lambda: refusals.Gone("Old page"), 410),
    "too-many": (lambda: refusals.TooMany(7), 429),
    "too-large": (lambda: refusals.TooLarge(), 413),
    "conflict": (lambda: refusals.Conflict(), 409),
    "some-refusal": (lambda: refusals.Refusal(), 400),
    "teapot": (lambda: ImATeapot(), 418),
    "disk-full-file": (lambda: OSError(errno.ENOSPC, "No space left on device"), 507),
    "disk-full-database": (lambda: sqlite_error("database or disk is full"), 507),
    "disk-full-server": (lambda: OperationalError("INSERT", {}, psycopg.errors.DiskFull("could not extend file")), 507),
    "locked": (lambda: sqlite_error("database is locked"), 503),
    "other-database": (lambda: sqlite_error("no such table: x"), 500),
    "unexpected": (lambda: ValueError("<b>secret</b>"), 500),
}


@pytest.fixture
def raising(app: Flask, raising_app: Flask) -> FlaskClient:
    """A browser on an app with an address for each thing that can go wrong."""
    return raising_app.test_client()


@pytest.fixture(scope="module")
def raising_app(the_app: Flask, settings: Settings) -> Flask:
    made = create_app(settings)
    made.test_client_class = Browser

    @made.route("/raise/<name>", methods=["GET", "POST"])
    @made.route("/api/raise/<name>", methods=["GET", "POST"], endpoint="raise_in_api")
    def raise_it(name: str) -> str:
        raise PROBLEMS[name][0]()

    @made.route("/members-only", methods=["GET", "POST"])
    def members_only() -> str:
        raise refusals.SignInNeeded

    @made.get("/moved")
    def moved() -> str:
        raise refusals.MovedTo("/en/here-now")

    @made.get("/replaced")
    def replaced() -> str:
        raise refusals.Gone("Old page", successor="/en/newer")

    @made.get("/write-half")
    def write_half() -> str:
        begin_write()
        db.session.execute(text("SELECT * FROM nowhere"))
        return "unreachable"

    return made


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_everything_that_goes_wrong_has_a_page(raising: FlaskClient, name: str, method: str) -> None:
    make, status = PROBLEMS[name]
    answer = getattr(raising, method)(f"/raise/{name}")
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert str(words_for(make(), status).title) in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    assert "secret" not in answer.text


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_machine_is_told_in_json(raising: FlaskClient, name: str) -> None:
    answer = raising.get(f"/api/raise/{name}")
    assert answer.status_code == PROBLEMS[name][1]
    told = answer.get_json()["error"]
    assert (told["code"], told["request_id"]) == (answer.status_code, answer.headers["X-Request-Id"])


def test_whoever_tries_again_knows_when(raising: FlaskClient) -> None:
    assert raising.post("/raise/too-many").headers["Retry-After"] == "7"
    assert int(raising.get("/raise/locked").headers["Retry-After"]) > 0
    assert "Retry-After" not in raising.get("/raise/unexpected").headers


def test_a_form_that_was_refused_says_what_became_of_the_words(raising: FlaskClient) -> None:
    assert str(WORDS[507].kept) in raising.post("/raise/disk-full-file").text
    assert str(WORDS[507].kept) not in raising.get("/raise/disk-full-file").text


def test_reading_what_needs_an_account_leads_to_sign_in_and_back(raising: FlaskClient) -> None:
    answer = raising.get("/members-only?page=2&x=a b")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?next=/members-only%3Fpage%3D2%26x%3Da%20b")


def test_writing_what_needs_an_account_says_so(raising: FlaskClient) -> None:
    answer = raising.post("/members-only")
    assert answer.status_code == 401
    assert "/login?next=" in answer.text


def test_what_moved_leads_to_where_it_is(raising: FlaskClient) -> None:
    answer = raising.get("/moved")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/here-now")


def test_what_was_taken_away_names_what_replaces_it(raising: FlaskClient) -> None:
    answer = raising.get("/replaced")
    assert answer.status_code == 410
    assert 'href="/en/newer"' in answer.text


def test_an_address_says_which_methods_it_takes(raising: FlaskClient) -> None:
    answer = raising.put("/members-only")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_head_answers_like_get_without_the_body(raising: FlaskClient) -> None:
    get, head = raising.get("/raise/not-found"), raising.head("/raise/not-found")
    assert (head.status_code, head.data) == (get.status_code, b"")


def test_a_body_past_the_limit_is_too_large(stranger: FlaskClient) -> None:
    answer = stranger.post("/login", data={"email": "x" * 9_000_000})
    assert answer.status_code == 413


def test_a_write_that_failed_half_way_leaves_the_next_request_alone(raising: FlaskClient) -> None:
    assert raising.get("/write-half").status_code == 500
    assert raising.get("/raise/not-found").status_code == 404


@pytest.mark.parametrize("path", ["/ar/nowhere", "/en/", "/raise/unexpected", "/nowhere"])
def test_an_error_page_needs_no_database(without_database: Flask, path: str) -> None:
    without_database.add_url_rule("/raise/unexpected", view_func=lambda: 1 // 0)
    answer = without_database.test_client().get(path)
    assert answer.status_code in (404, 500, 503)
    assert "<h1>" in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
    assert "Content-Security-Policy" in answer.headers
    assert 'class="error-page"' in answer.text


def test_an_error_page_needs_no_template_either(raising: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(errors, "render_template", broken)
    answer = raising.get("/raise/not-found")
    assert answer.status_code == 404
    assert "<h1>There is nothing here</h1>" in answer.text


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("/en/articles/12-how-to-pay", "how to pay"),
        ("/docs/Refund_Policy.html", "Refund Policy"),
        ("/en/articles/12", ""),
        ("/ru/%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82/", "возврат"),
        ("/", ""),
        ("/<script>alert(1)</script>", "script"),
        ("/" + "a" * 500, "a" * 80),
    ],
)
def test_an_address_that_leads_nowhere_becomes_a_search(path: str, guess: str) -> None:
    assert errors.guess_of(path) == guess


@pytest.mark.parametrize("path", ["/%3Cscript%3Ealert(1)%3C/script%3E", '/"><img src=x onerror=alert(1)>'])
def test_what_was_typed_into_the_address_stays_text(stranger: FlaskClient, path: str) -> None:
    page = stranger.get(path).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_host_that_there_can_not_be_is_refused_in_peace(
    stranger: FlaskClient, capsys: pytest.CaptureFixture[str], method: str
) -> None:
    answer = stranger.open("/login", method=method, headers={"Host": "x" * 300})
    assert answer.status_code == 400
    assert "xxx" not in answer.text
    # Anybody can send such a one, as often as they like: it is no failure of ours.
    assert '"level": "error"' not in capsys.readouterr().err


def test_the_way_back_stays_on_this_site(raising: FlaskClient) -> None:
    answer = raising.get("//evil.example/members-only")
    assert "evil.example" not in answer.headers.get("Location", "").replace("%2F", "/").split("next=")[0]
    assert "next=//" not in answer.headers.get("Location", "")
