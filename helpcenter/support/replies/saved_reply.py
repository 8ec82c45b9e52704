"""A saved reply: a name, and one text for each language in which the team answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, lock_row
from helpcenter.core.refusals import Conflict, NotFound, Refusal

SUBJECT = "saved_reply"
LONGEST_NAME = 80
LONGEST_TEXT = 5_000


class NameTaken(Refusal):
    """Another saved reply already has this name."""


class SavedReply(Model):
    """`name_key` is the name in small letters: capitals alone tell no two apart. Each change raises `version`."""

    __tablename__ = "saved_reply"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    # A letter such as ﬃ is three small ones.
    name_key: Mapped[str] = mapped_column(String(3 * LONGEST_NAME), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)


class SavedReplyText(Model):
    """What it says in one language. `right_at` is when somebody last said so: by writing it, or by looking at it."""

    __tablename__ = "saved_reply_text"
    __table_args__ = (UniqueConstraint("reply_id", "locale"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("saved_reply.id", ondelete="CASCADE"))
    locale: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    right_at: Mapped[datetime]


def every() -> Sequence[SavedReply]:
    """All of them, by name."""
    return db.session.scalars(select(SavedReply).order_by(SavedReply.name_key)).all()


def found(reply_id: int) -> SavedReply:
    """One of them. Raises NotFound."""
    row = db.session.get(SavedReply, reply_id)
    if row is None:
        raise NotFound
    return row


def texts_of(reply_ids: Collection[int] | None = None) -> dict[int, dict[str, SavedReplyText]]:
    """The texts of these, or of all, by reply and by language, in the order in which they were first written."""
    wanted = select(SavedReplyText).order_by(SavedReplyText.id)
    if reply_ids is not None:
        wanted = wanted.where(SavedReplyText.reply_id.in_(reply_ids))
    texts: dict[int, dict[str, SavedReplyText]] = {}
    for row in db.session.scalars(wanted):
        texts.setdefault(row.reply_id, {})[row.locale] = row
    return texts


def add(name: str, texts: Mapping[str, str], *, by: int | None) -> SavedReply:
    """Keep a new one, with its text in each language. After begin_write(). Raises NameTaken."""
    _require_free(name, None)
    row = SavedReply(name=name, name_key=name.casefold(), version=1, changed_at=clock.now(), changed_by=by)
    db.session.add(row)
    _flush_name()
    _write(row, texts)
    return row


def change(
    reply_id: int, name: str, texts: Mapping[str, str], *, seen: int, by: int | None, all_right: bool = False
) -> SavedReply:
    """Change it; '' takes a language out, and a language that is not named stays. After begin_write().

    `seen` is the version that was being changed, `all_right` says of what stays that it is right as things are now.
    Raises NotFound, Conflict when there is another version, or NameTaken.
    """
    row: SavedReply | None = lock_row(select(SavedReply).where(SavedReply.id == reply_id))
    if row is None:
        raise NotFound
    if row.version != seen:
        raise Conflict
    _require_free(name, row.id)
    row.name, row.name_key = name, name.casefold()
    row.version, row.changed_at, row.changed_by = row.version + 1, clock.now(), by
    _flush_name()
    _write(row, texts, all_right=all_right)
    return row


def remove(reply_id: int) -> SavedReply:
    """Delete it with its texts; what was sent stays as it is. After begin_write(). Raises NotFound."""
    row = found(reply_id)
    db.session.delete(row)
    db.session.flush()
    return row


def _require_free(name: str, reply_id: int | None) -> None:
    owner = db.session.scalar(select(SavedReply.id).where(SavedReply.name_key == name.casefold()))
    if owner not in (None, reply_id):
        raise NameTaken


def _flush_name() -> None:
    try:
        db.session.flush()
    except IntegrityError:
        # Two who chose the same name at the same moment.
        raise NameTaken from None


def _write(row: SavedReply, texts: Mapping[str, str], *, all_right: bool = False) -> None:
    now, kept = clock.now(), texts_of([row.id]).get(row.id, {})
    for locale, text in texts.items():
        old = kept.get(locale)
        if not text:
            if old is not None:
                db.session.delete(old)
        elif old is None:
            db.session.add(SavedReplyText(reply_id=row.id, locale=locale, text=text, right_at=now))
        elif old.text != text:
            old.text, old.right_at = text, now
    for old in kept.values() if all_right else ():
        old.right_at = now
    db.session.flush()
