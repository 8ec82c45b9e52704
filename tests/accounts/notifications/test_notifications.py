"""What people are told of, and what their page shows."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts.notifications import following
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.notifications.views import notifications
from helpcenter.community.question import SUBJECT, Question
from helpcenter.core.db import begin_write, db
from helpcenter.topics.arrangement import open_to
from helpcenter.topics.audience import Audience
from helpcenter.topics.topic import Topic
from tests.accounts.notifications.inbox import PAGE, bell, lines, openings
from tests.cast import Cast
from tests.community.posts import TITLE, put_acceptance, put_answer, put_question
from tests.shelf import put_topic


def follow(cast: Cast, name: str, kind: str, subject_id: int, *, wanted: bool = True) -> None:
    begin_write()
    following.say(cast.id_of(name), (kind, subject_id), wanted=wanted)
    db.session.commit()


def told(cast: Cast, name: str) -> list[str]:
    wanted = select(Notification.kind).where(Notification.user_id == cast.id_of(name)).order_by(Notification.id)
    return list(db.session.scalars(wanted))


def test_the_asker_hears_of_answers_and_the_answerer_of_the_solution(cast: Cast) -> None:
    question_id = put_question(cast)
    answer_id = put_answer(cast, question_id)
    assert lines(cast.browser("ben")) == [f"*Cleo answered “{TITLE}”"]
    put_acceptance(cast, answer_id)
    assert lines(cast.browser("cleo")) == [f"*Your answer to “{TITLE}” is the solution: Ben accepted it"]


def test_nobody_hears_of_what_they_did_themselves(cast: Cast) -> None:
    question_id = put_question(cast)
    answer_id = put_answer(cast, question_id, "ben")
    put_acceptance(cast, answer_id)
    assert told(cast, "ben") == []


def test_several_answers_are_one_line_until_it_is_read(cast: Cast) -> None:
    question_id = put_question(cast)
    for name in ("cleo", "mia", "sam"):
        put_answer(cast, question_id, name)
    ben = cast.browser("ben")
    assert lines(ben) == [f"*3 new answers to “{TITLE}”"] and bell(ben) == "3"
    opened = ben.post(openings(ben)[0])
    assert opened.status_code == 303 and opened.location.startswith("/answers/")
    assert lines(ben) == [f"3 new answers to “{TITLE}”"] and bell(ben) == ""
    put_answer(cast, question_id, "ada")
    assert lines(ben) == [f"*Ada answered “{TITLE}”", f"3 new answers to “{TITLE}”"]


def test_reading_the_question_is_reading_what_was_told_of_it(cast: Cast) -> None:
    question_id = put_question(cast)
    put_answer(cast, question_id)
    ben = cast.browser("ben")
    page = ben.get(f"/en/questions/{question_id}", follow_redirects=True)
    token = page.text.split('data-act="viewed"')[0].rsplit('data-token="', 1)[1].split('"')[0]
    assert bell(ben) == "1"
    assert ben.post("/events", data={"token": token, "act": "viewed"}).status_code == 204
    assert bell(ben) == ""


def test_all_of_it_is_read_at_once(cast: Cast) -> None:
    for title in ("The first question", "The second question"):
        put_answer(cast, put_question(cast, title=title))
    ben = cast.browser("ben")
    assert bell(ben) == "2"
    assert ben.post(f"{PAGE}/read").status_code == 303
    assert bell(ben) == "" and [line[0] for line in lines(ben)] == ["C", "C"]


def test_what_one_may_not_see_any_more_is_not_told(cast: Cast) -> None:
    topic_id = put_topic("billing", "Billing")
    put_answer(cast, put_question(cast, topic_id=topic_id))
    ben = cast.browser("ben")
    assert len(lines(ben)) == 1
    begin_write()
    open_to(db.session.get_one(Topic, topic_id), Audience.TEAM)
    db.session.commit()
    page = ben.get(PAGE).text
    assert lines(ben) == [] and TITLE not in page and "1 more is about something" in page
    notification_id = db.session.scalar(select(Notification.id))
    assert ben.post(f"{PAGE}/{notification_id}/opening").status_code == 404
    ben.post(f"{PAGE}/read")
    assert "more is about" not in ben.get(PAGE).text and bell(ben) == ""


def test_followers_hear_of_new_answers_and_of_each_thing_once(cast: Cast) -> None:
    question_id = put_question(cast)
    put_answer(cast, question_id, "cleo")
    put_answer(cast, question_id, "mia")
    assert told(cast, "cleo") == ["followed_answer"]
    assert told(cast, "ben") == ["answer", "answer"]


def test_a_no_is_kept_though_one_answers_again(cast: Cast) -> None:
    question_id = put_question(cast)
    put_answer(cast, question_id, "cleo")
    for name in ("ben", "cleo"):
        answer = cast.browser(name).post(f"/en/account/following/question/{question_id}/withdrawal")
        assert answer.status_code == 303 and f"/questions/{question_id}" in answer.location
    put_answer(cast, question_id, "cleo")
    put_answer(cast, question_id, "mia")
    assert told(cast, "cleo") == [] and told(cast, "ben") == ["answer"]


def test_whoever_does_not_want_to_follows_nothing_by_itself(cast: Cast) -> None:
    cleo = cast.browser("cleo")
    cleo.post("/preferences/notifications", data={"in_app": ["followed_answer"], "rhythm": "at_once"})
    question_id = put_question(cast)
    put_answer(cast, question_id, "cleo")
    put_answer(cast, question_id, "mia")
    assert told(cast, "cleo") == []


def test_topics_and_tags_tell_of_new_questions(cast: Cast) -> None:
    root = put_topic("billing", "Billing")
    section = put_topic("refunds", "Refunds", below=root)
    put_question(cast, title="An older question", tags=["vat"])
    tag_id = 1
    follow(cast, "cleo", "topic", root)
    follow(cast, "mia", "tag", tag_id)
    follow(cast, "sam", "topic", section)
    follow(cast, "sam", "topic", root)
    put_question(cast, title="A newer question", topic_id=section, tags=["vat"])
    assert lines(cast.browser("cleo")) == ["*New in “Billing”: “A newer question”, from Ben"]
    assert lines(cast.browser("mia")) == ["*New in “vat”: “A newer question”, from Ben"]
    assert lines(cast.browser("sam")) == ["*New in “Refunds”: “A newer question”, from Ben"]
    put_question(cast, title="The newest question", topic_id=section)
    cleo = cast.browser("cleo")
    assert lines(cleo) == ["*2 new questions in “Billing”"]
    assert cleo.post(openings(cleo)[0]).location == f"/en/community?topic={root}&sort=new&language=all"


@pytest.mark.parametrize("kind", ["question", "topic", "tag"])
def test_one_follows_by_a_button_and_stops_on_the_list(cast: Cast, kind: str) -> None:
    topic_id = put_topic("billing", "Billing")
    question_id = put_question(cast, topic_id=topic_id, tags=["vat"])
    subject_id = {"question": question_id, "topic": topic_id, "tag": 1}[kind]
    path = {
        "question": f"/en/questions/{question_id}-how-do-i-get-my-money-back",
        "topic": f"/en/topics/{topic_id}-billing",
        "tag": "/en/tags/vat",
    }[kind]
    cleo, mia = cast.browser("cleo"), cast.browser("mia")
    address = f"/en/account/following/{kind}/{subject_id}"
    assert f'action="{address}"' in cleo.get(path).text
    assert cleo.post(address, data={"back": path}).location == path
    # Each sees how it stands for them, though members share their pages.
    assert f'action="{address}/withdrawal"' in cleo.get(path).text
    assert f'action="{address}"' in mia.get(path).text
    shown = cleo.get("/en/account/following").text
    assert f'action="{address}/withdrawal"' in shown
    cleo.post(f"{address}/withdrawal")
    assert f'action="{address}/withdrawal"' not in cleo.get("/en/account/following").text


def test_what_is_hidden_or_no_such_thing_can_not_be_followed(cast: Cast) -> None:
    hidden = put_topic("inner", "Inner", audience=Audience.TEAM)
    cleo = cast.browser("cleo")
    for path in (f"topic/{hidden}", "question/99", "tag/99", "user/1", "article/1"):
        assert cleo.post(f"/en/account/following/{path}").status_code == 404


def test_followers_of_a_topic_that_goes_follow_the_one_that_takes_its_place(cast: Cast) -> None:
    old, new = put_topic("old", "Old"), put_topic("new", "New")
    for name in ("cleo", "mia"):
        follow(cast, name, "topic", old)
    follow(cast, "mia", "topic", new, wanted=False)
    begin_write()
    following.move_topic(old, new)
    db.session.commit()
    assert following.said(cast.id_of("cleo"), ("topic", new)) and not following.said(cast.id_of("mia"), ("topic", new))
    assert following.said(cast.id_of("mia"), ("topic", old)) is None


def test_a_kind_that_is_switched_off_is_not_told(cast: Cast) -> None:
    ben = cast.browser("ben")
    form = {"in_app": ["mention"], "by_mail": [], "rhythm": "at_once", "follows_own": "y"}
    assert ben.post("/preferences/notifications", data=form).status_code == 303
    put_answer(cast, put_question(cast))
    assert told(cast, "ben") == []


def test_the_list_has_pages_by_key(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "PAGE_ROWS", 2)
    for number in range(5):
        put_answer(cast, put_question(cast, title=f"Question number {number}"))
    ben, path, seen = cast.browser("ben"), PAGE, []
    while path:
        page = ben.get(path).text
        seen += [number for number in range(5) if f"Question number {number}" in page]
        path = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
    assert sorted(seen) == [0, 1, 2, 3, 4]


def test_strangers_see_no_bell_and_follow_after_signing_in(cast: Cast, stranger: FlaskClient) -> None:
    question_id = put_question(cast)
    page = stranger.get(f"/en/questions/{question_id}", follow_redirects=True).text
    assert 'class="bell"' not in page and "/login?next=/en/questions" in page
    assert stranger.get(PAGE).status_code == 303


def test_a_person_takes_along_what_they_follow_and_leaves_nothing(app: Flask, cast: Cast) -> None:
    question_id = put_question(cast)
    put_answer(cast, question_id)
    ben = cast.browser("ben")
    ben.post("/preferences/notifications", data={"in_app": ["answer"], "rhythm": "weekly"})
    held = ben.get("/preferences/export").json["notification"]
    assert held["follows"][0]["what"] == f"question {question_id}"
    assert (held["told"][0]["kind"], held["letters"]) == ("answer", "weekly")
    ben.post("/preferences/erasure", data={"password": "a long enough password"})
    for table in ("notification", "follow", "notification_choice", "notification_setting"):
        rows = db.session.execute(db.metadata.tables[table].select()).mappings().all()
        assert [row for row in rows if row["user_id"] == cast.id_of("ben")] == []


def test_an_erased_actor_is_a_former_member(cast: Cast) -> None:
    put_answer(cast, put_question(cast))
    cast.browser("cleo").post("/preferences/erasure", data={"password": "a long enough password"})
    assert lines(cast.browser("ben")) == [f"*former member answered “{TITLE}”"]


def test_the_question_shows_the_asker_that_they_follow(cast: Cast) -> None:
    question_id = put_question(cast)
    row = db.session.get_one(Question, question_id)
    path = f"/en/questions/{question_id}-{row.slug}"
    assert f"/following/{SUBJECT}/{question_id}/withdrawal" in cast.browser("ben").get(path).text
    assert f"/following/{SUBJECT}/{question_id}/withdrawal" not in cast.browser("cleo").get(path).text
