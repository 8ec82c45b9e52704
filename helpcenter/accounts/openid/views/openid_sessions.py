"""Logging in by way of the provider: a link leads there, and the provider leads back here.

The way there is a link and not a form: browsers hold a form to the policy of its page wherever it is led on, and a
provider may lead on to others that no policy of ours could name. The way back is the one page that writes when it is
only opened; what it writes was begun by this browser, which holds the other half of its address. Both are counted.
"""

from __future__ import annotations

import logging
from hmac import compare_digest
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError

from helpcenter.accounts import letters, user
from helpcenter.accounts.destination import within_site
from helpcenter.accounts.openid import (
    arrival,
    attempt,
    claims,
    identity,
    pending,
    provider,
    refusal,
    role_mapping,
    rules,
)
from helpcenter.accounts.openid.arrival import PasswordNeeded
from helpcenter.accounts.openid.attempt import Attempt
from helpcenter.accounts.openid.claims import Claims
from helpcenter.accounts.openid.failure import ProviderFailed
from helpcenter.accounts.openid.pending import Pending
from helpcenter.accounts.openid.provider import CALLBACK
from helpcenter.accounts.openid.refusal import REFUSALS
from helpcenter.accounts.second_step import entrance
from helpcenter.accounts.second_step.entrance import Entrance
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits, locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound

RATE = "20 per minute; 200 per hour"
STOPPED = frozenset({"access_denied", "login_required", "interaction_required", "consent_required"})
logger = logging.getLogger("helpcenter.accounts")
blueprint = Blueprint("openid_sessions", __name__)


@blueprint.get("/login/openid")
def new() -> Any:
    """Lead to the provider; whoever is signed in goes on."""
    require_provider()
    target = within_site(request.args.get("next"), "")
    if current_viewer().is_signed_in:
        return redirect(target or "/", 303)
    limits.spend(RATE, "openid-start", limits.address())
    begun = attempt.begin(target)
    try:
        address = login_address(begun)
    except ProviderFailed as problem:
        return _failed(problem, target)
    response = redirect(address, 303)
    attempt.keep(response, begun)
    return response


@blueprint.get(CALLBACK)
def create() -> Any:
    """Log in whoever the provider sends back, or say why not."""
    require_provider()
    begun = attempt.of_answer(request, request.args.get("state", ""))
    if begun is None or (begun.user_id and begun.user_id != current_viewer().id):
        return refusal.page(refusal.STALE)
    limits.spend(RATE, "openid-answer", limits.address())
    try:
        said = _said(begun)
    except ProviderFailed as problem:
        return _failed(problem, begun.next_url)
    if said is None:
        return refusal.page(refusal.DECLINED, begun.next_url)
    try:
        return _connected(begun, said) if begun.user_id else _entered(begun, said)
    except REFUSALS as problem:
        db.session.rollback()
        logger.warning("somebody whom the provider sent was not let in: %s", type(problem).__name__)
        if begun.user_id and isinstance(problem, identity.Anothers):
            return refusal.page(refusal.CONNECTED_ELSEWHERE, begun.next_url)
        return refusal.of_problem(problem, begun.next_url)
    except PasswordNeeded as one:
        db.session.rollback()
        return _asked_for_password(one.user_id, begun, said)


def require_provider() -> None:
    """Raises NotFound on a site without one."""
    if not provider.is_set_up():
        raise NotFound


def login_address(begun: Attempt) -> str:
    """Where the browser goes. Raises ProviderFailed."""
    return provider.of_site().login_address(begun, scopes=rules.current().scopes, locale=locale.current())


def _said(begun: Attempt) -> Claims | None:
    """What the provider says of whoever comes back; None where they stopped there. Raises ProviderFailed."""
    its = provider.of_site()
    named = request.args.get("iss")
    if named is not None and not compare_digest(named.encode(), its.client.issuer.encode()):
        raise ProviderFailed("the answer comes from another provider")
    error = request.args.get("error", "")
    if error in STOPPED:
        return None
    code = request.args.get("code", "")
    if error or not code:
        raise ProviderFailed(f"it led back with {error[:60]!r} and no code" if error.isidentifier() else "no code")
    if named is None and its.metadata(provider.deadline()).names_itself:
        raise ProviderFailed("the answer does not say which provider it comes from")
    of_site = rules.current()
    return claims.read(*its.claims(code, begun, claims.needed(of_site)), of_site)


def _entered(begun: Attempt, said: Claims) -> Any:
    try:
        entered, person_id, is_new_address = _enter(begun, said)
    except IntegrityError:
        # The same person came in, or registered, at the same moment: now their account is there.
        db.session.rollback()
        entered, person_id, is_new_address = _enter(begun, said)
    if is_new_address:
        _tell_of_address(person_id, said)
    response = entrance.answer(entered, begun.next_url or "/")
    attempt.end(response)
    return response


def _enter(begun: Attempt, said: Claims) -> tuple[Entrance, int, bool]:
    """The way in, who it is, and whether their address there is another one than the last time."""
    of_site = rules.current()
    begin_write()
    attempt.use_up(begun)
    person = arrival.welcome(said, of_site)
    is_new_address = arrival.enter(person, said, of_site)
    entered = entrance.begin(person.id)
    db.session.commit()
    return entered, person.id, is_new_address


def _connected(begun: Attempt, said: Claims) -> Any:
    """Somebody who is logged in has an account there from now on."""
    begin_write()
    attempt.use_up(begun)
    arrival.check_domain(said, rules.current())
    person = user.by_id(begun.user_id)
    if person is None:
        raise attempt.UsedBefore
    if identity.connect(person.id, said):
        letters.openid_connected(person)
    db.session.commit()
    flash(_("From now on you can log in here with %(provider)s.", provider=rules.provider_name()))
    response = redirect(url_for("openid_identities.show"), 303)
    attempt.end(response)
    return response


def _asked_for_password(user_id: int, begun: Attempt, said: Claims) -> Any:
    roles = role_mapping.wanted(said, rules.current())
    waiting = Pending(
        user_id,
        said.issuer,
        said.subject,
        said.email,
        None if roles is None else sorted(roles),
        begun.next_url,
    )
    response = redirect(url_for("openid_accounts.new", lang=locale.current()), 303)
    pending.keep(response, waiting)
    return response


def _tell_of_address(user_id: int, said: Claims) -> None:
    person = user.by_id(user_id)
    if person is None or person.email.lower() == said.email.lower():
        return
    text = _(
        "Your address at %(provider)s is another one now. Email from here still goes to %(email)s.",
        provider=rules.provider_name(),
        email=person.email,
    )
    flash(Markup('%s <a href="%s">%s</a>') % (text, url_for("emails.edit"), _("Change the email address")))


def _failed(problem: ProviderFailed, next_url: str) -> Any:
    logger.warning("logging in by OpenID Connect failed: %s", problem.reason)
    return refusal.of_problem(problem, next_url)
