"""The one table from what went wrong to what the reader is told: status, words, what is kept, one way on."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from helpcenter.core import pause, refusals

BUSY_SECONDS = 5
PAUSE_SECONDS = 60


@dataclass(frozen=True)
class Words:
    """What a page of a refusal says. `action` names the way on: home, sign_in, again, back or successor."""

    title: Any
    text: Any
    kept: Any = ""
    action: str = "home"


NOTHING_CHANGED = _("Nothing was changed.")
STILL_TYPED = _("Nothing was saved. Go back in your browser: what you typed is still in the form.")

WORDS: dict[int, Words] = {
    400: Words(_("We could not read that"), _("Something in the request was incomplete or garbled."), NOTHING_CHANGED),
    401: Words(
        _("Please log in first"), _("You need an account for this, and you are not logged in."), STILL_TYPED, "sign_in"
    ),
    403: Words(
        _("You are not allowed to do this"), _("Your account does not have the role this needs."), NOTHING_CHANGED
    ),
    404: Words(_("There is nothing here"), _("The address may be mistyped, or what was here is not public.")),
    405: Words(
        _("This address does not accept that"), _("The page exists, but cannot be used this way."), NOTHING_CHANGED
    ),
    409: Words(
        _("Someone else was faster"),
        _("This changed while you were working on it. Please look at it again first."),
        STILL_TYPED,
        "again",
    ),
    410: Words(_("This has been removed"), _("It was here once and is no longer kept."), action="successor"),
    413: Words(_("That is too large"), _("What you sent is larger than we accept."), STILL_TYPED, "again"),
    429: Words(
        _("Just a moment"),
        _("This was done many times in a short while. Please wait a little and try again."),
        STILL_TYPED,
        "again",
    ),
    500: Words(
        _("Something went wrong on our side"),
        _("It has been recorded and will be looked into."),
        _("Everything saved before is safe."),
        "again",
    ),
    503: Words(
        _("Very busy right now"),
        _("The site could not get to your request. Try again in a few seconds."),
        STILL_TYPED,
        "again",
    ),
    507: Words(
        _("There is no space left"),
        _("This site’s disk is full, so nothing new can be saved. You can still read everything."),
        STILL_TYPED,
        "again",
    ),
}
OTHER_REQUEST = Words(_("That did not work"), _("The site does not understand this request."), NOTHING_CHANGED)
CROSS_SITE = Words(
    _("That came from another site"),
    _("A form can only be sent from this site itself. Open the page here and send it again."),
    NOTHING_CHANGED,
)

PAUSED = Words(
    _("Nothing can be saved right now"),
    _("The site is being moved and will take changes again soon. You can read everything in the meantime."),
    STILL_TYPED,
    "again",
)

STATUSES: tuple[tuple[type[BaseException], int], ...] = (
    (refusals.NotFound, HTTPStatus.NOT_FOUND),
    (refusals.CrossSiteWrite, HTTPStatus.FORBIDDEN),
    (refusals.Forbidden, HTTPStatus.FORBIDDEN),
    (refusals.SignInNeeded, HTTPStatus.UNAUTHORIZED),
    (refusals.Gone, HTTPStatus.GONE),
    (refusals.Paused, HTTPStatus.SERVICE_UNAVAILABLE),
    (refusals.TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (refusals.TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (refusals.Conflict, HTTPStatus.CONFLICT),
    (refusals.Refusal, HTTPStatus.BAD_REQUEST),
)


def status_of(problem: BaseException) -> int:
    """The status of an exception; 500 for one that nobody expected."""
    if isinstance(problem, HTTPException):
        return problem.code or 500
    for kind, status in STATUSES:
        if isinstance(problem, kind):
            return status
    if is_disk_full(problem):
        return 507
    return 503 if is_busy(problem) or pause.is_pause(problem) else 500


def words_for(problem: BaseException, status: int) -> Words:
    """What to say about it."""
    if isinstance(problem, refusals.CrossSiteWrite):
        return CROSS_SITE
    if pause.is_pause(problem):
        return PAUSED
    return WORDS.get(status) or (OTHER_REQUEST if status < 500 else WORDS[500])


def retry_after(problem: BaseException, status: int) -> int | None:
    """Seconds after which trying again makes sense; None where waiting does not help."""
    if isinstance(problem, refusals.TooMany):
        return problem.retry_after
    if pause.is_pause(problem):
        return PAUSE_SECONDS
    return BUSY_SECONDS if status == 503 else None


def is_disk_full(problem: BaseException) -> bool:
    """Whether there was no room: for the database (SQLite or PostgreSQL) or for a file."""
    if isinstance(problem, OSError):
        return problem.errno in (errno.ENOSPC, errno.EDQUOT)
    if not isinstance(problem, DBAPIError):
        return False
    return "database or disk is full" in str(problem.orig) or getattr(problem.orig, "sqlstate", "") == "53100"


def is_busy(problem: BaseException) -> bool:
    """Whether the database was locked, restarting, unreachable or out of connections: a later try may succeed."""
    if isinstance(problem, PoolTimeout):
        return True
    if not isinstance(problem, DBAPIError):
        return False
    if problem.connection_invalidated or "database is locked" in str(problem.orig):
        return True
    state = getattr(problem.orig, "sqlstate", None)
    if state:
        # Connection trouble, serialisation and deadlock, too many connections, shutting down or starting up.
        return state[:2] in ("08", "57") or state in ("40001", "40P01", "53300")
    return isinstance(problem, OperationalError) and type(problem.orig).__module__.startswith("psycopg")
