"""Who may do what: the one table. A verb missing here can not be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from helpcenter.accounts.role import EVERYONE, STAFF, TEAM, Role
from helpcenter.core.refusals import Forbidden, SignInNeeded

EDITORS = frozenset({Role.EDITOR, Role.ADMIN})
AGENTS = frozenset({Role.AGENT, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})
MODERATORS = frozenset({Role.MODERATOR, Role.ADMIN})

PERMISSIONS: Mapping[str, frozenset[Role]] = {
    "change_own_preferences": EVERYONE,
    "see_members_articles": EVERYONE,
    "see_staff_articles": TEAM,
    "edit_articles": EDITORS,
    "publish_articles": EDITORS,
    "upload_pictures": EDITORS,
    "arrange_topics": EDITORS,
    "tune_search": EDITORS,
    "read_reports": STAFF,
    "read_feedback": EDITORS,
    "ask": EVERYONE,
    "answer": EVERYONE,
    "accept_answers": STAFF,
    "flag": EVERYONE,
    "read_moderation_log": EVERYONE,
    "moderate": MODERATORS,
    "edit_posts": TEAM,
    "mark_duplicates": TEAM,
    "answer_conversations": AGENTS,
    "edit_saved_replies": STAFF,
    "change_site": ADMINS,
    "read_journal": ADMINS,
    "read_mail": ADMINS,
    "manage_people": ADMINS,
}


class Holder(Protocol):
    """Whoever holds roles: a viewer."""

    @property
    def roles(self) -> frozenset[Role]: ...

    @property
    def is_signed_in(self) -> bool: ...


def allows(viewer: Holder, verb: str) -> bool:
    """Whether the viewer may do it. Raises KeyError for a verb missing in the table."""
    return bool(PERMISSIONS[verb] & viewer.roles)


def require(viewer: Holder, verb: str) -> None:
    """Nothing, or SignInNeeded for a stranger, Forbidden for anybody else who may not."""
    if allows(viewer, verb):
        return
    raise Forbidden(verb) if viewer.is_signed_in else SignInNeeded(verb)
