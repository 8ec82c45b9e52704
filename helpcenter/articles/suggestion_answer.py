"""Answering a suggestion: its state, a reply, and the word that whoever made it gets."""

from __future__ import annotations

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.notifications import kind
from helpcenter.accounts.notifications.kind import Kind
from helpcenter.accounts.notifications.notification import tell_anew
from helpcenter.articles.suggestion import Suggestion, title_of
from helpcenter.core import clock
from helpcenter.feedback import one_letter
from helpcenter.feedback.one_letter import OneLetter
from helpcenter.feedback.state import ENDS, State

SUGGESTION = "suggestion"


def _sentence(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    return str(_("%(name)s answered your suggestion for “%(title)s”", name=name, title=title))


ANSWERED = Kind("suggestion_answered", _l("Answers to my suggestions"), _sentence)


def letter_for(row: Suggestion, state: State, reply: str) -> OneLetter | None:
    """The letter that goes with this answer; None where nobody waits for one, or the address had its share of today.

    It is written before the write begins, and counted by that.
    """
    if state not in ENDS or not row.address or not one_letter.may_go_to(row.address):
        return None
    # Without the words in it: like today's title they may be for others alone.
    path = url_for("articles.show", locale=row.said_in, article_id=row.article_id)
    words = {"title": title_of(row), "is_done": state is State.DONE, "reply": reply}
    return one_letter.write("articles", SUGGESTION, row.address, row.said_in, path, **words)


def answer(row: Suggestion, state: State, *, by: int, reply: str, letter: OneLetter | None = None) -> None:
    """Say what becomes of it, and tell whoever made it where that is new to them. To be called after begin_write()."""
    is_news = (row.state, row.reply) != (state, reply)
    row.state, row.reply = state.value, reply
    row.answered_by, row.answered_at = (None, None) if state is State.NEW else (by, clock.now())
    if row.user_id is not None and is_news and state is not State.NEW:
        tell_anew(ANSWERED, [row.user_id], subject=(SUGGESTION, row.id), actor_id=by)
    if state in ENDS and row.address:
        if letter is not None:
            one_letter.send(letter, row.id)
        row.address = row.address_key = ""


def register(app: Flask) -> None:
    """Make the kind of notification known."""
    kind.register(app, ANSWERED)
