"""What a reader proposes for an article: words, or its text as it should be, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, Text, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.user import LONGEST_EMAIL, email_key
from helpcenter.articles.revision import Revision
from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db, lock_row, only
from helpcenter.core.refusals import NotFound
from helpcenter.feedback.one_letter import KEPT_DAYS
from helpcenter.feedback.state import State

LONGEST_WORDS = 1_000
LONGEST_REPLY = 1_000
MOST_ADDED = 20_000
"""Characters that a proposed text may have more than the text it was made from."""
SAME = timedelta(minutes=10)
"""The same words again within this are one suggestion that was sent twice."""


class Suggestion(Model):
    """`revision_id` is what the reader read, `text` that text as they want it, `locale` its language.

    `address` is of a stranger who wants one letter, in the language `said_in`; it is forgotten once that was sent.
    `became_id` is the revision that was made of it.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(one.value) for one in State)})", name="state"),
        Index("ix_suggestion_state", "state", "id"),
        Index("ix_suggestion_article", "article_id", "state"),
        Index("ix_suggestion_address_key", "address_key", **only("address_key <> ''")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), index=True)
    locale: Mapped[str] = mapped_column(String(5))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    address: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")
    address_key: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")
    said_in: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    text: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default=State.NEW)
    reply: Mapped[str] = mapped_column(String(LONGEST_REPLY), default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]
    became_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


def suggest(
    base: Revision,
    article_id: int,
    locale: str,
    *,
    words: str,
    text: str | None,
    said_in: str,
    user_id: int | None,
    address: str = "",
) -> Suggestion:
    """Keep a suggestion; sent twice, it is one. `locale` is that of the text. To be called after begin_write()."""
    now = clock.now()
    same = select(Suggestion).where(
        Suggestion.article_id == article_id,
        Suggestion.created_at > now - SAME,
        Suggestion.words == words,
        Suggestion.text == text if text is not None else Suggestion.text.is_(None),
        Suggestion.user_id == user_id if user_id is not None else Suggestion.user_id.is_(None),
        Suggestion.address_key == email_key(address),
    )
    found = db.session.scalars(same).first()
    if found is not None:
        return found
    row = Suggestion(
        article_id=article_id,
        revision_id=base.id,
        locale=locale,
        user_id=user_id,
        address=address,
        address_key=email_key(address),
        said_in=said_in,
        words=words,
        text=text,
        state=State.NEW,
        reply="",
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def find(suggestion_id: int) -> Suggestion:
    """The gate for editors, who may read all of them. Raises NotFound."""
    row = db.session.get(Suggestion, suggestion_id)
    if row is None:
        raise NotFound
    return row


def own(suggestion_id: int, article_id: int, user_id: int | None) -> Suggestion:
    """The gate for whoever made it while signed in. Raises NotFound for anybody else."""
    row = db.session.get(Suggestion, suggestion_id)
    if row is None or user_id is None or (row.user_id, row.article_id) != (user_id, article_id):
        raise NotFound
    return row


def locked(suggestion_id: int) -> Suggestion:
    """The row as it is now, nobody else's until the commit. Raises NotFound. To be called after begin_write()."""
    wanted = select(Suggestion).where(Suggestion.id == suggestion_id)
    row: Suggestion | None = lock_row(wanted.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def listed(state: State, article_id: int | None = None) -> Select[Suggestion]:
    """Those in a state, of all articles or of one; to be paged by id."""
    wanted = select(Suggestion).where(Suggestion.state == state)
    return wanted if article_id is None else wanted.where(Suggestion.article_id == article_id)


def title_of(row: Suggestion) -> str:
    """The title of what the reader read. Today's may be for others alone."""
    return db.session.get_one(Revision, row.revision_id).title


def open_of(article_id: int) -> int:
    """How many of an article wait for an editor: new ones and planned ones."""
    waits = (Suggestion.article_id == article_id, Suggestion.state.in_((State.NEW, State.PLANNED)))
    return db.session.scalar(select(func.count(Suggestion.id)).where(*waits)) or 0


def forget_old_addresses() -> None:
    """Forget the addresses to which no letter went in three months: a job."""
    begin_write()
    old = Suggestion.created_at < clock.now() - timedelta(days=KEPT_DAYS)
    _without_address(old, Suggestion.address_key != "")
    db.session.commit()


def forget_address(address: str) -> None:
    """No letter goes to this address, and nobody knows that it was given. To be called after begin_write()."""
    _without_address(Suggestion.address_key == email_key(address))


def _without_address(*where: object) -> None:
    forgotten = update(Suggestion).where(*where).values(address="", address_key="")  # type: ignore[arg-type]
    db.session.execute(forgotten, execution_options={"synchronize_session": False})
