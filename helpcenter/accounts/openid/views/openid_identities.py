"""How somebody is known at the provider: seeing it, connecting an account, and ending that."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from helpcenter.accounts import fields, own_account
from helpcenter.accounts.openid import attempt, identity, refusal, rules, team_way
from helpcenter.accounts.openid.failure import ProviderFailed
from helpcenter.accounts.openid.views.openid_sessions import login_address, require_provider
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

RATE = "10 per minute"
blueprint = Blueprint("openid_identities", __name__)


class IdentityForm(Form):
    password = fields.own_password_field()


@blueprint.get("/preferences/openid")
def show() -> Any:
    """What is connected, or how to connect it."""
    return _page(_person(), IdentityForm(formdata=None))


@blueprint.post("/preferences/openid")
@limits.limit(RATE, scope="openid-identity")
def create() -> Any:
    """With the password, a link that leads to the provider and from there back here."""
    person, form = _person(), IdentityForm()
    if identity.of(person.id) is not None:
        return redirect(url_for("openid_identities.show"), 303)
    if not _knows_password(person, form):
        return _page(person, form), 422
    begun = attempt.begin(user_id=person.id)
    try:
        address = login_address(begun)
    except ProviderFailed as problem:
        return refusal.of_problem(problem)
    # A form may not lead to another site, and need not: the link does.
    response = make_response(
        render_template("accounts/openid/onward.html", address=address, provider=rules.provider_name())
    )
    attempt.keep(response, begun)
    return response


@blueprint.post("/preferences/openid/end")
@limits.limit(RATE, scope="openid-identity")
def destroy() -> Any:
    """With the password, which is the way in that is left, end it; not where it would be none."""
    person, form = _person(), IdentityForm()
    verified_hash = person.password_hash
    if team_way.is_closed(person.id):
        return _page(person, form), 422
    if not _knows_password(person, form):
        return _page(person, form), 422
    begin_write()
    identity.disconnect(own_account.again(current_viewer(), verified_hash).id, by=person.id)
    db.session.commit()
    flash(_("You now log in with your password alone."))
    return redirect(url_for("openid_identities.show"), 303)


def _person() -> User:
    person = own_account.of(current_viewer())
    require_provider()
    return person


def _knows_password(person: User, form: IdentityForm) -> bool:
    if own_account.knows_password(person, form.password.data):
        return True
    form.refuse("password", _("This is not your password."))
    return False


def _page(person: User, form: IdentityForm) -> str:
    return render_template(
        "accounts/openid/identity.html",
        form=form,
        person=person,
        identity=identity.of(person.id),
        is_only_way=team_way.is_closed(person.id),
        provider=rules.provider_name(),
    )
