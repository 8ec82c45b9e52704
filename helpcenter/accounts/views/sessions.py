"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _

from helpcenter.accounts import fields, password, session, sign_in, user
from helpcenter.accounts.destination import within_site
from helpcenter.accounts.openid import rules, team_way
from helpcenter.accounts.second_step import entrance
from helpcenter.accounts.second_step.entrance import Entrance
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

ACCOUNT_RATE = "10 per 15 minutes"
blueprint = Blueprint("sessions", __name__)


class SignInForm(Form):
    email = fields.email_field()
    password = fields.own_password_field()


@blueprint.get("/login")
def new() -> Any:
    """The form; whoever is signed in goes on."""
    if current_viewer().is_signed_in:
        return redirect(_next())
    return _page(SignInForm(formdata=None))


@blueprint.post("/login")
@limits.limit("20 per minute; 200 per hour", scope="sign-in")
def create() -> Any:
    """Sign in. A wrong password, an unknown address and an unconfirmed one are one answer after one work."""
    form = SignInForm()
    if not form.validate():
        return _page(form), 422
    key = user.email_key(form.email.data)
    limits.spend(ACCOUNT_RATE, "sign-in-account", key)
    person = user.by_email(form.email.data)
    may_enter = person if person is not None and person.is_confirmed else None
    is_right = password.matches(form.password.data or "", may_enter.password_hash if may_enter else None)
    if may_enter is not None and is_right and team_way.is_closed(may_enter.id):
        form.form_errors.append(_("Your team logs in with %(provider)s alone.", provider=rules.provider_name()))
        return _page(form), 422
    entered = _enter(may_enter, form.password.data) if may_enter is not None and is_right else None
    if entered is None:
        form.form_errors.append(_("The address and password do not match, or the address is not confirmed yet."))
        return _page(form), 422
    limits.forgive(ACCOUNT_RATE, "sign-in-account", key)
    return entrance.answer(entered, _next())


@blueprint.post("/logout")
def destroy() -> Any:
    """Sign this browser out; its session ends here, whoever else holds a copy of the cookie."""
    viewer = current_viewer()
    if viewer.id is not None and viewer.session_id is not None:
        begin_write()
        session.end(viewer.session_id, of=viewer.id)
        db.session.commit()
    return sign_in.farewell("/", _("You are logged out."))


def _enter(person: User, typed: str) -> Entrance | None:
    """The way in; None when the password that was right became another one while it was looked at."""
    fresh_hash = password.hashed(typed) if password.is_outdated(person.password_hash) else None
    verified_hash = person.password_hash
    begin_write()
    current = user.by_id(person.id)
    if current is None or current.password_hash != verified_hash:
        # The change ended every session; one that begins after it with the old password would stay for months.
        db.session.rollback()
        return None
    if fresh_hash:
        current.password_hash = fresh_hash
    entered = entrance.begin(person.id)
    db.session.commit()
    return entered


def _next() -> str:
    return within_site(request.args.get("next"))


def _page(form: SignInForm) -> str:
    words = {"next_url": within_site(request.args.get("next"), ""), "provider": rules.provider_name()}
    return render_template("accounts/login.html", form=form, **words)
