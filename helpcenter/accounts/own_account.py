"""The signed-in person's own row, which the pages of preferences change."""

from __future__ import annotations

from helpcenter.accounts import password, permissions, user
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import limits
from helpcenter.core.refusals import SignInNeeded


def of(viewer: Viewer) -> User:
    """The row of whoever looks. Raises SignInNeeded for a stranger."""
    permissions.require(viewer, "change_own_preferences")
    person = user.by_id(viewer.id or 0)
    if person is None:
        raise SignInNeeded
    return person


def knows_password(person: User, typed: str | None) -> bool:
    """Whether it is the person's own password, counted so that a browser left open is no place to try many."""
    limits.spend("10 per 15 minutes", "own-password", str(person.id))
    return password.matches(typed or "", person.password_hash)
