"""Who a topic or an article is for."""

from __future__ import annotations

from enum import StrEnum

from helpcenter.accounts.viewer import Viewer


class Audience(StrEnum):
    """From the widest to the narrowest."""

    EVERYONE = "everyone"
    MEMBERS = "members"
    TEAM = "team"


ORDER = tuple(Audience)


def seen_by(viewer: Viewer) -> frozenset[Audience]:
    """The audiences this viewer belongs to."""
    seen = {Audience.EVERYONE}
    if viewer.may("see_members_articles"):
        seen.add(Audience.MEMBERS)
    if viewer.may("see_staff_articles"):
        seen.add(Audience.TEAM)
    return frozenset(seen)


def narrowest(*audiences: Audience | str) -> Audience:
    """The narrowest of them: an article in a members' topic is for members, whatever it says itself."""
    return max((Audience(one) for one in audiences), key=ORDER.index)
