"""Ten codes on paper for whoever has lost the phone: each works once, and is shown once.

A code is 80 random bits, so its SHA-256 can not be guessed from a stolen table, and works on when SECRET_KEY changes.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db

COUNT = 10
FEW = 3
"""So many are left when somebody is told to make new ones."""
GROUPS, GROUP = 4, 4
# Crockford's Base32: no letter that is taken for a digit or for another letter.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TAKEN_FOR = str.maketrans({"o": "0", "i": "1", "l": "1"})


class RecoveryCode(Model):
    """`used_at` is empty while it can be used."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


def make(user_id: int) -> list[str]:
    """Ten new codes instead of those before, as people read them. To be called after begin_write()."""
    forget(user_id)
    codes = [_new() for _ in range(COUNT)]
    db.session.add_all(RecoveryCode(user_id=user_id, code_hash=_hashed(user_id, one)) for one in codes)
    db.session.flush()
    return codes


def use(user_id: int, typed: str) -> bool:
    """Use a code up; whether it was one that could be used. To be called after begin_write()."""
    taken = (
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user_id,
            RecoveryCode.code_hash == _hashed(user_id, typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    return bool(db.session.execute(taken).rowcount)  # type: ignore[attr-defined]


def left(user_id: int) -> int:
    """How many can still be used."""
    unused = (RecoveryCode.user_id == user_id) & RecoveryCode.used_at.is_(None)
    return db.session.scalar(select(func.count()).where(unused)) or 0


def are_of(user_id: int, codes: list[str]) -> bool:
    """Whether each of these is a code of the person that can still be used; False for none."""
    wanted = {_hashed(user_id, one) for one in codes}
    held = select(func.count()).where(
        RecoveryCode.user_id == user_id, RecoveryCode.code_hash.in_(wanted), RecoveryCode.used_at.is_(None)
    )
    return bool(wanted) and db.session.scalar(held) == len(wanted)


def forget(user_id: int) -> None:
    """Delete all of a person's. To be called after begin_write()."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))


def folded(typed: str) -> str:
    """A code as it is compared: small letters and digits alone, digits of any script, look-alikes as what they are."""
    letters = unicodedata.normalize("NFKC", typed[:80]).casefold().translate(_TAKEN_FOR)
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in letters if one.isalnum())


def _new() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _hashed(user_id: int, code: str) -> str:
    return hashlib.sha256(f"{user_id} {folded(code)}".encode()).hexdigest()
