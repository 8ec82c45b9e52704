"""Roles by what the provider says: given and taken at each log-in, and only those that the rules name."""

from __future__ import annotations

import logging

from helpcenter.accounts import product_customer, user
from helpcenter.accounts.openid.claims import Claims
from helpcenter.accounts.openid.rules import Rules
from helpcenter.accounts.role import TEAM, Role
from helpcenter.accounts.user import LastAdmin

WAY = "openid"
"""Under this word the journal keeps who gave or took them."""
logger = logging.getLogger("helpcenter.accounts")


def wanted(claims: Claims, rules: Rules) -> frozenset[Role] | None:
    """The roles that somebody's groups give; None where nothing is to change."""
    if not rules.managed or claims.groups is None:
        return None
    return frozenset(Role(role) for value, role in rules.roles if value in claims.groups)


def apply(user_id: int, roles: frozenset[Role] | None, rules: Rules) -> None:
    """Have somebody hold these of the managed roles. To be called after begin_write(), before a session begins.

    The last admin stays admin, whatever the provider says: otherwise nobody could set it right.
    """
    if roles is None:
        return
    held = user.roles_of([user_id])[user_id]
    for role in sorted((roles & rules.managed) - held):
        user.give_role(user_id, role, by=None, way=WAY)
    if (roles - held) & TEAM:
        product_customer.join_team(user_id)
    for role in sorted((held & rules.managed) - roles):
        try:
            user.take_role(user_id, role, by=None, way=WAY)
        except LastAdmin:
            logger.warning("the provider takes the role of the only admin away: it stays")
