"""Every letter that can come again is stopped by one click; every other one answers a single act, and says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from config import ROOT
from helpcenter.accounts import user
from helpcenter.accounts.notifications import mailing
from helpcenter.articles import verification_letter
from helpcenter.articles.article import Article
from helpcenter.community import reminder
from helpcenter.core import clock, mail_outbox
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.reports import weekly_letter
from tests.cast import Cast
from tests.community.posts import put_answer, put_question
from tests.house.source import modules
from tests.shelf import put_article

MONDAY = datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
OWN_ACCOUNT = "somebody did this to the account, and its owner has to know"
ONCE = {
    "accounts_address_changed": OWN_ACCOUNT,
    "accounts_address_taken": "somebody typed the address into a form",
    "accounts_confirmation": "somebody typed the address into a form",
    "accounts_known_already": "somebody typed the address into a form",
    "accounts_new_address": "somebody typed the address into a form",
    "accounts_openid_connected": OWN_ACCOUNT,
    "accounts_password_changed": OWN_ACCOUNT,
    "accounts_recovery_code_used": OWN_ACCOUNT,
    "accounts_recovery_codes_made": OWN_ACCOUNT,
    "accounts_reset": "somebody typed the address into a form",
    "accounts_second_step_failed": OWN_ACCOUNT,
    "accounts_second_step_off": OWN_ACCOUNT,
    "accounts_second_step_on": OWN_ACCOUNT,
    "accounts_second_step_reset": OWN_ACCOUNT,
    "accounts_unknown_address": "somebody typed the address into a form",
    "articles_suggestion": "what became of the one suggestion for which the address was left",
    "feedback_thanks": "what became of the one remark for which the address was left",
    "search_wait_ask": "somebody typed the address into a form",
    "search_wait_found": "the one answer that was waited for, and the waiting ends with it",
    "support_copy": "what they just wrote to us",
    "support_reply": "an answer to what they wrote to us",
    "support_waiting": "a message to answer, to the address and the people that answer for the site",
}
"""Each kind that comes once for one act, and which act."""


def answered(cast: Cast) -> None:
    put_answer(cast, put_question(cast))


def left_alone(cast: Cast) -> None:
    with clock.moved(MONDAY - timedelta(days=40)):
        article = put_article("Refunds", by=cast.id_of("ada"))
    begin_write()
    db.session.get_one(Article, article).review_every_days = 30
    db.session.commit()


def wanted(cast: Cast) -> None:
    cast.id_of("sam")
    begin_write()
    person = user.by_id(cast.id_of("sam"))
    assert person is not None
    person.weekly_report = True
    db.session.commit()


@dataclass(frozen=True)
class Coming:
    """What brings a letter, the job that writes it, and how many days later it does so: twice, by itself."""

    caused: Callable[[Cast], None]
    send_due: Callable[[], int]
    days: tuple[int, int]
    caused_again: bool = False


AGAIN = {
    "articles_verification": Coming(left_alone, verification_letter.send_due, (0, 7)),
    "community_reminder": Coming(answered, reminder.send_due, (3, 7)),
    "notifications": Coming(answered, mailing.send_due, (1, 2), caused_again=True),
    "reports_weekly": Coming(wanted, weekly_letter.send_due, (0, 7)),
}
"""Each kind that comes again."""
SENDERS = [
    "accounts/letters.py",
    "accounts/notifications/letter.py",
    "articles/verification_letter.py",
    "community/reminder_letter.py",
    "feedback/one_letter.py",
    "reports/weekly_letter.py",
    "search/wait_letters.py",
    "support/letters.py",
]
"""Each place that queues a letter. Every one of them writes it from the template of its kind."""


def test_every_kind_of_letter_comes_once_or_again() -> None:
    kinds = sorted(path.stem for path in (ROOT / "templates" / "mail").glob("*.txt"))
    assert sorted([*ONCE, *AGAIN]) == kinds, "say of a new kind which it is"


def test_letters_are_queued_in_known_places_only() -> None:
    queueing = [module.where for module in modules() for _, name in module.reads() if name.endswith("mail.queue")]
    assert sorted(queueing) == SENDERS, "a new place may send a kind that nobody knows of"
    imports = [name for module in modules() for _, name in module.imports()]
    assert not {"helpcenter.core.mail.queue", "helpcenter.core.mail.*"} & set(imports), "import mail, say mail.queue"


@pytest.mark.parametrize("is_stopped", [False, True])
@pytest.mark.parametrize("kind", AGAIN)
def test_a_letter_comes_again_unless_a_mail_program_stops_it_by_one_click(
    kind: str, is_stopped: bool, cast: Cast, stranger: FlaskClient
) -> None:
    coming = AGAIN[kind]
    with clock.moved(MONDAY):
        coming.caused(cast)
    with clock.moved(MONDAY + timedelta(days=coming.days[0])):
        assert coming.send_due() == 1
        letter = db.session.scalars(select(OutgoingMail)).one()
        assert letter.kind == kind
        if is_stopped:
            stop(letter, stranger)
        if coming.caused_again:
            coming.caused(cast)
    with clock.moved(MONDAY + timedelta(days=coming.days[1])):
        assert coming.send_due() == (not is_stopped)


def stop(letter: OutgoingMail, browser: FlaskClient) -> None:
    """What a mail program does, which is signed in nowhere."""
    headers = mail_outbox._message(letter).extra_headers
    assert headers.get("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
    address = urlsplit(headers["List-Unsubscribe"].strip("<>"))
    answer = browser.post(f"{address.path}?{address.query}", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
