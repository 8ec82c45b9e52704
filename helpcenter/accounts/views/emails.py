"""Changing one's address: it counts once a link sent to it was opened and its button pressed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from helpcenter.accounts import email_address, fields, letters, own_account, token, user
from helpcenter.accounts.token import Purpose
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("emails", __name__)


class EmailForm(Form):
    email = fields.email_field(_l("New email address"))
    password = fields.own_password_field(_l("Your password"))


@blueprint.get("/preferences/email")
def edit() -> str:
    """The form."""
    return _page(own_account.of(current_viewer()), EmailForm(formdata=None))


@blueprint.post("/preferences/email")
@limits.limit("20 per hour", scope="new-address")
def update() -> Any:
    """Send a letter to the new address; the old one stays until it is confirmed."""
    person = own_account.of(current_viewer())
    verified_hash, form = person.password_hash, EmailForm()
    is_valid = form.validate()
    if is_valid and not own_account.knows_password(person, form.password.data):
        form.refuse("password", _("This is not your password."))
        is_valid = False
    if not is_valid:
        return _page(person, form), 422
    address = email_address.normalized(form.email.data) or ""
    limits.spend("3 per hour", "letter", user.email_key(address))
    begin_write()
    _ask(own_account.again(current_viewer(), verified_hash), address)
    db.session.commit()
    flash(_("We have sent an email to the new address. The change takes effect once you open the link in it."))
    return redirect(url_for("preferences.edit"), 303)


@blueprint.get("/preferences/email/<secret>")
def new(secret: str) -> Any:
    """The page a letter leads to; whoever opens it need not be signed in."""
    person = token.holder(Purpose.CHANGE_EMAIL, secret)
    return _over() if person is None else render_template("accounts/new_email.html", person=person)


@blueprint.post("/preferences/email/<secret>")
@limits.limit("10 per minute", scope="confirm")
def create(secret: str) -> Any:
    """The new address counts from now on."""
    begin_write()
    person = token.holder(Purpose.CHANGE_EMAIL, secret)
    if person is None or not person.new_email:
        db.session.rollback()
        return _over()
    old_address = person.email
    try:
        person.email, person.email_key, person.new_email = person.new_email, user.email_key(person.new_email), None
        letters.address_changed(person, old_address)
        db.session.commit()
    except IntegrityError:
        # Somebody registered with it while the letter waited.
        db.session.rollback()
        return _over()
    flash(_("Your new address is in use from now on."))
    return redirect(url_for("preferences.edit"), 303)


def _ask(person: User, address: str) -> None:
    other = user.by_email(address)
    if other is not None and other.id != person.id:
        letters.address_taken(other)
        return
    person.new_email = address
    letters.confirm_new_address(person)


def _page(person: User, form: EmailForm) -> str:
    return render_template("accounts/email.html", form=form, person=person)


def _over() -> Any:
    return render_template("accounts/link_over.html"), 410
