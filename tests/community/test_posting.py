from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from helpcenter.community import posting
from helpcenter.community.answer import Answer
from helpcenter.community.moderation.review import Because, ReviewEntry
from helpcenter.community.question import Question
from helpcenter.core import clock, form_moment, site
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.community.moderation.acts import entry_of, settle, undo
from tests.community.posts import put_answer, put_question, question_of
from tests.journeys.acts import BROWSER, events

WORDS = {
    "title": "How do I get my money back?",
    "text": "I paid twice.",
    "kind": "question",
    "topic": "0",
    "shown": "1",
}
LINK = "See [this](https://example.org/)."
HUMAN = {"User-Agent": BROWSER}


def ask(browser: FlaskClient, **words: str) -> int:
    return browser.post("/en/questions", data={**WORDS, **words}, headers=HUMAN).status_code


def last() -> Question:
    row = db.session.scalars(select(Question).order_by(Question.id.desc())).first()
    assert row is not None
    return row


def stop(*words: str) -> None:
    begin_write()
    site.change(stop_words=list(words))
    db.session.commit()


@pytest.fixture
def limited(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, limits_enabled=True))


def test_the_first_link_of_a_newcomer_waits_and_is_asked_when_it_is_approved(cast: Cast, stranger: FlaskClient) -> None:
    ben = cast.browser("ben")
    assert ask(ben, text=LINK) == 303
    row = last()
    assert row.state == "pending" and events() == []
    page = ben.get(f"/en/questions/{row.id}", follow_redirects=True).text
    assert "This is waiting for a moderator" in page
    assert stranger.get(f"/en/questions/{row.id}").status_code == 404
    assert "Waiting for review" in ben.get("/en/community/mine").text
    with clock.moved(clock.now() + timedelta(hours=5)):
        act = settle(cast, "question", row.id, "approve")
        now = clock.now()
    (event,) = events()
    assert (event.kind, event.user_id, event.visitor_id) == ("asked", cast.id_of("ben"), None)
    assert abs(event.occurred_at - now) < timedelta(minutes=1)
    assert question_of(row.id).created_at == event.occurred_at
    assert stranger.get(f"/en/questions/{row.id}", follow_redirects=True).status_code == 200
    # It was asked, whatever becomes of it: asked once.
    undo(cast, act)
    assert question_of(row.id).state == "pending" and entry_of("question", row.id)
    settle(cast, "question", row.id, "approve")
    assert [one.kind for one in events()] == ["asked"]
    assert ask(ben, text=LINK) == 303
    assert last().is_shown


def test_an_answer_that_waits_answers_nobody_until_it_is_approved(cast: Cast) -> None:
    asked = put_question(cast)
    assert cast.browser("cleo").post(f"/en/questions/{asked}/answers", data={"text": LINK}).status_code == 303
    answer = db.session.scalars(select(Answer)).one()
    assert (question_of(asked).answers, [one.kind for one in events()]) == (0, ["asked"])
    settle(cast, "answer", answer.id, "approve")
    assert question_of(asked).answers == 1
    event = events()[-1]
    assert (event.kind, event.user_id, event.detail) == (
        "answered",
        cast.id_of("cleo"),
        {"question": asked, "staff": False},
    )


def test_a_browser_that_asks_not_to_be_tracked_is_believed_also_after_the_look(cast: Cast) -> None:
    cast.browser("ben").post("/en/questions", data={**WORDS, "text": LINK}, headers={**HUMAN, "DNT": "1"})
    settle(cast, "question", last().id, "approve")
    assert events()[0].observable is False


def test_a_stop_word_is_a_whole_word_in_any_case_of_its_letters(app: Flask) -> None:
    stop("casino", "free money", "كازينو")
    for text in ("A CASINO here", "casino", "(casino)", "Get free money!", "هذا كازينو"):
        assert posting.has_stop_word(text), text
    for text in ("casinos", "occasion", "free  monkeys", "casino_"):
        assert not posting.has_stop_word(text), text


