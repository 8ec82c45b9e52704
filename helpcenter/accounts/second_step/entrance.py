"""The way in: whoever gave a right password or opened a link from a letter gets a session, or owes the second step.

Log-in, also by a provider, the link that sets a new password, the one that confirms an address and the set-up all end
here. Whoever comes from the product does not: the product has asked who they are, and lets nobody of the team in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts import letters, sign_in, user
from helpcenter.accounts.second_step import half_sign_in, requirement, second_step
from helpcenter.accounts.second_step.half_sign_in import HalfSignIn
from helpcenter.accounts.user import User
from helpcenter.core import locale

COOKIE = "hc_second_step"
HALF_SECONDS = int(half_sign_in.LIFETIME.total_seconds())


@dataclass(frozen=True)
class Entrance:
    """What a cookie shall hold: that of a session, or `is_half` of one that owes the second step.

    `is_overdue`: the site wants two steps of this person, and their roles wait for it.
    """

    cookie: str
    is_half: bool = False
    is_overdue: bool = False


@dataclass(frozen=True)
class Attempt:
    """What came of a code: a way in, or none. `is_over`: the password has to be typed again.

    `was_asked`: the code was looked at, and it was not too late for that.
    """

    entrance: Entrance | None = None
    is_over: bool = False
    was_asked: bool = True


def begin(user_id: int) -> Entrance:
    """Let somebody in, or half in. To be called after begin_write(), with the person's row locked by user.by_id()."""
    if second_step.is_on(user_id):
        return Entrance(half_sign_in.start(user_id), is_half=True)
    return Entrance(sign_in.begin(user_id), is_overdue=requirement.is_overdue(user_id))


def half() -> HalfSignIn | None:
    """Who is half in with this browser."""
    return half_sign_in.of(request.cookies.get(_cookie_name()))


def attempt(is_right: Callable[[User], bool]) -> Attempt:
    """Let the browser in when what it sent is right, which is asked once nothing else can change about its person.

    To be called after begin_write(); commit whatever comes of it.
    """
    found = half()
    # From here on the person is ours alone: of two requests with one code, the second sees what the first has used.
    person = user.by_id(found.user_id) if found else None
    row = half() if person else None
    if person is None or row is None:
        return Attempt(is_over=True, was_asked=False)
    if is_right(person):
        half_sign_in.end(row)
        return Attempt(Entrance(sign_in.begin(person.id)))
    is_last = half_sign_in.fail(row)
    if is_last:
        letters.second_step_failed(person)
    return Attempt(is_over=is_last)


def answer(entrance: Entrance, target: str) -> Response:
    """Send the browser on its way: to `target`, or first to the page that asks for what is missing."""
    if entrance.is_half:
        response = sign_in.answer_with(
            _cookie_name(), entrance.cookie, HALF_SECONDS, address("half_sign_ins.new", target)
        )
    else:
        after = url_for("second_steps.show", next=target) if entrance.is_overdue else target
        response = sign_in.answer(entrance.cookie, after)
        if _cookie_name() in request.cookies:
            response.delete_cookie(_cookie_name(), **sign_in.cookie_options())
    return response


def address(endpoint: str, target: str) -> str:
    """The address of a page of the way in, which keeps the language and where somebody wants to go."""
    return url_for(endpoint, lang=locale.current(), next=target if target != "/" else None)


def _cookie_name() -> str:
    return sign_in.named(COOKIE)
