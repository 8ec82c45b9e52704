"""How often somebody may post, and how much at once: a newcomer a little, until they showed that they mean it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community.trust import Level, facts_of, level_of
from helpcenter.core import limits
from helpcenter.core.markdown import Rendered

QUESTIONS_OF_NEW, ANSWERS_OF_NEW, COMMENTS_OF_NEW, VOTES_OF_NEW = "3 per day", "10 per day", "20 per day", "5 per day"
BETWEEN_QUESTIONS, BETWEEN_ANSWERS, BETWEEN_COMMENTS = "1 per 120 second", "1 per 30 second", "1 per 10 second"
QUESTIONS, ANSWERS, COMMENTS = "30 per day", "200 per day", "300 per day"
CHANGES = "120 per hour"
"""Of what is there, by anybody: more than a moderator on a busy day needs, and less than a program would make."""
MOST_LINKS, MOST_PICTURES, MOST_MENTIONS = 2, 1, 2
OUTSIDE = re.compile(r'<a href="(?:https?:)?//', re.IGNORECASE)
MENTION = re.compile(r"(?<![\w@./])@\w")


LIMITS = {
    "question": (BETWEEN_QUESTIONS, QUESTIONS_OF_NEW, QUESTIONS),
    "answer": (BETWEEN_ANSWERS, ANSWERS_OF_NEW, ANSWERS),
    "comment": (BETWEEN_COMMENTS, COMMENTS_OF_NEW, COMMENTS),
}
"""By kind of post: the pause between two of a newcomer, how many they may post, and how many anybody."""


def spend(kind: str, viewer: Viewer, level: Level) -> None:
    """Count a post of a kind. Raises TooMany. To be called before begin_write()."""
    between, of_new, usual = LIMITS[kind]
    who = f"user:{viewer.id}"
    if level == Level.NEWCOMER:
        # First the pause: whoever is only too fast has not used up their day.
        limits.spend(between, f"pause before {kind}", who)
    limits.spend(of_new if level == Level.NEWCOMER else usual, kind, who)


def spend_vote(viewer: Viewer) -> None:
    """Count a vote of somebody signed in. Raises TooMany. To be called before begin_write()."""
    if viewer.is_signed_in and level_of(viewer) == Level.NEWCOMER:
        limits.spend(VOTES_OF_NEW, "vote of a newcomer", f"user:{viewer.id}")


def counts_changes(view: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator for views that change a post or what stands beside it: each makes the pages of all be made again."""
    counted: Callable[..., Any] = limits.limit(CHANGES, scope="change of a post", key=_whoever_asks)(view)
    return counted


def _whoever_asks() -> str:
    viewer = current_viewer()
    return f"user:{viewer.id}" if viewer.is_signed_in else limits.address()


def is_welcome(viewer: Viewer) -> bool:
    """Whether a newcomer is about to post for the first time, and is told what to expect."""
    if viewer.id is None or level_of(viewer) > Level.NEWCOMER:
        return False
    return facts_of([viewer.id])[viewer.id].posts == 0


def excess(level: Level, rendered: Rendered) -> str:
    """What a newcomer put too much of into one post; '' where it is fine."""
    if level > Level.NEWCOMER:
        return ""
    if links(rendered) > MOST_LINKS:
        return str(ngettext("At most %(num)d link to begin with.", "At most %(num)d links to begin with.", MOST_LINKS))
    if rendered.html.count("<img") > MOST_PICTURES:
        return str(
            ngettext("At most %(num)d picture to begin with.", "At most %(num)d pictures to begin with.", MOST_PICTURES)
        )
    if len(MENTION.findall(rendered.plain_text)) > MOST_MENTIONS:
        return str(_("Mention at most two people to begin with."))
    return ""


def links(rendered: Rendered) -> int:
    """How many links lead to another site."""
    return len(OUTSIDE.findall(rendered.html))
