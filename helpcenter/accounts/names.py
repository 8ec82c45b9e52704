"""The names that stand beside what people wrote."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from helpcenter.accounts.user import User
from helpcenter.core.db import db


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """The shown name of each of these people; 'former member' for the erased. No ids, no query."""
    wanted = {one for one in user_ids if one is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(User.id, User.name, User.erased_at).where(User.id.in_(wanted)))
    return {row.id: _("former member") if row.erased_at else row.name for row in rows}
