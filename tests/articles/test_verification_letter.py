from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.notifications import choice
from helpcenter.accounts.role import Role
from helpcenter.articles import verification, verification_letter
from helpcenter.articles.article import Article
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.mail import OutgoingMail
from tests.accounts.letterbox import letters_to
from tests.cast import Cast, email_of
from tests.shelf import edition_of, put_article

MONDAY = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(app: Flask) -> Iterator[None]:
    with clock.moved(MONDAY):
        yield


def late(cast: Cast, title: str = "Refunds", who: str = "ada") -> int:
    """An article of somebody's that was last looked at forty days ago, and should have been after thirty."""
    with clock.moved(MONDAY - timedelta(days=40)):
        article = put_article(title, by=cast.id_of(who))
    begin_write()
    db.session.get_one(Article, article).review_every_days = 30
    db.session.commit()
    return article


def test_the_letter_names_what_is_overdue_and_leads_there(cast: Cast) -> None:
    article = late(cast)
    late(cast, "Cards")
    assert verification_letter.send_due() == 1
    letter = letters_to(email_of("ada"))[-1]
    assert letter.subject == "2 of your articles need to be verified"
    for words in ("Refunds", "Cards", f"/studio/articles/{article}/en", "/studio/mine", "/notifications/stop/"):
        assert words in letter.text


def test_one_letter_a_week(cast: Cast) -> None:
    late(cast)
    assert [verification_letter.send_due() for _ in range(2)] == [1, 0]
    with clock.moved(MONDAY + timedelta(days=7)):
        assert verification_letter.send_due() == 1


@pytest.mark.parametrize("hours", [-1, 24, 24 * 6])
def test_no_letter_at_any_other_time(cast: Cast, hours: int) -> None:
    late(cast)
    with clock.moved(MONDAY + timedelta(hours=hours)):
        assert verification_letter.send_due() == 0


def test_no_letter_without_anything_overdue(cast: Cast) -> None:
    article = late(cast)
    begin_write()
    verification.verify(edition_of(article), by=cast.id_of("ada"))
    db.session.commit()
    assert verification_letter.send_due() == 0


def test_no_letter_to_whoever_edits_no_longer_or_wants_none(cast: Cast) -> None:
    late(cast)
    late(cast, "Cards", "root")
    begin_write()
    user.take_role(cast.id_of("ada"), Role.EDITOR, by=None)
    choice.stop_mail(cast.id_of("root"), [verification_letter.LETTER])
    db.session.commit()
    assert verification_letter.send_due() == 0


def test_editors_alone_see_its_switch_and_others_do_not_switch_it_off(cast: Cast) -> None:
    for name, is_offered in (("ada", True), ("ben", False)):
        browser = cast.browser(name)
        page = browser.get("/preferences/notifications").text
        assert ("Articles I look after" in page) == is_offered
        assert browser.post("/preferences/notifications", data={"rhythm": "at_once"}).status_code == 303
        assert choice.choices_of(cast.id_of(name))[verification_letter.LETTER][1] != is_offered


@pytest.mark.parametrize("locale", LANGUAGES)
def test_it_is_written_in_the_language_of_its_reader(cast: Cast, locale: str) -> None:
    late(cast)
    begin_write()
    person = user.by_id(cast.id_of("ada"))
    assert person is not None
    person.locale = locale
    db.session.commit()
    verification_letter.send_due()
    letter = letters_to(email_of("ada"))[-1]
    assert "Refunds" in letter.text
    assert letter.subject


def test_it_can_be_stopped_by_its_own_link(app: Flask, cast: Cast) -> None:
    late(cast)
    verification_letter.send_due()
    letter = db.session.scalars(select(OutgoingMail)).all()[-1]
    path = "/notifications/stop/" + letter.text.split("/notifications/stop/")[1].split()[0]
    app.test_client().post(path)
    with clock.moved(MONDAY + timedelta(days=7)):
        assert verification_letter.send_due() == 0
