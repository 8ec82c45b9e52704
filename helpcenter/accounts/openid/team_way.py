"""Whether the team comes in by way of the provider alone."""

from __future__ import annotations

from helpcenter.accounts import user
from helpcenter.accounts.openid import provider, rules
from helpcenter.accounts.role import TEAM


def is_closed(user_id: int) -> bool:
    """Whether a password, or a link sent by mail, does not log this person in."""
    if not provider.is_set_up() or not rules.current().only_for_team:
        return False
    return bool(user.roles_of([user_id])[user_id] & TEAM)
