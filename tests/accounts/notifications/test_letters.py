"""Letters: one for all that waits, none for what was read, and stopped by one click."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from drills.smtp_server import SmtpServer
from helpcenter.accounts import user
from helpcenter.accounts.notifications import choice, letter, mailing, notification, setting
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.notifications.setting import Rhythm, Wish
from helpcenter.app import create_app
from helpcenter.core import clock, mail_outbox
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.topics.arrangement import open_to
from helpcenter.topics.audience import Audience
from helpcenter.topics.topic import Topic
from tests.accounts.letterbox import letters_to
from tests.accounts.notifications.inbox import PAGE, letters_after
from tests.accounts.notifications.test_notifications import follow
from tests.cast import Cast, email_of
from tests.community.posts import TITLE, put_acceptance, put_answer, put_question
from tests.shelf import put_topic

BEN = email_of("ben")
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)


def wish(cast: Cast, name: str, rhythm: Rhythm, zone: str = "UTC") -> None:
    begin_write()
    person = user.by_id(cast.id_of(name))
    assert person is not None
    person.time_zone = zone
    setting.keep(person.id, Wish(rhythm), zone)
    db.session.commit()


def stop_path(of: OutgoingMail) -> str:
    return re.sub(r"^https?://[^/]+", "", of.unsubscribe_url)


def test_a_letter_waits_ten_minutes_and_gathers_everything(cast: Cast) -> None:
    first = put_question(cast)
    put_answer(cast, first)
    put_answer(cast, first, "mia")
    put_answer(cast, put_question(cast, title="Another question"), "sam")
    assert letters_after(9) == 0
    # Cleo, who answered first, hears of the other answer.
    assert letters_after(10) == 2
    assert letters_after(20) == 0
    (one,) = letters_to(BEN)
    assert one.subject == "3 new things for you"
    assert f"2 new answers to “{TITLE}”" in one.text and "Sam answered “Another question”" in one.text
    assert "http://localhost/answers/" in one.text and 'href="http://localhost/answers/' in one.html


def test_what_was_read_meanwhile_is_in_no_letter(cast: Cast) -> None:
    put_answer(cast, put_question(cast))
    cast.browser("ben").post(f"{PAGE}/read")
    assert letters_after(10) == 0 and letters_to(BEN) == []


def test_what_one_may_not_see_is_in_no_letter(cast: Cast) -> None:
    topic_id = put_topic("billing", "Billing")
    put_answer(cast, put_question(cast, topic_id=topic_id))
    begin_write()
    open_to(db.session.get_one(Topic, topic_id), Audience.TEAM)
    db.session.commit()
    assert letters_after(10) == 0 and letters_to(BEN) == []


def test_a_job_that_was_killed_tells_nothing_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    put_answer(cast, put_question(cast))
    queue = letter.queue

    def killed(written: letter.Letter) -> bool:
        queue(written)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(letter, "queue", killed)
        with pytest.raises(KeyboardInterrupt):
            letters_after(10)
    db.session.rollback()
    assert letters_to(BEN) == []
    assert letters_after(10) == 1 and letters_after(11) == 0
    assert len(letters_to(BEN)) == 1


def test_a_letter_is_in_the_language_of_its_reader(cast: Cast) -> None:
    begin_write()
    person = user.by_id(cast.id_of("ben"))
    assert person is not None
    person.locale = "es"
    db.session.commit()
    put_answer(cast, put_question(cast))
    letters_after(10)
    (one,) = letters_to(BEN)
    assert "Cleo" in one.subject and "answered" not in one.subject and "/es/account/notifications" in one.text
    assert '<html lang="es" dir="ltr">' in one.html


def test_a_title_can_not_become_markup(cast: Cast) -> None:
    put_answer(cast, put_question(cast, title="Why is <b>this</b> & that?"))
    letters_after(10)
    (one,) = letters_to(BEN)
    assert "<b>this" not in one.html and "&lt;b&gt;this" in one.html and "<b>this</b> &" in one.text
    page = cast.browser("ben").get(PAGE).text
    assert "<b>this" not in page and "&lt;b&gt;this" in page


def test_one_click_stops_letters_of_this_kind_without_signing_in(cast: Cast, stranger: FlaskClient) -> None:
    question_id = put_question(cast)
    answer_id = put_answer(cast, question_id)
    letters_after(10)
    path = stop_path(letters_to(BEN)[0])
    shown = stranger.get(path)
    assert shown.status_code == 200 and "Answers to my questions" in shown.text
    assert choice.choices_of(cast.id_of("ben"))["answer"] == (True, True)
    answer = stranger.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    put_answer(cast, question_id, "mia")
    put_answer(cast, put_question(cast, "cleo", title="Asked by Cleo herself"), "ben")
    assert letters_after(30) == 1 and len(letters_to(BEN)) == 1
    assert choice.choices_of(cast.id_of("ben"))["answer"] == (True, False)
    put_acceptance(cast, answer_id)
    assert letters_after(60) == 1


def test_everything_is_stopped_by_the_other_button(cast: Cast, stranger: FlaskClient) -> None:
    put_answer(cast, put_question(cast))
    letters_after(10)
    stranger.post(stop_path(letters_to(BEN)[0]), data={"which": "all"})
    assert not any(by_mail for _in_app, by_mail in choice.choices_of(cast.id_of("ben")).values())
    assert all(in_app for in_app, _by_mail in choice.choices_of(cast.id_of("ben")).values())


def test_a_link_that_was_made_up_stops_nothing(cast: Cast, stranger: FlaskClient) -> None:
    put_answer(cast, put_question(cast))
    letters_after(10)
    path = stop_path(letters_to(BEN)[0])
    for broken in (f"{path.split('?')[0]}x", "/notifications/stop/x", "/notifications/stop/WzEsImFuc3dlciJd.x"):
        assert stranger.get(broken).status_code == 410 and stranger.post(broken).status_code == 410
    assert choice.choices_of(cast.id_of("ben"))["answer"] == (True, True)


@pytest.mark.parametrize(
    ("rhythm", "zone", "expected"),
    [
        (Rhythm.DAILY, "UTC", datetime(2026, 11, 28, 8, tzinfo=UTC)),
        (Rhythm.DAILY, "America/New_York", datetime(2026, 11, 27, 13, tzinfo=UTC)),
        (Rhythm.WEEKLY, "Asia/Tokyo", datetime(2026, 11, 29, 23, tzinfo=UTC)),
        (Rhythm.AT_ONCE, "UTC", None),
    ],
)
def test_a_digest_comes_in_the_morning_where_its_reader_is(
    app: Flask, rhythm: Rhythm, zone: str, expected: datetime | None
) -> None:
    assert setting.next_morning(rhythm, FRIDAY, zone) == expected


def test_a_digest_waits_for_its_morning_and_is_nothing_when_empty(cast: Cast) -> None:
    with clock.moved(FRIDAY):
        wish(cast, "ben", Rhythm.DAILY)
        put_answer(cast, put_question(cast))
        assert letters_after(60) == 0 and mailing.send_digests() == 0
    with clock.moved(FRIDAY + timedelta(hours=20, minutes=1)):
        assert mailing.send_digests() == 1 and mailing.send_digests() == 0
    with clock.moved(FRIDAY + timedelta(days=1, hours=20, minutes=1)):
        assert mailing.send_digests() == 0
    (one,) = letters_to(BEN)
    assert f"Cleo answered “{TITLE}”" in one.subject


def test_a_digest_of_several_things_says_how_many(cast: Cast) -> None:
    with clock.moved(FRIDAY):
        wish(cast, "ben", Rhythm.DAILY)
        for title in ("The first question", "The second question"):
            put_answer(cast, put_question(cast, title=title))
    with clock.moved(FRIDAY + timedelta(hours=20, minutes=1)):
        assert mailing.send_digests() == 1
    (one,) = letters_to(BEN)
    assert one.subject == "Your digest: 2 things are new"
    assert "The first question" in one.text and "The second question" in one.text


def test_a_weekly_digest_tells_of_questions_that_wait(cast: Cast) -> None:
    topic_id = put_topic("billing", "Billing")
    with clock.moved(FRIDAY):
        wish(cast, "cleo", Rhythm.WEEKLY)
        put_question(cast, title="Nobody answered this one", topic_id=topic_id)
        put_question(cast, title="Nobody answered that one")
        put_question(cast, "cleo", title="My own question waits", topic_id=topic_id)
        follow(cast, "cleo", "topic", topic_id)
    with clock.moved(datetime(2026, 11, 30, 8, 1, tzinfo=UTC)):
        assert mailing.send_digests() == 1 and mailing.send_digests() == 0
    (one,) = letters_to(email_of("cleo"))
    assert "Nobody answered this one" in one.text
    assert "that one" not in one.text and "My own" not in one.text


def test_a_letter_travels_with_the_header_that_stops_it(cast: Cast, settings: Settings) -> None:
    put_answer(cast, put_question(cast))
    with SmtpServer() as server:
        sending = create_app(replace(settings, mail_server="127.0.0.1", mail_port=server.port, mail_use_tls=False))
        with sending.app_context(), clock.moved(clock.now() + timedelta(minutes=11)):
            assert mailing.send_due() == 1
            mail_outbox.drain()
            assert mailing.send_due() == 0
            mail_outbox.drain()
    (arrived,) = server.letters
    message = arrived.message
    assert arrived.recipients == [BEN] and message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost/notifications/stop/\S+>", message["List-Unsubscribe"].strip())
    body = message.get_body(("plain",))
    assert body is not None and "Cleo answered" in body.get_content()
    rich = message.get_body(("html",))
    assert rich is not None and "<li>" in rich.get_content()


def test_people_without_a_confirmed_address_get_no_letter(cast: Cast) -> None:
    put_answer(cast, put_question(cast))
    begin_write()
    person = user.by_id(cast.id_of("ben"))
    assert person is not None
    person.confirmed_at = None
    db.session.commit()
    assert letters_after(10) == 0


def test_old_ones_are_forgotten(cast: Cast) -> None:
    put_answer(cast, put_question(cast))
    with clock.moved(clock.now() + timedelta(days=91)):
        notification.forget_old()
    assert db.session.scalars(select(Notification)).all() == []
