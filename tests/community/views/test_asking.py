from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from helpcenter.accounts.user import User
from helpcenter.community import draft, tag
from helpcenter.community.draft import QuestionDraft
from helpcenter.community.question import Question
from helpcenter.core import clock, form_moment
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import channel
from helpcenter.search import drainer
from tests.cast import PASSWORD, Cast, email_of
from tests.community.posts import put_acceptance, put_answer, put_question
from tests.journeys.acts import BROWSER, events
from tests.shelf import put_article, put_topic

WORDS = {
    "title": "How do I get my money back?",
    "text": "I paid **twice** for the same month.",
    "kind": "question",
    "topic": "0",
    "tags": "Credit Card, vat",
}
HUMAN = {"User-Agent": BROWSER}


def asked() -> list[Question]:
    db.session.rollback()
    return list(db.session.scalars(select(Question).order_by(Question.id)))


def test_a_member_asks_and_comes_to_the_question(cast: Cast) -> None:
    billing = put_topic("billing", "Billing")
    ben = cast.browser("ben")
    answer = ben.post("/en/questions", data={**WORDS, "topic": str(billing)}, headers=HUMAN)
    (row,) = asked()
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/en/questions/{row.id}-how-do-i-get-my-money-back",
    )
    assert (row.author_id, row.locale, row.topic_id) == (cast.id_of("ben"), "en", billing)
    assert tag.of_questions([row.id]) == {row.id: ["credit-card", "vat"]}
    (event,) = events()
    assert (event.kind, event.subject_id, event.topic_id, event.channel) == ("asked", row.id, billing, "community")


def test_links_of_a_stranger_lend_nobody_a_good_name(cast: Cast, stranger: FlaskClient) -> None:
    text = "See [this](https://example.org/) please.\n\n<script>alert(1)</script>"
    cast.browser("ada").post("/en/questions", data={**WORDS, "text": text})
    page = stranger.get(f"/en/questions/{asked()[0].id}", follow_redirects=True).text
    assert '<a href="https://example.org/" rel="nofollow ugc noopener">this</a>' in page
    assert "alert(1)" not in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": "Help"}, "at least 10 characters"),
        ({"title": "x" * 161}, "at most 160"),
        ({"text": " "}, "few words more"),
        ({"text": "[](https://example.org)"}, "nothing to read"),
        ({"tags": "a,b,c,d,e,f"}, "5 tags at most"),
        ({"tags": "x" * 31}, "at most 30"),
        ({"text": "[" * 8000}, "nested too deeply"),
    ],
)
def test_what_can_not_be_posted_comes_back_with_every_word(cast: Cast, changes: dict[str, str], told: str) -> None:
    answer = cast.browser("ben").post("/en/questions", data={**WORDS, **changes})
    assert answer.status_code == 422
    assert told in answer.text
    assert "How do I get my money back?" in answer.text or "title" in changes
    assert asked() == []


def test_whoever_is_not_signed_in_writes_first_and_finds_every_word_again(
    app: Flask, stranger: FlaskClient, cast: Cast
) -> None:
    cast.id_of("ben")
    kept = stranger.post("/en/questions", data=WORDS, headers=HUMAN)
    page = stranger.get(kept.headers["Location"]).text
    assert "Your text is kept" in page and "I paid **twice**" in page
    way_in = re.search(r'href="(/login\?[^"]*)">Log in</a> <a', page)
    assert way_in
    signed_in = stranger.post(
        way_in[1].replace("&amp;", "&"), data={"email": email_of("ben"), "password": PASSWORD}, headers=HUMAN
    )
    assert signed_in.headers["Location"] == kept.headers["Location"]
    page = stranger.get(signed_in.headers["Location"]).text
    assert "Look it over and post it" in page and "I paid **twice**" in page
    (key,) = parse_qs(urlsplit(kept.headers["Location"]).query)["draft"]
    posted = stranger.post("/en/questions", data={**WORDS, "draft": key}, headers=HUMAN)
    assert posted.status_code == 303
    assert [row.title for row in asked()] == [WORDS["title"]]
    assert draft.of(key) == {}


