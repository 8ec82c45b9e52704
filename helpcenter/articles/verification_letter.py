"""A letter on Monday morning to whoever looks after articles that should have been looked at by now.

Nothing overdue, no letter; and none to whoever switched it off, or edits no longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app, render_template, url_for
from sqlalchemy import select

from helpcenter.accounts import reader
from helpcenter.accounts.letters import in_language
from helpcenter.accounts.notifications import choice, stop_token
from helpcenter.accounts.user import User
from helpcenter.articles.article import Article
from helpcenter.articles.verification import Kept, kept_by, may_own
from helpcenter.core import clock, mail, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail

LETTER = "verification"
KIND = f"articles_{LETTER}"
MONDAY, HOUR = 0, 7
MOST_NAMED = 20


@dataclass(frozen=True)
class Letter:
    """What is queued, and to whom."""

    person: User
    subject: str
    text: str
    stop_url: str


def send_due() -> int:
    """Queue the letters of this week that are not queued yet, on Monday from seven on where the site is. Commits.

    Returns how many.
    """
    here = clock.now().astimezone(ZoneInfo(site.current().time_zone))
    if here.weekday() != MONDAY or here.hour < HOUR:
        return 0
    people = _without_letter(here.date())
    overdue = _overdue(person.id for person in people)
    letters = [_written(person, overdue[person.id]) for person in people if person.id in overdue]
    if not letters:
        return 0
    begin_write()
    sent = [_queue(letter, here.date()) for letter in letters]
    db.session.commit()
    return sum(sent)


def _without_letter(day: date) -> list[User]:
    """The owners who want the letter and have none of this week."""
    owners = select(Article.owner_id).where(Article.review_every_days.is_not(None))
    wants = ~choice.refuses_mail(User.id, LETTER)
    found = db.session.scalars(
        select(User).where(User.id.in_(owners), may_own(), User.confirmed_at.is_not(None), wants).order_by(User.id)
    ).all()
    keys = {person.id: _key(person, day) for person in found}
    had = set(db.session.scalars(select(OutgoingMail.dedupe_key).where(OutgoingMail.dedupe_key.in_(keys.values()))))
    return [person for person in found if keys[person.id] not in had]


def _overdue(owner_ids: Iterable[int]) -> dict[int, list[Kept]]:
    """What each of these people should have looked at by now; whoever has none is left out."""
    found: dict[int, list[Kept]] = {}
    for one in kept_by(owner_ids):
        if one.is_overdue:
            found.setdefault(one.owner_id or 0, []).append(one)
    return found


def _written(person: User, overdue: Sequence[Kept]) -> Letter:
    locale = reader.locale_of(person)
    # Addresses are made for pages that ask for them; here nobody asks.
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].site_url), in_language(locale):
        secret = stop_token.make(person.id, [LETTER])
        stop_url = url_for("notification_stops.show", secret=secret, lang=locale, _external=True)
        text = render_template(
            f"mail/{KIND}.txt",
            person=person,
            site=site.current(),
            count=len(overdue),
            named=[(one, _address(one)) for one in overdue[:MOST_NAMED]],
            page_url=url_for("studio.mine", _external=True),
            settings_url=url_for("notification_settings.edit", _external=True),
            stop_url=stop_url,
        )
    subject, _blank, body = text.strip().partition("\n")
    return Letter(person, subject.strip(), body.strip() + "\n", stop_url)


def _address(one: Kept) -> str:
    return url_for("studio.edit", article_id=one.article_id, language=one.locale, _external=True)


def _queue(letter: Letter, day: date) -> bool:
    return mail.queue(
        letter.person.email,
        letter.subject,
        letter.text,
        kind=KIND,
        dedupe_key=_key(letter.person, day),
        about=(KIND, letter.person.id),
        unsubscribe_url=letter.stop_url,
    )


def _key(person: User, day: date) -> str:
    return f"{KIND}:{day.isoformat()}:{person.id}"
