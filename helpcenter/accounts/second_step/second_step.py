"""Whether a person logs in with two steps, and what their app's codes are compared with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.second_step import code, key, recovery_code
from helpcenter.accounts.second_step.code import Judgement, Verdict
from helpcenter.accounts.user import User
from helpcenter.core import clock, journal
from helpcenter.core.db import Model, db


class SecondStep(Model):
    """A row is there while it is on. `used_step` let somebody in last; `refused_step` was told to be too early.

    The key itself is not kept: `key_salt` and SECRET_KEY make it, `key_mark` tells whether that is still the same.
    """

    __tablename__ = "second_step"
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    key_salt: Mapped[str] = mapped_column(String(40))
    key_mark: Mapped[str] = mapped_column(String(16))
    turned_on_at: Mapped[datetime]
    used_step: Mapped[int] = mapped_column(BigInteger())
    refused_step: Mapped[int | None] = mapped_column(BigInteger())


def of(user_id: int) -> SecondStep | None:
    """Somebody's row; None while it is off."""
    found = select(SecondStep).where(SecondStep.user_id == user_id).execution_options(populate_existing=True)
    return db.session.scalar(found)


def is_on(user_id: int) -> bool:
    """Whether somebody logs in with two steps."""
    return db.session.scalar(select(SecondStep.user_id).where(SecondStep.user_id == user_id)) is not None


def since_of(user_ids: Collection[int]) -> dict[int, datetime]:
    """Since when each of these people has it; who has not is left out."""
    rows = select(SecondStep.user_id, SecondStep.turned_on_at).where(SecondStep.user_id.in_(user_ids))
    return {row.user_id: row.turned_on_at for row in db.session.execute(rows)}


def is_readable(row: SecondStep) -> bool:
    """Whether codes can be compared: not once SECRET_KEY is another one than when it was turned on."""
    return key.mark(row.key_salt) == row.key_mark


def check(row: SecondStep, typed: str) -> Judgement:
    """What a code is worth; a right one is used up.

    To be called after begin_write() with the person's row locked, as user.by_id() does: of two processes that get the
    same code, the second then sees that it was used.
    """
    if not is_readable(row):
        return Judgement(Verdict.WRONG)
    now, shared = clock.now(), key.of(row.user_id, row.key_salt)
    found = code.judge(shared, typed, now, used=row.used_step, refused=row.refused_step)
    if found.verdict is Verdict.RIGHT and found.step is not None:
        row.used_step = found.step
    elif found.step is not None and found.step > code.step_at(now):
        row.refused_step = found.step
    return found


def turn_on(person: User, salt: str, used_step: int) -> list[str]:
    """Turn it on with a key that made the code of `used_step`; the recovery codes. To be called after begin_write()."""
    row = SecondStep(
        user_id=person.id,
        key_salt=salt,
        key_mark=key.mark(salt),
        turned_on_at=clock.now(),
        used_step=used_step,
    )
    db.session.add(row)
    db.session.flush()
    journal.note("second_step_on", by=person.id, subject=("user", person.id))
    return recovery_code.make(person.id)


def turn_off(user_id: int, *, by: int | None) -> bool:
    """Turn it off; whether it was on. `by` is None for the command line. To be called after begin_write()."""
    was_on = forget(user_id)
    if was_on:
        act = "second_step_off" if by == user_id else "second_step_reset"
        journal.note(act, by=by, subject=("user", user_id))
    return was_on


def forget(user_id: int) -> bool:
    """Leave nothing of it; whether it was on. To be called after begin_write()."""
    recovery_code.forget(user_id)
    gone = delete(SecondStep).where(SecondStep.user_id == user_id)
    return bool(db.session.execute(gone).rowcount)  # type: ignore[attr-defined]
