"""Thanking a reader once what they wrote is done: by notification, or by one letter where they left an address."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.notifications import kind
from helpcenter.accounts.notifications.kind import Kind
from helpcenter.accounts.notifications.notification import tell_anew
from helpcenter.accounts.viewer import STRANGER
from helpcenter.core import subjects
from helpcenter.feedback import one_letter, vote_address
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.one_letter import OneLetter

VOTE = "vote"
LETTER = "thanks"
_USER = "user:"


def _sentence(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    return str(_("%(name)s fixed what you wrote about “%(title)s”", name=name, title=title))


THANKED = Kind("feedback_thanked", _l("Thanks for what I wrote about an article"), _sentence)


def user_of(vote: HelpfulVote) -> int | None:
    """Who cast a vote while signed in; None for a stranger."""
    return int(vote.voter.removeprefix(_USER)) if vote.voter.startswith(_USER) else None


def letter_for(vote: HelpfulVote) -> OneLetter | None:
    """The letter of thanks, written and counted before the write begins.

    None where no address was left, where it had its share of today, or where strangers may not see what it is about.
    """
    left = vote_address.find(vote.id)
    kind_of, number = vote.subject
    known = dict(subjects.kinds())
    if left is None or kind_of not in known or not known[kind_of].visible([number], STRANGER, left.said_in):
        return None
    if not one_letter.may_go_to(left.address):
        return None
    title = known[kind_of].titles([number], left.said_in).get(number, "")
    url = known[kind_of].url(number, left.said_in)
    return one_letter.write("feedback", LETTER, left.address, left.said_in, url, title=title)


def thank(vote: HelpfulVote, by: int, letter: OneLetter | None) -> bool:
    """Tell the reader; False where there is no way to. To be called after begin_write()."""
    user_id = user_of(vote)
    if user_id is not None:
        tell_anew(THANKED, [user_id], subject=(VOTE, vote.id), actor_id=by)
        return True
    return letter is not None and one_letter.send(letter, vote.id)


def register(app: Flask) -> None:
    """Make the kind of notification known."""
    kind.register(app, THANKED)
