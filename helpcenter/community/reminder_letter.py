"""The letter that asks the asker whether an answer solved it, and the secret part of the address it leads to.

The token opens one question for one person, also signed out; it says nothing and can do nothing about any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, render_template, url_for
from itsdangerous import BadData

from helpcenter.accounts.letters import in_language
from helpcenter.accounts.viewer import Viewer
from helpcenter.community.answer import Answer
from helpcenter.community.question import SUBJECT, Question
from helpcenter.core import clock, mail, site
from helpcenter.core.signing import signer

_PURPOSE = "community.reminder"
LETTER = "reminder"
KIND = f"community_{LETTER}"
LIFETIME_DAYS = 60
LONGEST_TOKEN = 200


@dataclass(frozen=True)
class Letter:
    """What is queued: its subject, its text, and the address that stops such letters."""

    subject: str
    text: str
    stop_url: str


def written(question: Question, asker: Viewer, answers: Sequence[Answer]) -> Letter:
    """The letter in the language of its reader. Slow: before begin_write()."""
    here, secret = site.current(), make_token(question)
    locale = asker.locale if asker.locale in here.locales else here.default_locale
    # Addresses are made for pages that ask for them; here nobody asks.
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].site_url), in_language(locale):
        stop_url = url_for("reminders.show_stop", secret=secret, lang=locale, _external=True)
        text = render_template(
            f"mail/{KIND}.txt",
            person=asker,
            site=here,
            question=question,
            count=len(answers),
            link=url_for("reminders.show", secret=secret, lang=locale, _external=True),
            stop_url=stop_url,
        )
    subject, _blank, body = text.strip().partition("\n")
    return Letter(subject.strip(), body.strip() + "\n", stop_url)


def queue(letter: Letter, question: Question, asker: Viewer, day: int) -> bool:
    """Queue it, once for each day of a question; False where it was. To be called after begin_write()."""
    return mail.queue(
        asker.email,
        letter.subject,
        letter.text,
        kind=KIND,
        dedupe_key=f"{KIND}:{question.id}:{day}",
        about=(SUBJECT, question.id),
        unsubscribe_url=letter.stop_url,
    )


def make_token(question: Question) -> str:
    """The token for the asker of a question."""
    return str(signer(_PURPOSE).dumps([question.id, question.author_id, clock.now().toordinal()]))


def read_token(token: str) -> tuple[int, int] | None:
    """The question and the asker; None when it was changed, made up, or is too old."""
    try:
        question_id, user_id, day = signer(_PURPOSE).loads(token[:LONGEST_TOKEN])
    except (BadData, TypeError, ValueError):
        return None
    return (question_id, user_id) if clock.now().toordinal() - day <= LIFETIME_DAYS else None
