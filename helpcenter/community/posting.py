"""Whether a text may be posted now, by this person, and whether it waits for a look first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import or_, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.community import newcomer, trust
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.moderation import sanction
from helpcenter.community.moderation.review import Because
from helpcenter.community.moderation.state import State
from helpcenter.community.question import Question
from helpcenter.community.trust import Level
from helpcenter.core import form_moment, site
from helpcenter.core.db import db
from helpcenter.core.markdown import Rendered
from helpcenter.core.refusals import TooMany

LINKED = ('%<a href="http%', '%<a href="//%')
SECONDS_OF_A_PAUSE = 120


@dataclass(frozen=True)
class Verdict:
    """`refusal` is told in the form, with the status of the page; `waits` is why a moderator looks first."""

    refusal: str = ""
    status: int = 422
    waits: Because | None = None


def judge(viewer: Viewer, rendered: Rendered, *, title: str = "", moment: str | None, kind: str) -> Verdict:
    """Judge a post of a kind, and count it. `moment` None: it was typed before. To be called before begin_write()."""
    if sanction.is_blocked(viewer.id):
        return Verdict(_("Your account can no longer post. Write to us if you think this is a mistake."), 403)
    level = trust.level_of(viewer)
    if excess := newcomer.excess(level, rendered):
        return Verdict(excess)
    waits = _waits(viewer, level, f"{title}\n{rendered.plain_text}", rendered, moment)
    try:
        newcomer.spend(kind, viewer, level)
    except TooMany as limit:
        return Verdict(_told(limit), 429)
    return Verdict(waits=waits)


def judge_change(viewer: Viewer, rendered: Rendered, title: str = "") -> str:
    """What is wrong with a change of a post, '' where nothing is: what would wait in a new one can not slip in here."""
    level = trust.level_of(viewer)
    if excess := newcomer.excess(level, rendered):
        return excess
    if _waits(viewer, level, f"{title}\n{rendered.plain_text}", rendered, None):
        return str(
            _("A link or word that a moderator has to see first cannot be added by editing. Post it again instead.")
        )
    return ""


def has_stop_word(text: str) -> bool:
    """Whether a text holds one of the site's stop-words, as a whole word and in any case of its letters."""
    folded = text.casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) for word in site.current().stop_words)


def _waits(viewer: Viewer, level: Level, text: str, rendered: Rendered, moment: str | None) -> Because | None:
    if level >= Level.TEAM:
        return None
    if has_stop_word(f"{text}\n{rendered.html}"):
        return Because.STOP_WORD
    if level < Level.REGULAR and moment is not None and form_moment.is_too_fast(moment):
        return Because.FAST
    if level == Level.NEWCOMER and newcomer.links(rendered) and not _has_shown_link(viewer.id or 0):
        return Because.LINK
    return None


def _has_shown_link(user_id: int) -> bool:
    """Whether a post of theirs with a link is there already: a moderator, or time, has let it pass."""
    for row in (Question, Answer, Comment):
        linked = or_(*(row.html.like(pattern) for pattern in LINKED))
        theirs = (row.author_id == user_id, row.state == State.SHOWN.value, linked)
        if db.session.execute(select(row.id).where(*theirs).limit(1)).first() is not None:
            return True
    return False


def _told(limit: TooMany) -> str:
    if limit.retry_after > SECONDS_OF_A_PAUSE + 1:
        return str(_("You have posted a lot today. Everything is still here: post it tomorrow."))
    told = ngettext(
        "A short pause between two posts, please. Everything is still here: post it in %(num)d second.",
        "A short pause between two posts, please. Everything is still here: post it in %(num)d seconds.",
        limit.retry_after,
    )
    return str(told)
