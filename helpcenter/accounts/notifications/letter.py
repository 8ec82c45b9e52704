"""One letter with all that waits for one person, in their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from helpcenter.accounts import reader, user
from helpcenter.accounts.letters import in_language
from helpcenter.accounts.notifications import digest, line, notification, setting, stop_token
from helpcenter.accounts.notifications.digest import Section
from helpcenter.accounts.notifications.kind import kinds
from helpcenter.accounts.notifications.line import Line
from helpcenter.accounts.notifications.setting import Rhythm
from helpcenter.accounts.user import User
from helpcenter.core import clock, mail, site

KIND = "notifications"


@dataclass(frozen=True)
class Letter:
    """A written letter: the rows it tells of, and what mail.queue takes. `key` tells it from every other one."""

    ids: frozenset[int]
    key: str
    to: str
    user_id: int
    subject: str
    text: str
    html: str
    stop_url: str


def write(user_id: int) -> Letter | None:
    """What waits for a person, as they may see it now; None for nothing, or where no letter may go. Writes nothing."""
    person = user.by_id(user_id)
    if person is None or not person.is_confirmed:
        return None
    locale, viewer = reader.locale_of(person), reader.viewer_of(person)
    rhythm = setting.wish_of(user_id).rhythm
    # Addresses are made for pages that ask for them; here nobody asks.
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].site_url), in_language(locale):
        seen = line.seen(notification.waiting_of(user_id)[::-1], viewer, locale)
        more = digest.sections(viewer, locale) if rhythm is Rhythm.WEEKLY else []
        if not seen.lines and not more:
            return None
        return _written(person, locale, seen.lines, more, seen.ids, rhythm)


def queue(letter: Letter) -> bool:
    """Put it into the outbox in the transaction of the caller; False where it is there. After begin_write()."""
    given: dict[str, Any] = {"kind": KIND, "dedupe_key": letter.key, "html": letter.html}
    # About itself alone: a letter with a new password must never wait behind one that is tried again.
    given |= {"about": (KIND, letter.user_id), "unsubscribe_url": letter.stop_url}
    return mail.queue(letter.to, letter.subject, letter.text, **given)


def _written(
    person: User, locale: str, lines: Sequence[Line], more: Sequence[Section], ids: frozenset[int], rhythm: Rhythm
) -> Letter:
    # A letter that tells of nothing but what waits is stopped by stopping all.
    told = {one.kind for one in lines} or set(kinds())
    stop_url = url_for("notification_stops.show", secret=stop_token.make(person.id, told), lang=locale, _external=True)
    words = {
        "person": person,
        "site": site.current(),
        "locale": locale,
        "lines": lines,
        "sections": more,
        "root": current_app.config["SETTINGS"].site_url,
        "page_url": url_for("notifications.index", locale=locale, _external=True),
        "settings_url": url_for("notification_settings.edit", _external=True),
        "stop_url": stop_url,
    }
    subject = _subject(lines, rhythm)
    text = render_template("mail/notifications.txt", **words).strip() + "\n"
    html = render_template("mail/notifications.html", subject=subject, **words)
    return Letter(ids, _key(person.id, ids), person.email, person.id, subject, text, html, stop_url)


def _subject(lines: Sequence[Line], rhythm: Rhythm) -> str:
    if not lines:
        return str(_("Questions waiting for an answer"))
    if len(lines) == 1:
        return lines[0].sentence
    count = sum(one.count for one in lines)
    if rhythm is Rhythm.AT_ONCE:
        return str(ngettext("%(num)d new thing for you", "%(num)d new things for you", count))
    return str(ngettext("Your digest: %(num)d thing is new", "Your digest: %(num)d things are new", count))


def _key(user_id: int, ids: frozenset[int]) -> str:
    """A letter is known by the newest thing it tells of; one that tells of none, by its week."""
    if ids:
        return f"{KIND}:{user_id}:{max(ids)}"
    week = (clock.now() + timedelta(hours=12)).date().isocalendar()
    return f"{KIND}:{user_id}:{week.year}-W{week.week}"
