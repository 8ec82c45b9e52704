"""The report by mail, on Monday morning where the site is, for whoever asked for it.

It tells of the seven days up to Thursday: those are decided by then, and so are the seven before. Days that still wait
would look like a loss beside days that do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, render_template, url_for
from sqlalchemy import select

from helpcenter.accounts import permissions, user
from helpcenter.accounts.letters import in_language
from helpcenter.accounts.role import Role
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import clock, mail, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.journeys.identity import Identities
from helpcenter.reports import action, counts, leakage, stop_token, week
from helpcenter.reports.beyond import Beyond, beyond
from helpcenter.reports.figures import Figures, figures_of
from helpcenter.reports.range import Range
from helpcenter.reports.scope import Scope
from helpcenter.reports.titles import titles_of
from helpcenter.reports.week import Task

LETTER = "weekly"
KIND = f"reports_{LETTER}"
MONDAY, HOUR = 0, 7
DECIDED_AFTER = timedelta(days=4)
"""On Monday the last day whose 72 hours are over."""


@dataclass(frozen=True)
class Told:
    """Everything a letter says that is the same in every language."""

    scope: Scope
    figures: Figures
    before: Figures
    beyond: Beyond
    before_beyond: Beyond


def send_due() -> int:
    """Queue the letters of this week that are not queued yet, on Monday from seven on; how many. Commits."""
    here = clock.now().astimezone(ZoneInfo(site.current().time_zone))
    if here.weekday() != MONDAY or here.hour < HOUR:
        return 0
    waiting = _without_letter(here.date())
    if not waiting:
        return 0
    who = Identities.known()
    told = _told(here.date(), who)
    settings = current_app.config["SETTINGS"]
    # Addresses are made for pages that ask for them; here nobody asks.
    with current_app.test_request_context(base_url=settings.site_url):
        letters = [(person, _letter(person, viewer, told, who), stop_url(person)) for person, viewer in waiting]
    begin_write()
    sent = [_queue(person, text, stop, here.date()) for person, text, stop in letters]
    db.session.commit()
    return sum(sent)


def _without_letter(day: date) -> list[tuple[User, Viewer]]:
    """Whoever may read the report, asked for the letter and has none of this week."""
    people = list(db.session.scalars(user.weekly_readers().order_by(User.id)))
    keys = [_key(person, day) for person in people]
    had = set(db.session.scalars(select(OutgoingMail.dedupe_key).where(OutgoingMail.dedupe_key.in_(keys))))
    roles = user.roles_of([person.id for person in people])
    viewers = [(person, _viewer(person, roles)) for person in people if _key(person, day) not in had]
    return [(person, viewer) for person, viewer in viewers if permissions.allows(viewer, "read_reports")]


def _viewer(person: User, roles: Mapping[int, frozenset[Role]]) -> Viewer:
    return Viewer(
        id=person.id,
        name=person.name,
        email=person.email,
        roles=roles[person.id],
        locale=person.locale,
        time_zone=person.time_zone,
        is_confirmed=True,
    )


def _told(day: date, who: Identities) -> Told:
    last = day - DECIDED_AFTER
    scope = Scope(Range(last - timedelta(days=6), last))
    return Told(
        scope,
        figures_of(counts.totals(scope)),
        figures_of(counts.totals(scope.before)),
        beyond(scope, who),
        beyond(scope.before, who),
    )


def _letter(person: User, viewer: Viewer, told: Told, who: Identities) -> str:
    locale = person.locale if person.locale in site.current().locales else site.current().default_locale
    with in_language(locale):
        return render_template(
            f"mail/{KIND}.txt",
            person=person,
            site=site.current(),
            told=told,
            tasks=_tasks(told.scope, viewer, who),
            report_url=url_for("reports.index", **told.scope.range.as_dates(), _external=True),
            preferences_url=url_for("preferences.edit", _external=True),
            stop_url=stop_url(person),
        )


def _tasks(scope: Scope, viewer: Viewer, who: Identities) -> list[tuple[Task, str]]:
    leaks = leakage.leaks(scope, who)
    found = week.this_week(scope, leaks, titles_of({one.article_id for one in leaks}), who)
    root = current_app.config["SETTINGS"].site_url
    return [(one, f"{root}{action.of(one, viewer)[1]}") for one in found]


def stop_url(person: User) -> str:
    """The address that stops the letters of a person, by a page with a button and by a mail program alike."""
    return url_for("reports.show_weekly", secret=stop_token.make(person.id), _external=True)


def _queue(person: User, text: str, stop: str, day: date) -> bool:
    subject, _blank, body = text.strip().partition("\n")
    # About itself alone: a letter with a new password must never wait behind a report that is tried again.
    given: dict[str, Any] = {"kind": KIND, "dedupe_key": _key(person, day), "about": (KIND, person.id)}
    return mail.queue(person.email, subject.strip(), body.strip() + "\n", unsubscribe_url=stop, **given)


def _key(person: User, day: date) -> str:
    return f"{KIND}:{day.isoformat()}:{person.id}"
