"""Someone whom the provider named, and who is still to type their password: kept by their browser in a signed cookie.

It takes the place of the log-in that led to it, and lasts as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from flask import Request, current_app
from itsdangerous import BadData
from werkzeug.wrappers import Response

from helpcenter.accounts.openid import attempt
from helpcenter.accounts.openid.claims import Claims
from helpcenter.accounts.role import Role
from helpcenter.core.signing import timed_signer

_PURPOSE = "accounts.openid.pending"


@dataclass(frozen=True)
class Pending:
    """`roles` are those that the provider gives; None where nothing is to change."""

    user_id: int
    issuer: str
    subject: str
    email: str
    roles: Sequence[str] | None
    next_url: str = ""

    @property
    def claims(self) -> Claims:
        """What of the provider's words a connection needs."""
        return Claims(self.issuer, self.subject, self.email, True, True, "", "")

    @property
    def wanted(self) -> frozenset[Role] | None:
        """The roles as role_mapping takes them."""
        return None if self.roles is None else frozenset(map(Role, self.roles))


def keep(response: Response, pending: Pending) -> None:
    """Have the browser keep it."""
    attempt.set_cookie(response, timed_signer(_PURPOSE).dumps(astuple(pending)))


def of(request: Request) -> Pending | None:
    """What this browser waits for; None where nothing does, or not any more."""
    try:
        kept = timed_signer(_PURPOSE).loads(
            request.cookies.get(attempt.cookie_name(), ""), max_age=int(attempt.LIFETIME.total_seconds())
        )
        found = Pending(*kept)
    except (BadData, TypeError):
        return None
    # A site that changed its provider meanwhile asks the new one.
    return found if found.issuer == current_app.config["SETTINGS"].openid_issuer else None
