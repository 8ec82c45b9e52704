"""Changing one's password: every other browser has to sign in again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.accounts import fields, letters, own_account, password, session, sign_in, user
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits, locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("passwords", __name__)


class PasswordForm(Form):
    current = fields.own_password_field(_l("Current password"))
    password = fields.new_password_field(_l("New password"))
    own_words: tuple[str, ...] = ()


@blueprint.get("/preferences/password")
def edit() -> str:
    """The form; for whoever came in without a password, how to get one."""
    return _page(own_account.of(current_viewer()), PasswordForm(formdata=None))


@blueprint.post("/preferences/password/letter")
@limits.limit("20 per hour", scope="reset")
def create() -> Any:
    """Send a link to whoever has no password, with which they choose one."""
    person = own_account.of(current_viewer())
    if person.password_hash:
        return redirect(url_for("passwords.edit"), 303)
    limits.spend("3 per hour", "letter", user.email_key(person.email))
    begin_write()
    letters.reset(own_account.again(current_viewer(), ""))
    db.session.commit()
    return redirect(url_for("resets.show", lang=locale.current()), 303)


@blueprint.post("/preferences/password")
@limits.limit("10 per minute", scope="new-password")
def update() -> Any:
    """Keep the new password, end every session, and begin a new one here."""
    viewer = current_viewer()
    person = own_account.of(viewer)
    verified_hash, form = person.password_hash, PasswordForm()
    form.own_words = (person.name, person.email)
    is_valid = form.validate()
    if is_valid and not own_account.knows_password(person, form.current.data):
        form.refuse("current", _("This is not your password."))
        is_valid = False
    if not is_valid:
        return _page(person, form), 422
    password_hash = password.hashed(form.password.data)
    begin_write()
    person = own_account.again(viewer, verified_hash)
    person.password_hash = password_hash
    session.end_all(person.id)
    cookie = sign_in.begin(person.id)
    letters.password_changed(person)
    db.session.commit()
    flash(_("Your password has been changed. Every other browser has to log in again."))
    return sign_in.answer(cookie, "/preferences")


def _page(person: User, form: PasswordForm) -> str:
    return render_template("accounts/password.html", form=form, person=person)
