"""Registering. Whoever asks gets the same answer; what differs is the letter."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError

from helpcenter.accounts import email_address, fields, letters, password, user
from helpcenter.accounts.destination import within_site
from helpcenter.accounts.openid import rules
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits, locale, mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("registrations", __name__)


class RegistrationForm(Form):
    name = fields.name_field()
    email = fields.email_field()
    password = fields.new_password_field()


@blueprint.get("/register")
def new() -> Any:
    """The form; whoever is signed in needs none."""
    if current_viewer().is_signed_in:
        return redirect(within_site(request.args.get("next")))
    return _page(RegistrationForm(formdata=None))


@blueprint.post("/register")
@limits.limit("20 per hour", scope="register")
def create() -> Any:
    """Register, or remind somebody registered, and say that a letter is on its way."""
    form = RegistrationForm()
    if not form.validate():
        return _page(form), 422
    address = email_address.normalized(form.email.data) or ""
    limits.spend("3 per hour", "letter", user.email_key(address))
    password_hash = password.hashed(form.password.data)
    begin_write()
    try:
        _register(form.name.data, address, password_hash)
        db.session.commit()
    except IntegrityError:
        # Somebody registered the same address at the same moment and is getting the letter.
        db.session.rollback()
    return redirect(url_for("registrations.show", lang=locale.current()), 303)


@blueprint.get("/register/sent")
def show() -> str:
    """What happens next."""
    return render_template("accounts/letter_sent.html", sends_mail=mail.is_sent())


def _register(name: str, address: str, password_hash: str) -> None:
    person = user.by_email(address)
    if person is not None and person.is_confirmed:
        letters.known_already(person)
        return
    if person is None:
        person = user.add(name, address, password_hash, locale=locale.current())
    else:
        # Nobody showed yet that the address is theirs: the last to register names the password, and earlier links end.
        person.name, person.email, person.password_hash = name, address, password_hash
        person.locale = locale.current()
    letters.confirm(person, within_site(request.args.get("next"), otherwise=""))


def _page(form: RegistrationForm) -> str:
    words = {"next_url": within_site(request.args.get("next"), ""), "provider": rules.provider_name()}
    return render_template("accounts/register.html", form=form, **words)
