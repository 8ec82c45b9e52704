"""Whom a question, an answer and a solution concern, and the words in which they are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from helpcenter.accounts.notifications import followed, following, kind, setting
from helpcenter.accounts.notifications.kind import Kind, Ref
from helpcenter.accounts.notifications.notification import tell, tell_followers
from helpcenter.core import subjects


def _sentence_of_answer(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    if count == 1:
        return str(_("%(name)s answered “%(title)s”", name=name, title=title))
    return str(ngettext("%(num)d new answer to “%(title)s”", "%(num)d new answers to “%(title)s”", count, title=title))


def _sentence_of_acceptance(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    if count == 1:
        return str(_("Your answer to “%(title)s” is the solution: %(name)s accepted it", name=name, title=title))
    return str(
        ngettext(
            "%(num)d of your answers to “%(title)s” was accepted",
            "%(num)d of your answers to “%(title)s” were accepted",
            count,
            title=title,
        )
    )


def _sentence_of_mention(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    if count == 1:
        return str(_("%(name)s mentioned you in “%(title)s”", name=name, title=title))
    return str(
        ngettext(
            "You were mentioned %(num)d time in “%(title)s”",
            "You were mentioned %(num)d times in “%(title)s”",
            count,
            title=title,
        )
    )


def _sentence_of_question(*, count: int, title: str, what: str, name: str) -> str:
    if count == 1:
        return str(_("New in “%(title)s”: “%(what)s”, from %(name)s", title=title, what=what, name=name))
    return str(
        ngettext("%(num)d new question in “%(title)s”", "%(num)d new questions in “%(title)s”", count, title=title)
    )


def _sentence_of_comment(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    if count == 1:
        return str(_("%(name)s commented on what you wrote in “%(title)s”", name=name, title=title))
    return str(
        ngettext(
            "%(num)d new comment on what you wrote in “%(title)s”",
            "%(num)d new comments on what you wrote in “%(title)s”",
            count,
            title=title,
        )
    )


def _sentence_of_duplicate(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    return str(_("%(name)s found that “%(what)s” was asked before: “%(title)s”", name=name, title=title, what=what))


def _place_of_questions(about: Ref, locale: str) -> str:
    kind, number = about
    if kind == "topic":
        return url_for("community.index", locale=locale, topic=number, sort="new", language="all")
    return subjects.subject(kind).url(number, locale)


ANSWER = Kind("answer", _l("Answers to my questions"), _sentence_of_answer)
ACCEPTED = Kind("accepted", _l("An answer of mine is accepted"), _sentence_of_acceptance)
DUPLICATE = Kind("duplicate", _l("A question of mine was asked before"), _sentence_of_duplicate)
COMMENT = Kind("comment", _l("Comments on what I wrote"), _sentence_of_comment)
MENTION = Kind("mention", _l("Someone mentions me"), _sentence_of_mention)
FOLLOWED_ANSWER = Kind("followed_answer", _l("New answers to questions I follow"), _sentence_of_answer)
FOLLOWED_QUESTION = Kind(
    "followed_question",
    _l("New questions in topics and with tags I follow"),
    _sentence_of_question,
    _place_of_questions,
)


def asked(
    question: Ref, *, author_id: int, topic_ids: Iterable[int], tag_ids: Iterable[int], named: Collection[int]
) -> None:
    """There is a new question, to be called when others may read it. To be called after begin_write()."""
    tell(MENTION, named, about=question, subject=question, actor_id=author_id)
    for about in [*(("topic", one) for one in topic_ids), *(("tag", one) for one in tag_ids)]:
        tell_followers(FOLLOWED_QUESTION, about=about, subject=question, actor_id=author_id)
    _follow_own(author_id, question)


def answered(question: Ref, answer: Ref, *, author_id: int, asker_id: int, named: Collection[int]) -> None:
    """There is a new answer, to be called when others may read it. To be called after begin_write().

    Each person is told once, by the kind that concerns them most.
    """
    tell(MENTION, named, about=question, subject=answer, actor_id=author_id)
    tell(ANSWER, [asker_id], about=question, subject=answer, actor_id=author_id, heeds_no=True)
    tell_followers(FOLLOWED_ANSWER, about=question, subject=answer, actor_id=author_id)
    _follow_own(author_id, question)


def commented(question: Ref, comment: Ref, *, author_id: int, writer_id: int, named: Collection[int]) -> None:
    """There is a comment on what somebody wrote. To be called after begin_write()."""
    tell(MENTION, named, about=question, subject=comment, actor_id=author_id)
    tell(COMMENT, [writer_id], about=question, subject=comment, actor_id=author_id, heeds_no=True)


def named(question: Ref, post: Ref, *, by_id: int, people: Collection[int]) -> None:
    """A post that was changed names people; who was named in it before is not told again."""
    tell(MENTION, people, about=question, subject=post, actor_id=by_id)


def accepted(question: Ref, answer: Ref, *, author_id: int, accepted_by: int) -> None:
    """An answer is the solution. To be called after begin_write()."""
    tell(ACCEPTED, [author_id], about=question, subject=answer, actor_id=accepted_by)


def asked_before(question: Ref, original: Ref, *, asker_id: int, by_id: int) -> None:
    """A question points to an earlier one. To be called after begin_write()."""
    tell(DUPLICATE, [asker_id], about=original, subject=question, actor_id=by_id)


def _follow_own(author_id: int, question: Ref) -> None:
    if setting.wish_of(author_id).follows_own:
        following.follow_unasked(author_id, question)


def register(app: Flask) -> None:
    """Make the kinds known, and what can be followed."""
    for one in (ANSWER, ACCEPTED, DUPLICATE, COMMENT, MENTION, FOLLOWED_ANSWER, FOLLOWED_QUESTION):
        kind.register(app, one)
    followed.offer(app, "question", _l("Question"))
    followed.offer(app, "topic", _l("Topic"))
    followed.offer(app, "tag", _l("Tag"))
