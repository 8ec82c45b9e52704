"""The log of moderation: every act appended, none changed; an act that undoes another says which."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from helpcenter.core import append_only, clock
from helpcenter.core.db import Model, db

AUTOMATIC = None
"""In place of whoever acts: enough trusted members flagged it."""


class Act(StrEnum):
    """What can be done.

    `approve` posts what waited, `dismiss` ends a look without a change, `uphold` leaves hidden what flags hid,
    `turn` makes an answer a comment or a comment an answer, `merge` brings the answers of a question to another one.
    """

    HIDE = "hide"
    SHOW = "show"
    DELETE = "delete"
    RESTORE = "restore"
    CLOSE = "close"
    REOPEN = "reopen"
    LOCK = "lock"
    UNLOCK = "unlock"
    MOVE = "move"
    APPROVE = "approve"
    HOLD = "hold"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    TAKE_UP = "take_up"
    TURN = "turn"
    TURN_BACK = "turn_back"
    MERGE = "merge"
    PART = "part"
    CLEAN_UP = "clean_up"
    GIVE_BACK = "give_back"


UNDONE_BY = {
    Act.HIDE: Act.SHOW,
    Act.SHOW: Act.HIDE,
    Act.DELETE: Act.RESTORE,
    Act.RESTORE: Act.DELETE,
    Act.CLOSE: Act.REOPEN,
    Act.REOPEN: Act.CLOSE,
    Act.LOCK: Act.UNLOCK,
    Act.UNLOCK: Act.LOCK,
    Act.MOVE: Act.MOVE,
    Act.APPROVE: Act.HOLD,
    Act.HOLD: Act.APPROVE,
    Act.DISMISS: Act.TAKE_UP,
    Act.UPHOLD: Act.TAKE_UP,
    Act.TURN: Act.TURN_BACK,
    Act.MERGE: Act.PART,
    Act.CLEAN_UP: Act.GIVE_BACK,
}
"""What undoing each is called. What was given back is taken away by a new act, which looks at everything again."""


class ModerationAct(Model):
    """`detail` holds code words and numbers alone: the values `before` and `after`, and what went along with them."""

    __tablename__ = "moderation_act"
    __table_args__ = (Index("ix_moderation_act_subject", "subject_kind", "subject_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(16), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_act.id"), unique=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def subject(self) -> tuple[str, int]:
        """What it was done to."""
        return self.subject_kind, self.subject_id


def append(
    kind: Act,
    subject: tuple[str, int],
    *,
    by_id: int | None,
    reason: str = "",
    undoes: ModerationAct | None = None,
    detail: dict[str, Any] | None = None,
) -> ModerationAct:
    """Write down what is being done, in the transaction that does it. To be called after begin_write()."""
    row = ModerationAct(
        kind=kind.value,
        subject_kind=subject[0],
        subject_id=subject[1],
        reason=reason,
        by_id=by_id,
        at=clock.now(),
        undoes_id=undoes.id if undoes else None,
        detail=detail or {},
    )
    db.session.add(row)
    db.session.flush()
    return row


def last_standing(subject: tuple[str, int], kind: Act) -> ModerationAct | None:
    """The last act of a kind upon this that nobody undid."""
    wanted = (
        ModerationAct.subject_kind == subject[0],
        ModerationAct.subject_id == subject[1],
        ModerationAct.kind == kind.value,
        ~_undoing().where(_UNDOING.undoes_id == ModerationAct.id).exists(),
    )
    return db.session.scalars(select(ModerationAct).where(*wanted).order_by(ModerationAct.id.desc()).limit(1)).first()


def is_undone(act_id: int) -> bool:
    """Whether somebody undid it."""
    return db.session.execute(_undoing().where(_UNDOING.undoes_id == act_id)).first() is not None


_UNDOING = aliased(ModerationAct)


def _undoing() -> Any:
    return select(_UNDOING.id)


append_only.guard(ModerationAct, "the log never changes; append another act")
