"""An account that opens once with its password before it belongs to somebody of the provider."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from helpcenter.accounts import fields, password, user
from helpcenter.accounts.openid import attempt, identity, pending, refusal, role_mapping, rules
from helpcenter.accounts.openid.identity import Anothers
from helpcenter.accounts.openid.pending import Pending
from helpcenter.accounts.openid.views.openid_sessions import require_provider
from helpcenter.accounts.second_step import entrance
from helpcenter.accounts.second_step.entrance import Entrance
from helpcenter.accounts.user import User
from helpcenter.accounts.views.sessions import ACCOUNT_RATE
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("openid_accounts", __name__)


class OwnershipForm(Form):
    password = fields.own_password_field()


@blueprint.get("/login/openid/account")
def new() -> Any:
    """Which account it is, and the form."""
    require_provider()
    waiting, person = _waiting()
    if waiting is None or person is None:
        return refusal.page(refusal.STALE)
    return _page(person, OwnershipForm(formdata=None))


@blueprint.post("/login/openid/account")
@limits.limit("20 per minute; 200 per hour", scope="sign-in")
def create() -> Any:
    """Connect the account and log in."""
    require_provider()
    waiting, person = _waiting()
    if waiting is None or person is None:
        return refusal.page(refusal.STALE)
    form, key = OwnershipForm(), str(person.email_key)
    limits.spend(ACCOUNT_RATE, "sign-in-account", key)
    verified_hash = person.password_hash
    if not password.matches(form.password.data or "", verified_hash):
        form.refuse("password", _("This is not the password of the account."))
        return _page(person, form), 422
    try:
        entered = _enter(waiting, verified_hash)
    except Anothers as problem:
        db.session.rollback()
        return refusal.of_problem(problem, waiting.next_url)
    if entered is None:
        return refusal.page(refusal.STALE)
    limits.forgive(ACCOUNT_RATE, "sign-in-account", key)
    response = entrance.answer(entered, waiting.next_url or "/")
    attempt.end(response)
    return response


def _waiting() -> tuple[Pending | None, User | None]:
    """Who waits, and the account, while it still has the address."""
    waiting = pending.of(request)
    person = user.by_id(waiting.user_id) if waiting else None
    has_address = person is not None and waiting is not None and person.email_key == user.email_key(waiting.email)
    return (waiting, person) if has_address else (None, None)


def _enter(waiting: Pending, verified_hash: str) -> Entrance | None:
    """The way in; None where the password that was right became another one. Raises Anothers."""
    begin_write()
    _still, person = _waiting()
    if person is None or person.password_hash != verified_hash:
        db.session.rollback()
        return None
    identity.connect(person.id, waiting.claims)
    role_mapping.apply(person.id, waiting.wanted, rules.current())
    entered = entrance.begin(person.id)
    db.session.commit()
    return entered


def _page(person: User, form: OwnershipForm) -> str:
    return render_template("accounts/openid/account.html", form=form, person=person, provider=rules.provider_name())
