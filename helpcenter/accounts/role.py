"""The roles a person can hold. Everyone with an account is a member; the others are given."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A person may hold several. Staff are editors, agents and admins; a moderator is staff only as one of these.

    A partner of the company may do what every member may, and what they say in the community bears a badge.
    """

    MEMBER = "member"
    PARTNER = "partner"
    EDITOR = "editor"
    AGENT = "agent"
    MODERATOR = "moderator"
    ADMIN = "admin"


STAFF = frozenset({Role.EDITOR, Role.AGENT, Role.ADMIN})
TEAM = STAFF | {Role.MODERATOR}
EVERYONE = frozenset(Role)
