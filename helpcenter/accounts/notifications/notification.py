"""Something a person is told of: the row, and telling.

It is written in the transaction of what happened, for everybody whom it concerns. Whether they may see it is asked when
they read it and when a letter is written, for by then it may be another thing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    and_,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.notifications.choice import NotificationChoice
from helpcenter.accounts.notifications.following import LONGEST_SUBJECT_KIND, Follow
from helpcenter.accounts.notifications.kind import LONGEST_KIND, Kind, Ref
from helpcenter.accounts.user import User
from helpcenter.core import clock
from helpcenter.core.db import Model, UtcDateTime, begin_write, db, upsert

KEPT = timedelta(days=90)
_UNREAD, _WAITS = text("read_at IS NULL"), text("awaits_mail")


class Notification(Model):
    """`about` is what several are gathered by, `subject` what happened: an answer (subject) to a question (about).

    `in_app` False: wanted by mail alone. `awaits_mail` ends with the letter, or when it was read before.
    """

    __tablename__ = "notification"
    __table_args__ = (
        # Nobody is told twice of one thing; and what they were told already by a closer kind is asked by it too.
        UniqueConstraint("user_id", "subject_kind", "subject_id", "kind"),
        Index("ix_notification_unread", "user_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
        Index("ix_notification_waits", "user_id", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_notification_page", "user_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(LONGEST_KIND))
    about_kind: Mapped[str] = mapped_column(String(LONGEST_SUBJECT_KIND))
    about_id: Mapped[int]
    subject_kind: Mapped[str] = mapped_column(String(LONGEST_SUBJECT_KIND))
    subject_id: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    in_app: Mapped[bool]
    awaits_mail: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(index=True)
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]

    @property
    def about(self) -> Ref:
        """What it is gathered by."""
        return self.about_kind, self.about_id

    @property
    def subject(self) -> Ref:
        """What happened."""
        return self.subject_kind, self.subject_id


def tell(
    kind: Kind,
    people: Collection[int],
    *,
    about: Ref,
    subject: Ref,
    actor_id: int | None,
    heeds_no: bool = False,
    happens_later: bool = False,
) -> None:
    """Tell these people, but whoever did it. To be called after begin_write().

    `heeds_no`: not whoever said that they do not follow what it is about. `happens_later`: also whoever was told of
    the subject by another kind, since something else became of it.
    """
    if not people:
        return
    said_no = exists().where(
        Follow.user_id == User.id,
        Follow.subject_kind == about[0],
        Follow.subject_id == about[1],
        Follow.wanted.is_(False),
    )
    who = User.id.in_(list(people))
    told_by = Notification.kind == kind.name if happens_later else true()
    _tell(kind, and_(who, ~said_no) if heeds_no else who, about, subject, actor_id, told_by)


def tell_followers(kind: Kind, *, about: Ref, subject: Ref, actor_id: int | None) -> None:
    """Tell everybody who follows what it is about, but whoever did it or was told of it. To be called after tell()."""
    followers = select(Follow.user_id).where(
        Follow.subject_kind == about[0], Follow.subject_id == about[1], Follow.wanted
    )
    _tell(kind, User.id.in_(followers), about, subject, actor_id, true())


def _tell(
    kind: Kind, who: ColumnElement[bool], about: Ref, subject: Ref, actor_id: int | None, told_by: ColumnElement[bool]
) -> None:
    """One statement, however many people it is; not for whoever was `told_by` something of the subject."""
    in_app = func.coalesce(NotificationChoice.in_app, literal(True))
    by_mail = func.coalesce(NotificationChoice.by_mail, literal(True))
    values = {
        "user_id": User.id,
        "kind": literal(kind.name),
        "about_kind": literal(about[0]),
        "about_id": literal(about[1]),
        "subject_kind": literal(subject[0]),
        "subject_id": literal(subject[1]),
        "actor_id": literal(actor_id, Integer()),
        "in_app": in_app,
        "awaits_mail": by_mail,
        "created_at": literal(clock.now(), UtcDateTime()),
    }
    told_already = exists().where(
        Notification.user_id == User.id,
        Notification.subject_kind == subject[0],
        Notification.subject_id == subject[1],
        told_by,
    )
    of_this_kind = (NotificationChoice.user_id == User.id) & (NotificationChoice.kind == kind.name)
    rows: Any = (
        select(*(value.label(name) for name, value in values.items()))
        .select_from(User)
        .outerjoin(NotificationChoice, of_this_kind)
        .where(who, User.id != (actor_id or 0), User.erased_at.is_(None), ~told_already, or_(in_app, by_mail))
    )
    new = upsert(Notification).from_select(list(values), rows, include_defaults=False)
    db.session.execute(new.on_conflict_do_nothing())


def tell_anew(kind: Kind, people: Collection[int], *, subject: Ref, actor_id: int | None) -> None:
    """Tell these people once more of what may change again, in place of what they were told of it before.

    To be called after begin_write().
    """
    before = (Notification.kind == kind.name, *_is(subject))
    db.session.execute(delete(Notification).where(*before), execution_options={"synchronize_session": False})
    tell(kind, people, about=subject, subject=subject, actor_id=actor_id)


def read(user_id: int, *where: ColumnElement[bool]) -> None:
    """They read all of these that they had not read; no letter tells of them. To be called after begin_write()."""
    unread = (Notification.user_id == user_id, Notification.read_at.is_(None), *where)
    _change(unread, read_at=clock.now(), awaits_mail=False)


def is_about(subject: Ref) -> ColumnElement[bool]:
    """Those that a page of this subject shows."""
    return or_(and_(*_is(subject)), and_(Notification.about_kind == subject[0], Notification.about_id == subject[1]))


def drop_mail(user_id: int, kinds: Collection[str]) -> None:
    """No letter tells of what waits of these kinds. To be called after begin_write()."""
    _change((Notification.user_id == user_id, Notification.kind.in_(kinds)), awaits_mail=False)


def take_for_mail(ids: Collection[int]) -> bool:
    """These are in a letter from now on; False where another one has them all. To be called after begin_write()."""
    taken = (
        update(Notification)
        .where(Notification.id.in_(list(ids)), Notification.awaits_mail)
        .values(awaits_mail=False, mailed_at=clock.now())
        .returning(Notification.id)
    )
    return bool(db.session.execute(taken, execution_options={"synchronize_session": False}).all())


def shown_to(user_id: int) -> Select[Notification]:
    """What the page of a person may show; to be paged by id."""
    return select(Notification).where(Notification.user_id == user_id, Notification.in_app)


def waiting_of(user_id: int) -> list[Notification]:
    """What a letter to a person would tell of, the oldest first."""
    wanted = select(Notification).where(Notification.user_id == user_id, Notification.awaits_mail)
    return list(db.session.scalars(wanted.order_by(Notification.id)))


def forget(user_id: int) -> None:
    """Forget all that a person was told. Who did something is not named to others any more. After begin_write()."""
    options = {"synchronize_session": False}
    db.session.execute(delete(Notification).where(Notification.user_id == user_id), execution_options=options)


def forget_old() -> None:
    """Forget what is older than three months, read or not: a job."""
    begin_write()
    old = Notification.created_at < clock.now() - KEPT
    db.session.execute(delete(Notification).where(old), execution_options={"synchronize_session": False})
    db.session.commit()


def _is(subject: Ref) -> tuple[ColumnElement[bool], ...]:
    return Notification.subject_kind == subject[0], Notification.subject_id == subject[1]


def _change(where: tuple[ColumnElement[bool], ...], **values: Any) -> None:
    changed = update(Notification).where(*where).values(**values)
    db.session.execute(changed, execution_options={"synchronize_session": False})
