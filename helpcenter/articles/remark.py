"""A remark on a line of an edition, by somebody who looked at it. It stays with its line when the text changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles.edition import Edition
from helpcenter.articles.revision import Revision
from helpcenter.core import clock
from helpcenter.core.db import Model, db
from helpcenter.core.line_matches import matches
from helpcenter.core.refusals import NotFound

LONGEST_TEXT = 1_000
LONGEST_QUOTE = 300


class Remark(Model):
    """`line` counts from 1 in the body of `revision_id`, whose words there are the `quote`."""

    __tablename__ = "remark"
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    line: Mapped[int]
    quote: Mapped[str] = mapped_column(String(LONGEST_QUOTE))
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


def add(revision: Revision, line: int, text: str, *, by: int) -> Remark:
    """Say something about a line. To be called after begin_write(). Raises NotFound for a line it does not have."""
    lines = revision.body.split("\n")
    if not 1 <= line <= len(lines):
        raise NotFound
    remark = Remark(
        edition_id=revision.edition_id,
        revision_id=revision.id,
        line=line,
        quote=lines[line - 1].strip()[:LONGEST_QUOTE],
        text=text,
        author_id=by,
        created_at=clock.now(),
    )
    db.session.add(remark)
    db.session.flush()
    return remark


def settle(remark: Remark, *, by: int) -> None:
    """It is done, or once more it is not. To be called after begin_write()."""
    if remark.settled_at is None:
        remark.settled_at, remark.settled_by = clock.now(), by
    else:
        remark.settled_at = remark.settled_by = None


def of(edition: Edition | None, remark_id: int) -> Remark:
    """A remark on this edition. Raises NotFound."""
    found = db.session.get(Remark, remark_id) if edition is not None else None
    if edition is None or found is None or found.edition_id != edition.id:
        raise NotFound
    return found


def placed(edition: Edition, body: str) -> list[tuple[int | None, Remark]]:
    """Every remark on an edition with its line in this body, the oldest first; None where its line is gone."""
    remarks = db.session.scalars(select(Remark).where(Remark.edition_id == edition.id).order_by(Remark.id)).all()
    bodies = dict(
        db.session.execute(
            select(Revision.id, Revision.body).where(Revision.id.in_({one.revision_id for one in remarks}))
        ).all()
    )
    now = body.split("\n")
    places = {revision_id: matches(old.split("\n"), now) for revision_id, old in bodies.items()}
    found = ((places[one.revision_id].get(one.line - 1), one) for one in remarks)
    return [(None if place is None else place + 1, one) for place, one in found]


def waiting(edition: Edition) -> int:
    """How many are not settled."""
    unsettled = select(Remark.id).where(Remark.edition_id == edition.id, Remark.settled_at.is_(None))
    return len(db.session.scalars(unsettled).all())
