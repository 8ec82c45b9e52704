"""Flagging a post or reporting a person, and what follows from it at once."""

from __future__ import annotations

from helpcenter.accounts.viewer import Viewer
from helpcenter.community import answer, comment, question
from helpcenter.community.comment_list import readable_comment
from helpcenter.community.moderation import change, flag, log, reason, review
from helpcenter.community.moderation.post import locked_post
from helpcenter.community.moderation.review import Because
from helpcenter.community.profile import profile_of
from helpcenter.community.visibility import readable, readable_answer
from helpcenter.core.refusals import Forbidden, NotFound, Refusal
from helpcenter.journeys.actor import Actor

Subject = tuple[str, int]


def flaggable(subject: Subject, viewer: Viewer) -> str:
    """What a post or person is called that this viewer may flag.

    Raises NotFound for what readers do not see, Forbidden for the viewer's own.
    """
    kind, number = subject
    if kind == log.PERSON:
        author_id, title = number, profile_of(number, viewer).name
    elif kind == answer.SUBJECT:
        given = readable_answer(number, viewer)
        author_id, title = given.author_id, readable(given.question_id, viewer).title
        _require_shown(given.is_shown)
    elif kind == comment.SUBJECT:
        said = readable_comment(number, viewer)
        author_id, title = said.author_id, readable(said.question_id, viewer).title
        _require_shown(said.is_shown)
    elif kind == question.SUBJECT:
        asked = readable(number, viewer)
        author_id, title = asked.author_id, asked.title
        _require_shown(asked.is_shown)
    else:
        raise NotFound
    if author_id == viewer.id:
        raise Forbidden
    return title


def reasons_for(subject: Subject) -> tuple[str, ...]:
    """What may be said of it."""
    return reason.REPORTING if subject[0] == log.PERSON else reason.FLAGGING


def put(subject: Subject, *, by: Actor, why: str, words: str, has_weight: bool) -> None:
    """Flag it for a moderator's look; enough trusted members hide a post at once. After begin_write()."""
    if why not in reasons_for(subject):
        raise Refusal
    is_person = subject[0] == log.PERSON
    # The lock comes first: of two who flag at once, the later one counts both.
    post = None if is_person else locked_post(*subject)
    if not flag.put(subject, by.user_id or 0, reason=why, words=words, has_weight=has_weight):
        return
    review.look(subject, Because.REPORT if is_person else Because.FLAGS)
    to_hide = flag.reason_to_hide(flag.waiting([subject]).get(subject, ()))
    if post is not None and to_hide and post.row.is_shown:
        change.hide(post, by=by, by_id=None, why=to_hide)


def _require_shown(is_shown: bool) -> None:
    if not is_shown:
        raise NotFound
