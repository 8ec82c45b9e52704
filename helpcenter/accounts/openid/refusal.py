"""What a page says to whoever could not be logged in this way, and what they can do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, render_template
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.openid import arrival, attempt, failure, identity, rules


@dataclass(frozen=True)
class Words:
    """`actions` are again, register and write, in their order; a password is offered by every page."""

    title: Any
    text: Any
    actions: tuple[str, ...] = ("again",)
    status: int = 422


STALE = Words(
    _l("This login is over"),
    _l("It has already been used, took longer than ten minutes, or began in another browser. Start again."),
)
DECLINED = Words(
    _l("You are not logged in"),
    _l("%(provider)s says that you stopped, or that you may not use this site. Nothing was changed."),
)
DOWN = Words(
    _l("%(provider)s does not answer"),
    _l("Try again in a minute. It has been recorded for the people who run this site."),
    status=503,
)
UNUSABLE = Words(
    _l("%(provider)s sent something this site cannot accept"),
    _l("You are not logged in. It has been recorded for the people who run this site."),
)
NO_ADDRESS = Words(
    _l("%(provider)s does not share your email address"),
    _l("An account here needs one. Allow it there and try again, or create an account with a password."),
    ("again", "register"),
)
NOT_CONFIRMED = Words(
    _l("Your address is not confirmed"),
    _l("%(provider)s does not say that the address is yours. Confirm it there, or create an account with a password."),
    ("again", "register"),
)
OTHER_DOMAIN = Words(
    _l("This way in is not for your address"),
    _l("Only confirmed addresses at %(domains)s log in with %(provider)s."),
    ("again", "write"),
)
NO_ACCOUNT = Words(
    _l("You have no account here yet"),
    _l("%(provider)s only opens accounts that exist. Create one with a password, or ask the people who run this site."),
    ("register", "write"),
)
ANOTHERS = Words(
    _l("This address already has an account"),
    _l(
        "It is connected with someone else at %(provider)s, or only looks like your address. If it is yours, log in "
        "with its password; otherwise write to us."
    ),
    ("write",),
)
CONNECTED_ELSEWHERE = Words(
    _l("This cannot be connected"),
    _l(
        "Your account at %(provider)s already opens another account here, or this one is connected with someone else "
        "there. Disconnect that one first."
    ),
    ("write",),
)
WORDS: dict[type[Exception], Words] = {
    attempt.UsedBefore: STALE,
    failure.CodeRefused: STALE,
    failure.TokenRefused: UNUSABLE,
    failure.ProviderFailed: DOWN,
    arrival.NoAddress: NO_ADDRESS,
    arrival.AddressNotConfirmed: NOT_CONFIRMED,
    arrival.OtherDomain: OTHER_DOMAIN,
    arrival.NoAccount: NO_ACCOUNT,
    identity.Anothers: ANOTHERS,
}
REFUSALS = (attempt.UsedBefore, arrival.NotWelcome, identity.Anothers)
"""What only the database can know."""


def page(words: Words, next_url: str = "") -> Response:
    """The page. The browser forgets the log-in, unless it may be another one that waits in another tab."""
    of_site = rules.current()
    told = {"provider": rules.provider_name(), "domains": ", ".join(of_site.domains)}
    text = render_template(
        "accounts/openid/refused.html",
        title=str(words.title) % told,
        text=str(words.text) % told,
        actions=words.actions,
        provider=told["provider"],
        next_url=next_url,
    )
    response = make_response(text, words.status)
    if words is not STALE:
        attempt.end(response)
    if words.status == 503:
        response.headers["Retry-After"] = "60"
    return response


def of_problem(problem: Exception, next_url: str = "") -> Response:
    """The page for what went wrong."""
    return page(WORDS[type(problem)], next_url)
