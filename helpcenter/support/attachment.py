"""A file that came with a message: a picture, made anew, or plain text. Of anything else only its name is kept.

What is sent with a form waits for its message under a key that only the form knows, so that a page that comes back
with a word about a field has lost no file.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, defer, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db
from helpcenter.core.text import shortened
from helpcenter.core.typed_text import without_controls
from helpcenter.files import file as files
from helpcenter.files import upload
from helpcenter.files.file import File
from helpcenter.files.picture import PictureRefused, Reason

if TYPE_CHECKING:
    from helpcenter.files.upload import Prepared

SUBJECT = "conversation"
LONGEST_NAME = 120
MOST = 5
"""Files of one form. A letter may bring more."""
LARGEST_TEXT_BYTES = 1024 * 1024
WAITS = timedelta(hours=24)
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the rest of a line around: a name stands in the lines of others."""
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\x1b")


class Attachment(Model):
    """`message_id` is None while the form is still being written. `refused` says why nothing but the name is kept."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"), index=True)
    text: Mapped[str | None] = mapped_column(Text)
    refused: Mapped[str] = mapped_column(String(20), default="")
    created_at: Mapped[datetime] = mapped_column(index=True)

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown in the page."""
        return self.file_id is not None


@dataclass(frozen=True)
class Taken:
    """A file that was looked at, its picture on disk, and its row still to come."""

    name: str
    picture: Prepared | File | None = None
    text: str | None = None
    refused: str = ""


def take(name: str, data: bytes) -> Taken:
    """Look at a file and clean it; what can not be kept says why. Slow: before begin_write(). Raises OSError."""
    shown = shortened(_DIRECTIONS.sub("", without_controls(name)), LONGEST_NAME) or _("File")
    try:
        # Under a name of its own: whoever is erased takes their picture along, also where others sent the same.
        return Taken(shown, picture=upload.prepare(data, apart=secrets.token_hex(16)))
    except PictureRefused as problem:
        text = _as_text(data) if problem.reason is Reason.UNKNOWN_KIND else None
        return Taken(shown, text=text) if text is not None else Taken(shown, refused=_why(problem, data))


def _as_text(data: bytes) -> str | None:
    if len(data) > LARGEST_TEXT_BYTES:
        return None
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeError:
        return None
    is_plain = all(sign in _ALLOWED_CONTROLS or (sign >= " " and sign != "\x7f") for sign in text)
    return text if is_plain else None


def _why(problem: PictureRefused, data: bytes) -> str:
    is_long_text = problem.reason is Reason.TOO_MANY_BYTES and not data.startswith(
        (b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF")
    )
    return str(Reason.UNKNOWN_KIND if is_long_text else problem.reason)


def told(refused: str) -> str:
    """Why a file is not kept, in a sentence."""
    if refused == Reason.UNKNOWN_KIND:
        return str(_("Pictures (PNG, JPEG, WebP, GIF) and plain text of up to 1 MB can be added."))
    return PictureRefused(Reason(refused)).message


def keep(taken: Taken, *, by: int | None, message_id: int | None = None) -> Attachment:
    """Write the row, for a message or to wait for one. To be called after begin_write()."""
    file = upload.keep(taken.picture, by=by) if taken.picture else None
    row = Attachment(
        key=secrets.token_hex(16),
        message_id=message_id,
        name=taken.name,
        file_id=file.id if file else None,
        text=taken.text,
        refused=taken.refused,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def waiting(keys: Iterable[str]) -> Sequence[Attachment]:
    """What waits under these keys, in the order in which it came; keys that name nothing are left out."""
    wanted = (Attachment.key.in_(list(keys)[: 2 * MOST]), Attachment.message_id.is_(None))
    return db.session.scalars(select(Attachment).where(*wanted).order_by(Attachment.id)).all()


def belong(rows: Iterable[Attachment], message_id: int, conversation_id: int) -> None:
    """Put files to their message, and their pictures into the conversation's care. After begin_write()."""
    for row in rows:
        row.message_id = message_id
        if row.file_id is not None:
            files.add_use(row.file_id, kind=SUBJECT, subject_id=conversation_id)
    db.session.flush()


def release(message_id: int, conversation_id: int) -> list[Attachment]:
    """The files of a message that was taken back: they wait again, as before it. After begin_write()."""
    rows = list(db.session.scalars(select(Attachment).where(Attachment.message_id == message_id)))
    for row in rows:
        row.message_id = None
        if row.file_id is not None:
            files.end_use(row.file_id, kind=SUBJECT, subject_id=conversation_id)
    db.session.flush()
    return rows


def belong_once(rows: Sequence[Attachment], message_id: int, conversation_id: int) -> None:
    """The same for a form that may have been sent twice: its message keeps the files of the first time."""
    if not of_messages([message_id]):
        belong([row for row in rows if row.message_id is None], message_id, conversation_id)


def of_messages(message_ids: Iterable[int]) -> Mapping[int, list[Attachment]]:
    """The files of each message, without their text."""
    found: dict[int, list[Attachment]] = {}
    wanted = select(Attachment).where(Attachment.message_id.in_(list(message_ids))).options(defer(Attachment.text))
    for row in db.session.scalars(wanted.order_by(Attachment.id)):
        found.setdefault(row.message_id or 0, []).append(row)
    return found


def forget_of(conversation_ids: Sequence[int], message_ids: Sequence[int]) -> None:
    """Take away the files of these conversations; what lies on disk follows within a day. After begin_write()."""
    db.session.execute(delete(Attachment).where(Attachment.message_id.in_(message_ids)))
    files.forget(SUBJECT, conversation_ids)


def forget_waiting() -> None:
    """Forget what waited a day for a message that was never sent: a job."""
    begin_write()
    old = Attachment.message_id.is_(None) & (Attachment.created_at < clock.now() - WAITS)
    file_ids = [one for one in db.session.scalars(select(Attachment.file_id).where(old)) if one is not None]
    db.session.execute(delete(Attachment).where(old))
    files.forget_unused(file_ids)
    db.session.commit()