def test_a_draft_that_nobody_came_back_for_is_forgotten(app: Flask, stranger: FlaskClient) -> None:
    kept = stranger.post("/en/questions", data=WORDS, headers=HUMAN)
    (key,) = parse_qs(urlsplit(kept.headers["Location"]).query)["draft"]
    assert draft.of(key)["title"] == WORDS["title"]
    with clock.moved(clock.now() + timedelta(days=4)):
        assert draft.of(key) == {}
        draft.forget_old()
    assert db.session.scalars(select(QuestionDraft)).all() == []
    assert "I paid" not in stranger.get("/en/questions/new?draft=nonsense").text


def test_what_is_similar_is_shown_once_before_posting_and_what_answers_comes_first(cast: Cast) -> None:
    put_article("Get money back for a month", "A month can be refunded.")
    open_one = put_question(cast, "cleo", "Money back for a month paid twice")
    solved = put_question(cast, "cleo", "How is money for a month given back?")
    put_acceptance(cast, put_answer(cast, solved, "ben"), "cleo")
    drainer.drain()
    ben = cast.browser("ben")
    shown = ben.post("/en/questions", data=WORDS, headers=HUMAN)
    assert shown.status_code == 200
    assert len(asked()) == 2
    places = [shown.text.index(title) for title in ("How is money for a month", "Money back for a month paid")]
    assert places == sorted(places)
    assert f"/suggestions/question/{solved}/solved" in shown.text
    assert f"/suggestions/question/{open_one}/solved" not in shown.text
    assert "None of these helps: post it" in shown.text
    assert ben.post("/en/questions", data={**WORDS, "shown": "1"}, headers=HUMAN).status_code == 303


def test_this_answered_it_is_evidence_in_the_channel_of_what_answered(cast: Cast, stranger: FlaskClient) -> None:
    article, question = put_article("Refunds"), put_question(cast, "cleo")
    for path in (f"article/{article}", f"question/{question}"):
        assert stranger.post(f"/en/questions/suggestions/{path}/opened", headers=HUMAN).status_code == 303
        assert stranger.post(f"/en/questions/suggestions/{path}/solved", headers=HUMAN).status_code == 200
    told = [(one.kind, one.subject_kind, one.channel, one.detail) for one in events()[1:]]
    assert told == [
        (kind, subject, place, {"form": "ask"})
        for subject, place in (("article", channel.HELP_CENTER), ("question", channel.COMMUNITY))
        for kind in ("suggestion_opened", "suggestion_solved")
    ]
    assert stranger.post("/en/questions/suggestions/article/99/solved").status_code == 404
    assert stranger.post("/en/questions/suggestions/topic/1/solved").status_code == 404


def test_the_preview_is_what_is_posted_and_keeps_nothing(stranger: FlaskClient) -> None:
    page = stranger.post("/en/questions/preview", data={"body": "**Bold** <script>x</script>"})
    assert "<strong>Bold</strong>" in page.text
    assert stranger.post("/en/questions/preview", data={"body": "[" * 8000}).status_code == 422
    assert asked() == []


def test_a_newcomer_asks_three_times_a_day(
    app: Flask, settings: Settings, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, limits_enabled=True))
    ben = cast.browser("ben")
    words = {**WORDS, "shown": "1", "began": form_moment.now()}
    statuses = []
    for minutes in (1, 4, 7, 10):
        with clock.moved(clock.now() + timedelta(minutes=minutes)):
            statuses.append(ben.post("/en/questions", data=words).status_code)
    assert statuses == [303, 303, 303, 429]
    begin_write()
    db.session.get_one(User, cast.id_of("ben")).created_at = clock.now() - timedelta(days=8)
    db.session.commit()
    assert ben.post("/en/questions", data=words).status_code == 303


def test_what_was_searched_for_is_the_beginning(stranger: FlaskClient) -> None:
    assert 'value="walrus &amp; co"' in stranger.get("/en/questions/new?title=walrus+%26+co").text
    assert "/en/questions/new?title=walrus" in stranger.get("/en/search?q=walrus").text
