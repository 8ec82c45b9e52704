"""What moderators read about a person on their page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from helpcenter.accounts import user
from helpcenter.accounts.role import TEAM
from helpcenter.accounts.viewer import Viewer
from helpcenter.community import trust
from helpcenter.community.moderation import sanction, spammer
from helpcenter.community.trust import Facts, Level
from helpcenter.core import site

LEVELS: Mapping[Level, Any] = {
    Level.NEWCOMER: _l("Newcomer"),
    Level.KNOWN: _l("Known member"),
    Level.REGULAR: _l("Regular member"),
    Level.TRUSTED: _l("Trusted member"),
    Level.TEAM: _l("Team"),
}


@dataclass(frozen=True)
class Record:
    """`blocking_act` is the act that took everything back, while that holds."""

    level: str
    facts: Facts
    blocking_act: int | None
    can_be_cleaned_up: bool


def of(user_id: int, viewer: Viewer) -> Record:
    """The record of somebody who posted."""
    facts = trust.facts_of([user_id])[user_id]
    is_team = bool(user.roles_of([user_id])[user_id] & TEAM)
    level = Level.TEAM if is_team else trust.level(facts, site.current().trust)
    held = sanction.standing(user_id)
    return Record(
        str(LEVELS[level]),
        facts,
        held.act_id if held else None,
        spammer.can_be_cleaned_up(user_id, viewer.id),
    )
