"""Feeds of questions: what strangers may see, the last first."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

from flask.testing import FlaskClient

from helpcenter.core import clock
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.community.posts import put_answer, put_question
from tests.shelf import put_topic

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(browser: FlaskClient, path: str) -> list[str]:
    answer = browser.get(path)
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml", path
    return [str(one.text) for one in ElementTree.fromstring(answer.text).iterfind(f"{ATOM}entry/{ATOM}title")]


def test_each_feed_holds_its_questions(cast: Cast, stranger: FlaskClient) -> None:
    billing = put_topic("billing", "Billing")
    start = clock.now()
    with clock.moved(start):
        first = put_question(cast, title="Where is <my> invoice?", topic_id=billing, tags=["vat"])
    with clock.moved(start + timedelta(minutes=1)):
        put_question(cast, title="Can I change my plan?")
    with clock.moved(start + timedelta(minutes=2)):
        put_answer(cast, first)
    assert titles(stranger, "/community/feed.atom") == ["Where is <my> invoice?", "Can I change my plan?"]
    assert titles(stranger, "/community/unanswered.atom") == ["Can I change my plan?"]
    assert titles(stranger, f"/community/topics/{billing}/feed.atom") == ["Where is <my> invoice?"]
    assert titles(stranger, "/tags/vat/feed.atom") == ["Where is <my> invoice?"]
    assert stranger.get("/tags/none/feed.atom").status_code == 404


def test_feeds_hold_what_strangers_may_see_whoever_asks(cast: Cast) -> None:
    hidden = put_topic("inner", "Inner", audience=Audience.TEAM)
    put_question(cast, "ada", title="Only for the team", topic_id=hidden, tags=["secret"])
    ada = cast.browser("ada")
    assert titles(ada, "/community/feed.atom") == titles(ada, "/community/unanswered.atom") == []
    assert ada.get(f"/community/topics/{hidden}/feed.atom").status_code == 404
    assert ada.get("/tags/secret/feed.atom").status_code == 404
    assert "/tags/secret/feed.atom" not in ada.get("/en/tags/secret").text


def test_pages_lead_to_their_feeds(cast: Cast, stranger: FlaskClient) -> None:
    billing = put_topic("billing", "Billing")
    put_question(cast, topic_id=billing, tags=["vat"])
    for page, feed in (
        ("/en/community", "/community/feed.atom?lang=en"),
        (f"/en/community?topic={billing}", f"/community/topics/{billing}/feed.atom?lang=en"),
        ("/en/tags/vat", "/tags/vat/feed.atom?lang=en"),
    ):
        text = stranger.get(page).text
        assert 'type="application/atom+xml"' in text and text.count(f'href="{feed}"') == 2, page


def test_a_feed_is_kept_and_not_sent_twice(cast: Cast, stranger: FlaskClient) -> None:
    put_question(cast)
    first = stranger.get("/community/feed.atom")
    assert first.headers["Cache-Control"] == "no-cache" and first.headers["ETag"]
    again = stranger.get("/community/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_only_a_question_with_an_answer_tells_search_engines_of_it(cast: Cast, stranger: FlaskClient) -> None:
    question_id = put_question(cast)
    path = f"/en/questions/{question_id}"
    assert "QAPage" not in stranger.get(path, follow_redirects=True).text
    put_answer(cast, question_id)
    assert "QAPage" in stranger.get(path, follow_redirects=True).text
