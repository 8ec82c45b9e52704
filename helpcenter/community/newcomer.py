"""How often somebody may post, and how much at once: a newcomer a little, until they showed that they mean it."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from flask_babel import ngettext

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.trust import Level, level_of
from helpcenter.core import limits
from helpcenter.core.markdown import Rendered

QUESTIONS_OF_NEW, ANSWERS_OF_NEW, COMMENTS_OF_NEW, VOTES_OF_NEW = "3 per day", "10 per day", "20 per day", "5 per day"
BETWEEN_QUESTIONS, BETWEEN_ANSWERS, BETWEEN_COMMENTS = "1 per 120 second", "1 per 30 second", "1 per 10 second"
QUESTIONS, ANSWERS, COMMENTS = "30 per day", "200 per day", "300 per day"
MOST_LINKS, MOST_PICTURES, MOST_MENTIONS = 2, 1, 2
OUTSIDE = re.compile(r'<a href="(?:https?:)?//', re.IGNORECASE)
MENTION = re.compile(r"(?<![\w@./])@\w")


def spend_question(viewer: Viewer, level: Level | None = None) -> None:
    """Count a question. Raises TooMany. To be called before begin_write()."""
    _spend(viewer, level, "question", BETWEEN_QUESTIONS, QUESTIONS_OF_NEW, QUESTIONS)


def spend_answer(viewer: Viewer, level: Level | None = None) -> None:
    """Count an answer. Raises TooMany. To be called before begin_write()."""
    _spend(viewer, level, "answer", BETWEEN_ANSWERS, ANSWERS_OF_NEW, ANSWERS)


def spend_comment(viewer: Viewer, level: Level | None = None) -> None:
    """Count a comment. Raises TooMany. To be called before begin_write()."""
    _spend(viewer, level, "comment", BETWEEN_COMMENTS, COMMENTS_OF_NEW, COMMENTS)


SPENDING = {"question": spend_question, "answer": spend_answer, "comment": spend_comment}


def spend_vote(viewer: Viewer) -> None:
    """Count a vote of somebody signed in. Raises TooMany. To be called before begin_write()."""
    if viewer.is_signed_in and level_of(viewer) == Level.NEWCOMER:
        limits.spend(VOTES_OF_NEW, "vote of a newcomer", f"user:{viewer.id}")


def excess(level: Level, rendered: Rendered) -> str:
    """What a newcomer put too much of into one post; '' where it is fine."""
    if level > Level.NEWCOMER:
        return ""
    if links(rendered) > MOST_LINKS:
        return str(ngettext("At most %(num)d link for a start.", "At most %(num)d links for a start.", MOST_LINKS))
    if rendered.html.count("<img") > MOST_PICTURES:
        return str(
            ngettext("At most %(num)d picture for a start.", "At most %(num)d pictures for a start.", MOST_PICTURES)
        )
    if len(MENTION.findall(rendered.plain_text)) > MOST_MENTIONS:
        return str(_("Mention at most two people for a start."))
    return ""


def links(rendered: Rendered) -> int:
    """How many links lead to another site."""
    return len(OUTSIDE.findall(rendered.html))


def _spend(viewer: Viewer, level: Level | None, scope: str, between: str, of_new: str, usual: str) -> None:
    is_new = (level_of(viewer) if level is None else level) == Level.NEWCOMER
    who = f"user:{viewer.id}"
    if is_new:
        # First the pause: whoever is only too fast has not used up their day.
        limits.spend(between, f"pause before {scope}", who)
    limits.spend(of_new if is_new else usual, scope, who)