def test_what_holds_a_stop_word_waits_but_not_for_the_team(cast: Cast) -> None:
    stop("casino")
    assert ask(cast.browser("ben"), title="Where is the casino?") == 303
    assert last().state == "pending"
    assert db.session.scalars(select(ReviewEntry.because)).all() == [Because.STOP_WORD]
    assert ask(cast.browser("sam"), title="Where is the casino?") == 303
    assert last().is_shown


def test_what_came_faster_than_people_type_waits(cast: Cast, limited: None) -> None:
    ben = cast.browser("ben")
    form = ben.get("/en/questions/new").text
    began = re.search(r'name="began"[^>]*value="([^"]+)"', form)
    assert began
    ask(ben, began=began[1])
    assert last().state == "pending"
    with clock.moved(clock.now() + timedelta(minutes=3)):
        ask(ben, began=began[1])
        assert last().is_shown
    with clock.moved(clock.now() + timedelta(minutes=6)):
        ask(ben, began="")
        assert last().state == "pending"


def test_the_moment_stands_anew_in_a_page_that_members_share(cast: Cast, limited: None) -> None:
    asked = put_question(cast, "ada")
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    found = []
    for minutes, browser in ((0, ben), (5, cleo), (6, cleo)):
        with clock.moved(clock.now() + timedelta(minutes=minutes)):
            page = browser.get(f"/en/questions/{asked}", follow_redirects=True).text
            began = re.search(r'name="began"[^>]*value="([^"]+)"', page)
            assert began and form_moment.is_too_fast(began[1])
            found.append(began[1])
    assert len(set(found)) == 3


def test_a_newcomer_pauses_between_posts_and_keeps_every_word(cast: Cast, limited: None) -> None:
    asked = put_question(cast, "ada")
    ben, words = cast.browser("ben"), {"began": form_moment.now()}
    with clock.moved(clock.now() + timedelta(minutes=1)):
        assert ask(ben, **words) == 303
        again = ben.post("/en/questions", data={**WORDS, **words, "text": "A second walrus."})
        assert again.status_code == 429
        assert "A short pause" in again.text and "A second walrus." in again.text
        answers = [
            ben.post(f"/en/questions/{asked}/answers", data={**words, "text": "A third walrus."}) for _ in range(2)
        ]
    assert [one.status_code for one in answers] == [303, 429]
    assert "A third walrus." in answers[1].text
    with clock.moved(clock.now() + timedelta(minutes=2)):
        assert ben.post(f"/en/questions/{asked}/answers", data={**words, "text": "Fine."}).status_code == 303


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" ".join(f"[a](https://example.org/{number})" for number in range(3)), "At most 2 links"),
        ("@ana and @ben and @cleo, look.", "Mention at most two"),
    ],
)
def test_a_newcomer_puts_little_into_one_post(cast: Cast, text: str, told: str) -> None:
    answer = cast.browser("ben").post("/en/questions", data={**WORDS, "text": text})
    assert answer.status_code == 422 and told in answer.text and text.split()[0] in answer.text
    assert cast.browser("ada").post("/en/questions", data={**WORDS, "text": text}).status_code == 303


def test_a_newcomer_votes_five_times_a_day(cast: Cast, limited: None) -> None:
    ben = cast.browser("ben")
    statuses = [ben.post(f"/en/questions/{put_question(cast, 'ada')}/me-too").status_code for _ in range(6)]
    assert statuses == [303] * 5 + [429]


def test_who_is_known_has_no_such_limits(cast: Cast, limited: None) -> None:
    begin_write()
    site.change(trust="team")
    db.session.commit()
    asked, ben = put_question(cast, "ada"), cast.browser("ben")
    put_answer(cast, asked)
    words = {"text": LINK, "began": form_moment.now()}
    with clock.moved(clock.now() + timedelta(minutes=1)):
        statuses = [ben.post(f"/en/questions/{asked}/answers", data=words).status_code for _ in range(3)]
    assert statuses == [303] * 3
    assert question_of(asked).answers == 4
