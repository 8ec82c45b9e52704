"""Whoever wrote something: a name, and a page where there is still somebody."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from helpcenter.accounts.user import User
from helpcenter.community.address import person_address
from helpcenter.core.db import db
from helpcenter.core.subjects import Author


def authors(user_ids: Iterable[int], locale: str) -> dict[int, Author]:
    """Each of these people as a page in this language names them, in the order they are given. No ids, no query."""
    wanted = list(dict.fromkeys(user_ids))
    if not wanted:
        return {}
    rows = db.session.execute(select(User.id, User.name, User.erased_at).where(User.id.in_(wanted)))
    found = {
        row.id: Author(_("former member"), None)
        if row.erased_at
        else Author(row.name, person_address(row.id, row.name, locale))
        for row in rows
    }
    return {one: found[one] for one in wanted if one in found}
