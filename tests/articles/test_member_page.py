"""The page of an article as members see it: made once for all of them, with nothing of one on the page of another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import Client

from helpcenter.accounts.user import User
from helpcenter.articles import vote_box
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from tests.articles.test_votes import vote
from tests.cast import Cast
from tests.shelf import change_article, put_article


def change_person(cast: Cast, who: str, **values: object) -> None:
    user_id = cast.id_of(who)
    begin_write()
    db.session.execute(update(User).where(User.id == user_id).values(**values))
    db.session.commit()


def test_each_member_reads_their_own_name_and_no_other(app: Flask, cast: Cast) -> None:
    path = f"/en/articles/{put_article('Refunds')}-refunds"
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    for _ in range(2):
        pages = [browser.get(path) for browser in (ben, cleo)]
        assert [("Ben" in page.text, "Cleo" in page.text) for page in pages] == [(True, False), (False, True)]
        assert all(page.headers["Cache-Control"] == "no-store, private" for page in pages)
    assert pages[0].text.replace("Ben", "Cleo") == pages[1].text


def test_a_kept_page_is_given_out_where_the_app_was_not_asked_yet(app: Flask, cast: Cast) -> None:
    path = f"/en/articles/{put_article('Refunds')}-refunds"
    ben = cast.browser("ben")
    cookie = ben.get_cookie(SESSION_COOKIE)
    assert cookie is not None and "Ben" in ben.get(path).text
    # As a web server asks: a thread of its own, in which nothing is known of the app.
    with ThreadPoolExecutor(1) as pool:
        headers = {"Cookie": f"{SESSION_COOKIE}={cookie.value}; hc_visitor={'a' * 32}"}
        answer = pool.submit(lambda: Client(app, use_cookies=False).get(path, headers=headers)).result()
    assert answer.status_code == 200 and "Ben" in answer.text


def test_a_stranger_never_gets_the_page_of_a_member(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    path = f"/en/articles/{put_article('Refunds')}-refunds"
    before = stranger.get(path).text
    assert "Log out" in cast.browser("ben").get(path).text
    assert stranger.get(path).text == before


def test_a_name_is_text_whatever_it_says(app: Flask, cast: Cast) -> None:
    path = f"/en/articles/{put_article('Refunds')}-refunds"
    change_person(cast, "ben", name='<b>"Ben"</b>')
    for _ in range(2):
        page = cast.browser("ben").get(path).text
        assert "&lt;b&gt;" in page
        assert "<b>" not in page


def test_a_vote_stands_on_the_page_of_its_voter_alone(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds")
    path = f"/en/articles/{article}-refunds"
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    assert 'aria-pressed="true"' not in ben.get(path).text
    vote(ben, article, comment="Which button?")
    for _ in range(2):
        assert "Which button?" in ben.get(path).text
        assert "Which button?" not in cleo.get(path).text
    assert 'aria-pressed="true"' not in cleo.get(path).text


def test_a_vote_taken_back_while_its_page_is_made_stands_on_no_other_page(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = put_article("Refunds")
    path = f"/en/articles/{article}-refunds"
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    vote(ben, article, comment="Which button?")
    monkeypatch.setattr(vote_box, "answered", lambda *_: lambda: False)
    assert "Which button?" in ben.get(path).text
    assert "Which button?" not in cleo.get(path).text


def test_a_vote_from_before_signing_in_stands_on_the_page_of_this_browser_alone(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds")
    path = f"/en/articles/{article}-refunds"
    browser, elsewhere = app.test_client(), cast.browser("ben")
    vote(browser, article)
    cookie = cast.browser("ben").get_cookie(SESSION_COOKIE)
    assert cookie is not None
    browser.set_cookie(SESSION_COOKIE, cookie.value)
    for _ in range(2):
        assert 'aria-pressed="true"' in browser.get(path).text
        assert 'aria-pressed="true"' not in elsewhere.get(path).text


def test_lines_for_editors_stay_with_editors(app: Flask, cast: Cast) -> None:
    path = f"/en/articles/{put_article('Refunds')}-refunds"
    ada, ben = cast.browser("ada"), cast.browser("ben")
    for _ in range(2):
        assert 'class="staff-line"' in ada.get(path).text
        assert 'class="staff-line"' not in ben.get(path).text


def test_what_a_member_chose_for_the_eyes_is_theirs(app: Flask, cast: Cast) -> None:
    path = f"/en/articles/{put_article('Refunds')}-refunds"
    change_person(cast, "ben", theme="dark", shortcuts=False)
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    for _ in range(2):
        assert 'data-theme="dark" data-shortcuts="off"' in ben.get(path).text
        assert "data-shortcuts" not in cleo.get(path).text


def test_a_new_revision_is_seen_by_members_at_once(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds", "Old words.")
    path = f"/en/articles/{article}-refunds"
    ben = cast.browser("ben")
    assert "Old words." in ben.get(path).text
    change_article(article, body="New words.")
    assert "New words." in ben.get(path).text


def test_what_is_not_found_by_a_member_stays_so(app: Flask, cast: Cast) -> None:
    ben = cast.browser("ben")
    assert [ben.get("/en/articles/999-none").status_code for _ in range(2)] == [404, 404]


def test_a_session_that_ended_shows_the_page_of_a_stranger(app: Flask, cast: Cast) -> None:
    path = f"/en/articles/{put_article('Refunds')}-refunds"
    ben = cast.browser("ben")
    cookie = ben.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    assert "Log out" in ben.get(path).text
    ben.post("/logout")
    ben.set_cookie(SESSION_COOKIE, cookie.value)
    assert "Log out" not in ben.get(path).text
