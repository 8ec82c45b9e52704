"""The signed-in person's own row, which the pages of preferences change."""

from __future__ import annotations

from helpcenter.accounts import password, permissions, user
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import limits
from helpcenter.core.refusals import Conflict, SignInNeeded


def of(viewer: Viewer) -> User:
    """The row of whoever looks. Raises SignInNeeded for a stranger."""
    permissions.require(viewer, "change_own_preferences")
    person = user.by_id(viewer.id or 0)
    if person is None:
        raise SignInNeeded
    return person


def again(viewer: Viewer, verified_hash: str) -> User:
    """The row once more, inside the write. Raises Conflict when the password that was asked for is no more the one."""
    person = of(viewer)
    if person.password_hash != verified_hash:
        raise Conflict
    return person


def knows_password(person: User, typed: str | None) -> bool:
    """Whether it is the person's own password, counted so that a browser left open is no place to try many."""
    limits.spend("10 per 15 minutes", "own-password", str(person.id))
    return password.matches(typed or "", person.password_hash)
