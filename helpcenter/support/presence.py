"""What each of us has to do with a conversation at the moment: words that are not sent."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model, db, upsert


class Presence(Model):
    """`draft` is a reply that was taken back, for the field of whoever wrote it; '' without one."""

    __tablename__ = "presence"
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)
    draft: Mapped[str] = mapped_column(Text, default="")


def draft_of(conversation_id: int, user_id: int | None) -> str:
    """The words somebody has not sent there; '' without any."""
    wanted = select(Presence.draft).where(Presence.conversation_id == conversation_id, Presence.user_id == user_id)
    return db.session.scalar(wanted) or ""


def keep_draft(conversation_id: int, user_id: int | None, text: str) -> None:
    """Keep words for the field, or '' once they are sent. After begin_write()."""
    if user_id is not None:
        _keep(conversation_id, user_id, draft=text)


def forget(user_id: int) -> None:
    """Everything of one of us who is erased. After begin_write()."""
    theirs = delete(Presence).where(Presence.user_id == user_id)
    db.session.execute(theirs, execution_options={"synchronize_session": False})


def _keep(conversation_id: int, user_id: int, **values: object) -> None:
    row = upsert(Presence).values(conversation_id=conversation_id, user_id=user_id, **{"draft": "", **values})
    db.session.execute(row.on_conflict_do_update(index_elements=["conversation_id", "user_id"], set_=values))
