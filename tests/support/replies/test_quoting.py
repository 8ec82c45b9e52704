"""Saved replies that name an article which changed since somebody last said that they are right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from helpcenter.articles.health import pardon
from helpcenter.articles.health.finding import Wanted, some
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.revision import Significance
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.articles.health.conftest import found, said
from tests.cast import Cast
from tests.shelf import change_article, edition_of, put_article
from tests.support.replies_of_ours import put_reply

HINT = "May be out of date"


@pytest.fixture
def sam(cast: Cast) -> FlaskClient:
    return cast.browser("sam")


def change(article_id: int, words: str, significance: Significance = Significance.MEDIUM, days: int = 3) -> None:
    with clock.moved(clock.now() + timedelta(days=days)):
        change_article(article_id, body=words, significance=significance)


def test_the_page_of_health_tells_it_with_the_way_to_change_it(cast: Cast) -> None:
    refunds = put_article("Refunds")
    reply = put_reply("How long", f"[R](/articles/{refunds}) and once more /articles/{refunds}.")
    put_reply("Elsewhere", f"https://other.example/articles/{refunds}")
    assert found(Kind.QUOTES) == []
    change(refunds, "Some wards.", Significance.TYPO)
    assert found(Kind.QUOTES) == []
    change(refunds, "Other words.")
    assert found(Kind.QUOTES) == [("Refunds", 0)]
    assert said(Kind.QUOTES)[0].startswith(
        "The saved reply “How long” (English) links to this article, which changed on"
    )
    page = cast.browser("ada").get("/studio/health").text
    assert f'href="/inbox/replies/{reply}"' in page
    assert "Edit the saved reply" in page


def test_each_language_of_a_reply_is_told_by_itself(cast: Cast) -> None:
    refunds = put_article("Refunds")
    put_article("Reembolsos", locale="es", of=refunds)
    put_reply("R", f"/articles/{refunds}", es=f"/articles/{refunds}", ru=f"/articles/{refunds}")
    change(refunds, "Other words.")
    # The Spanish article did not change; in Russian there is none, so that the first language counts.
    assert [one.about["name"] for one in some(Kind.QUOTES, Wanted(), None)] == [
        "The saved reply “R” (English)",
        "The saved reply “R” (Русский)",
    ]


def test_the_list_says_so_until_the_text_is_changed(sam: FlaskClient) -> None:
    refunds = put_article("Refunds")
    reply = put_reply("How long", f"See /articles/{refunds}.")
    assert HINT not in sam.get("/inbox/replies").text
    change(refunds, "Other words.")
    assert HINT in sam.get("/inbox/replies").text
    with clock.moved(clock.now() + timedelta(days=4)):
        changed = {"name": "How long", "text_en": f"Look at /articles/{refunds}.", "seen": "1"}
        sam.post(f"/inbox/replies/{reply}", data=changed)
        assert HINT not in sam.get("/inbox/replies").text


def test_whoever_looked_and_changes_nothing_ticks_that_it_is_right(sam: FlaskClient) -> None:
    refunds = put_article("Refunds")
    reply = put_reply("How long", f"See /articles/{refunds}.")
    change(refunds, "Other words.")
    same = {"name": "How long", "text_en": f"See /articles/{refunds}."}
    with clock.moved(clock.now() + timedelta(days=4)):
        assert "I have checked: it is right" in sam.get(f"/inbox/replies/{reply}").text
        sam.post(f"/inbox/replies/{reply}", data={**same, "seen": "1"})
        assert HINT in sam.get("/inbox/replies").text
        sam.post(f"/inbox/replies/{reply}", data={**same, "seen": "2", "all_right": "y"})
        assert HINT not in sam.get("/inbox/replies").text
        assert found(Kind.QUOTES) == []


def test_what_was_found_right_on_the_page_of_health_is_no_hint_in_the_list(sam: FlaskClient) -> None:
    refunds = put_article("Refunds")
    put_reply("How long", f"See /articles/{refunds}.")
    change(refunds, "Other words.")
    (one,) = some(Kind.QUOTES, Wanted(), None)
    begin_write()
    pardon.give(edition_of(refunds).id, Kind.QUOTES, one.what, "", by=None)
    db.session.commit()
    assert HINT not in sam.get("/inbox/replies").text
