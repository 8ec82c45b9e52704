from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from helpcenter.accounts import letters, user
from helpcenter.core import clock, mail_outbox, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.mail import MailStatus, OutgoingMail
from helpcenter.reports import weekly_letter
from tests.accounts.letterbox import letters_to
from tests.cast import Cast, email_of
from tests.reports.past import Past
from tests.shelf import put_article

MONDAY = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
"""The days a letter of it tells of are 24 to 30 April."""


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    with clock.moved(MONDAY):
        yield


def subscribe(cast: Cast, *names: str, locale: str = "") -> None:
    for name in names:
        cast.id_of(name)
    begin_write()
    for name in names:
        person = user.by_id(cast.id_of(name))
        assert person is not None
        person.weekly_report, person.locale = True, locale
    db.session.commit()


def letter(cast: Cast, name: str = "sam", locale: str = "") -> OutgoingMail:
    subscribe(cast, name, locale=locale)
    assert weekly_letter.send_due() == 1
    return letters_to(email_of(name))[-1]


def test_it_tells_the_sentence_the_week_before_and_what_to_do(cast: Cast) -> None:
    article = put_article("Open a locker")
    past = Past(MONDAY)
    for number in range(3):
        past.helped(5 + number, article)
        past.wrote(6 + number / 2, 10 + number, article)
        past.form(6 + number, past.helped(12 + number, article), solved_by=article)
    past.rebuild()
    text = letter(cast, "ada").text
    assert "6 conversations did not need to happen from 24 Apr 2026 to 30 Apr 2026: 6 confirmed" in text
    assert "In the week before: 3." in text
    assert "3 people read “Open a locker” last before writing to support." in text
    assert f"http://localhost/studio/articles/{article}/en" in text
    assert "http://localhost/reports?from=2026-04-24&to=2026-04-30" in text
    assert "Self-service success: few data (6 of 9); few data in the week before" in text
    assert "Solved in the form: few data (3 of 6)" in text


def test_days_that_still_wait_are_not_told(cast: Cast) -> None:
    past = Past(MONDAY)
    past.helped(1)
    past.rebuild()
    assert letter(cast).subject == "0 conversations did not need to happen"


def test_there_is_one_letter_a_week(cast: Cast) -> None:
    letter(cast)
    with clock.moved(MONDAY + timedelta(hours=5)):
        assert weekly_letter.send_due() == 0
    with clock.moved(MONDAY + timedelta(days=7)):
        assert weekly_letter.send_due() == 1
    assert len(letters_to(email_of("sam"))) == 2


@pytest.mark.parametrize("hours", [-1, 24, -24])
def test_it_comes_on_monday_morning_where_the_site_is(cast: Cast, hours: float) -> None:
    subscribe(cast, "sam")
    with clock.moved(MONDAY + timedelta(hours=hours)):
        assert weekly_letter.send_due() == 0
    begin_write()
    site.change(time_zone="Asia/Tokyo")
    db.session.commit()
    with clock.moved(MONDAY - timedelta(hours=9)):
        assert weekly_letter.send_due() == 1


def test_only_whoever_asked_and_may_read_the_report_gets_it(cast: Cast) -> None:
    cast.id_of("root")
    subscribe(cast, "sam", "ben", "mia")
    assert weekly_letter.send_due() == 1
    assert [letters_to(email_of(name)) for name in ("root", "ben", "mia")] == [[], [], []]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_it_speaks_the_language_of_whoever_reads_it(cast: Cast, locale: str) -> None:
    words = {"en": "did not need", "es": "escaladas", "ru": "не понадобил", "ar": "لم تعد لازمة"}
    written = letter(cast, locale=locale)
    assert words[locale] in written.text
    assert "%(" not in written.text + written.subject


def test_it_is_a_preference_of_the_team_and_off_at_first(cast: Cast) -> None:
    assert "weekly_report" not in cast.browser("ben").get("/preferences").text
    sam = cast.browser("sam")
    assert not re.search(r"weekly_report[^>]*checked", sam.get("/preferences").text)
    filled = {"name": "Sam", "locale": "", "time_zone": "", "theme": "auto", "weekly_report": "y"}
    assert sam.post("/preferences", data=filled).status_code == 303
    assert re.search(r"weekly_report[^>]*checked|checked[^>]*weekly_report", sam.get("/preferences").text)
    assert weekly_letter.send_due() == 1


def test_a_member_can_not_ask_for_it(cast: Cast) -> None:
    filled = {"name": "Ben", "locale": "", "time_zone": "", "theme": "auto", "weekly_report": "y"}
    assert cast.browser("ben").post("/preferences", data=filled).status_code == 303
    person = user.by_id(cast.id_of("ben"))
    assert person is not None
    assert not person.weekly_report


def stop(written: OutgoingMail) -> str:
    return urlsplit(written.unsubscribe_url).path


def wants(cast: Cast, name: str = "sam") -> bool:
    db.session.rollback()
    person = user.by_id(cast.id_of(name))
    return person is not None and person.weekly_report


def test_the_link_opens_a_page_and_the_button_on_it_stops_the_letters(cast: Cast, stranger: FlaskClient) -> None:
    address = stop(letter(cast))
    assert "Stop it" in stranger.get(address).text
    assert wants(cast), "opening the page changes nothing"
    assert "The weekly report has been stopped" in stranger.post(address).text
    assert not wants(cast)


def test_a_mail_program_stops_them_with_one_click(cast: Cast, stranger: FlaskClient) -> None:
    address = stop(letter(cast))
    answer = stranger.post(address, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, wants(cast)) == (200, False)
    with clock.moved(MONDAY + timedelta(days=7)):
        assert weekly_letter.send_due() == 0


def test_the_letter_names_the_address_for_mail_programs(cast: Cast) -> None:
    headers = mail_outbox._message(letter(cast)).extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http://localhost/reports/weekly/")


@pytest.mark.parametrize("secret", ["x", "NQ.made-up", "1" * 5000])
def test_a_made_up_link_stops_nothing(cast: Cast, stranger: FlaskClient, secret: str) -> None:
    subscribe(cast, "sam")
    assert stranger.get(f"/reports/weekly/{secret}").status_code == 410
    assert stranger.post(f"/reports/weekly/{secret}").status_code == 410
    assert wants(cast)


def test_a_letter_that_waits_holds_up_no_other_of_the_same_person(app: Flask, cast: Cast) -> None:
    weekly = letter(cast)
    with app.test_request_context():
        begin_write()
        letters.reset(user.by_id(cast.id_of("sam")))  # type: ignore[arg-type]
        db.session.commit()
    with clock.moved(MONDAY + timedelta(minutes=1)):
        begin_write()
        waits = db.session.get_one(OutgoingMail, weekly.id)
        waits.status, waits.next_at = MailStatus.QUEUED, MONDAY + timedelta(hours=6)
        db.session.execute(update(OutgoingMail).where(OutgoingMail.id != weekly.id).values(status=MailStatus.QUEUED))
        db.session.commit()
        due = mail_outbox._next_due()
    assert due is not None and due != weekly.id
