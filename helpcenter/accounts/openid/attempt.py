"""A log-in that a browser began: what its answer must fit to, kept by that browser alone in a signed cookie.

Nothing is stored for whoever only presses the button. An answer counts once, which is stored along with the log-in.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from flask import Request, current_app
from itsdangerous import BadData
from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.wrappers import Response

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.core.signing import timed_signer

LIFETIME = timedelta(minutes=10)
COOKIE = "hc_openid"
LONGEST_NEXT = 1_000
_PURPOSE = "accounts.openid.attempt"


class UsedBefore(ValueError):
    """An answer counts once."""


class UsedOpenidState(Model):
    """Kept until it is over for certain."""

    __tablename__ = "used_openid_state"
    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Attempt:
    """`next_url` is a path of this site, or ''. `user_id` is whoever is to be connected; 0 where somebody logs in.

    `verifier` proves to the provider that whoever has the code began the log-in (PKCE, RFC 7636).
    """

    state: str
    nonce: str
    verifier: str
    next_url: str = ""
    user_id: int = 0

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier before: its SHA-256."""
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


def begin(next_url: str = "", user_id: int = 0) -> Attempt:
    """A new one, of random words. An address that would not fit into a cookie is left out."""
    kept = next_url if len(next_url) <= LONGEST_NEXT else ""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Attempt(state, nonce, verifier, kept, user_id)


def keep(response: Response, attempt: Attempt) -> None:
    """Have the browser keep it; it takes the place of an earlier one."""
    set_cookie(response, timed_signer(_PURPOSE).dumps(astuple(attempt)))


def of_answer(request: Request, state: str) -> Attempt | None:
    """The log-in that this answer belongs to; None for one of another browser, one that is over, or one never begun."""
    try:
        cookie = request.cookies.get(cookie_name(), "")
        kept = timed_signer(_PURPOSE).loads(cookie, max_age=int(LIFETIME.total_seconds()))
        attempt = Attempt(*kept)
    except (BadData, TypeError):
        return None
    return attempt if compare_digest(attempt.state.encode(), state.encode()) else None


def end(response: Response) -> None:
    """Have the browser forget it."""
    response.delete_cookie(cookie_name(), httponly=True, samesite="Lax", secure=_is_https())


def use_up(attempt: Attempt) -> None:
    """Note that it was answered. To be called after begin_write(). Raises UsedBefore."""
    now = clock.now()
    # Kept a while longer than the cookie holds: one that was just good may have waited for its turn to write.
    db.session.execute(delete(UsedOpenidState).where(UsedOpenidState.expires_at < now - LIFETIME))
    values = {"state_hash": hashlib.sha256(attempt.state.encode()).hexdigest(), "expires_at": now + LIFETIME}
    row = upsert(UsedOpenidState).values(**values).on_conflict_do_nothing().returning(UsedOpenidState.state_hash)
    if not db.session.execute(row).first():
        raise UsedBefore


def cookie_name() -> str:
    """With https browsers take this name from no other host of the domain, so nobody else begins a log-in here."""
    return f"__Host-{COOKIE}" if _is_https() else COOKIE


def set_cookie(response: Response, value: str) -> None:
    """Have the browser keep a value for as long as a log-in may take."""
    # Lax, since the answer comes from the provider: a link from elsewhere that the browser follows.
    response.set_cookie(
        cookie_name(),
        value,
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=_is_https(),
    )


def _is_https() -> bool:
    return bool(current_app.config["SETTINGS"].is_https)
