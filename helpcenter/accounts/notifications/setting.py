"""When letters come, and whether one follows what one takes part in. Without a row: at once, and yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock, site
from helpcenter.core.db import Model, db, upsert

MORNING = 8
"""The hour at which a digest is written, where its reader is."""
MONDAY = 0


class Rhythm(StrEnum):
    """at_once: ten minutes after the first of them; else one letter a day, or one on Monday."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class NotificationSetting(Model):
    """`digest_at` is when the next letter of a digest is due."""

    __tablename__ = "notification_setting"
    __table_args__ = (CheckConstraint("rhythm IN ('at_once', 'daily', 'weekly')", name="rhythm"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    rhythm: Mapped[str] = mapped_column(String(8))
    follows_own: Mapped[bool]
    digest_at: Mapped[datetime | None] = mapped_column(index=True)


@dataclass(frozen=True)
class Wish:
    """What somebody wants."""

    rhythm: Rhythm = Rhythm.AT_ONCE
    follows_own: bool = True


def wish_of(user_id: int) -> Wish:
    """The wish of a person."""
    row = db.session.get(NotificationSetting, user_id)
    return Wish(Rhythm(row.rhythm), row.follows_own) if row else Wish()


def keep(user_id: int, wish: Wish, time_zone: str) -> None:
    """Keep a wish; a digest comes on the next morning in this zone. To be called after begin_write()."""
    values = {
        "rhythm": wish.rhythm.value,
        "follows_own": wish.follows_own,
        "digest_at": next_morning(wish.rhythm, clock.now(), time_zone),
    }
    row = upsert(NotificationSetting).values(user_id=user_id, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["user_id"], set_=values))


def move(user_id: int, time_zone: str) -> None:
    """The person is in another zone now, so the next morning is another one. To be called after begin_write()."""
    row = db.session.get(NotificationSetting, user_id)
    if row is not None:
        row.digest_at = next_morning(Rhythm(row.rhythm), clock.now(), time_zone)


def next_morning(rhythm: Rhythm, after: datetime, time_zone: str) -> datetime | None:
    """The first time later than `after` at which a digest is due; '' is the zone of the site. None: it never is."""
    if rhythm is Rhythm.AT_ONCE:
        return None
    zone = ZoneInfo(time_zone or site.current().time_zone)
    here = after.astimezone(zone)
    day = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    while day.astimezone(ZoneInfo("UTC")) <= after or (rhythm is Rhythm.WEEKLY and day.weekday() != MONDAY):
        day += timedelta(days=1)
    return day.astimezone(ZoneInfo("UTC"))


def due_digests(most: int) -> list[int]:
    """Whose digest is due, those who wait longest first."""
    due = NotificationSetting.digest_at <= clock.now()
    wanted = select(NotificationSetting.user_id).where(due).order_by(NotificationSetting.digest_at).limit(most)
    return list(db.session.scalars(wanted))


def forget(user_id: int) -> None:
    """As if nothing had ever been wished. To be called after begin_write()."""
    row = db.session.get(NotificationSetting, user_id)
    if row is not None:
        db.session.delete(row)
