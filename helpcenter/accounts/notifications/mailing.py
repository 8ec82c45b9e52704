"""The jobs that send letters: ten minutes after something happened, or on the morning of a digest.

What is in a letter is marked in the transaction that puts the letter into the outbox, so a job that is killed at any
moment and run again tells nothing twice.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from helpcenter.accounts import user
from helpcenter.accounts.notifications import letter, notification, setting
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.notifications.setting import NotificationSetting, Rhythm
from helpcenter.core import clock, jobs
from helpcenter.core.db import begin_write, db

PATIENCE = timedelta(minutes=10)
"""What happens in this time after the first thing comes in the same letter; and who reads it until then needs none."""
TOO_OLD = timedelta(days=2)
"""What could not be seen for so long, such as a question that waits for review, is no news by mail any more."""
MOST_PEOPLE = 500


def send_due() -> int:
    """Queue a letter to everybody whose ten minutes are over; how many. Commits."""
    return sum(_send(user_id) for user_id in _whose_turn_it_is() if not jobs.stop_asked())


def send_digests() -> int:
    """Queue the digests of this morning; how many. Commits."""
    return sum(_send(user_id, is_digest=True) for user_id in setting.due_digests(MOST_PEOPLE) if not jobs.stop_asked())


def _whose_turn_it_is() -> list[int]:
    oldest, now = func.min(Notification.created_at), clock.now()
    rhythm = func.coalesce(NotificationSetting.rhythm, Rhythm.AT_ONCE.value)
    wanted = (
        select(Notification.user_id)
        .outerjoin(NotificationSetting, NotificationSetting.user_id == Notification.user_id)
        .where(Notification.awaits_mail, Notification.created_at > now - TOO_OLD, rhythm == Rhythm.AT_ONCE.value)
        .group_by(Notification.user_id)
        .having(oldest <= now - PATIENCE)
        .order_by(oldest)
        .limit(MOST_PEOPLE)
    )
    found = list(db.session.scalars(wanted))
    db.session.rollback()
    return found


def _send(user_id: int, *, is_digest: bool = False) -> bool:
    written = letter.write(user_id)
    if written is None and not is_digest:
        return False
    begin_write()
    is_queued = False
    if written is not None and (not written.ids or notification.take_for_mail(written.ids)):
        is_queued = letter.queue(written)
    if is_digest:
        person = user.by_id(user_id)
        setting.move(user_id, person.time_zone if person else "")
    db.session.commit()
    return is_queued
