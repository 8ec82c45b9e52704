"""A forgotten password: a letter with a link, the link opens a page, the page sets a new one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from helpcenter.accounts import email_address, fields, letters, password, session, token, user
from helpcenter.accounts.openid import rules, team_way
from helpcenter.accounts.second_step import entrance
from helpcenter.accounts.token import Purpose
from helpcenter.accounts.user import User
from helpcenter.core import clock, limits, locale, mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("resets", __name__)


class ResetForm(Form):
    email = fields.email_field()


class NewPasswordForm(Form):
    password = fields.new_password_field()
    own_words: tuple[str, ...] = ()


@blueprint.get("/reset")
def new() -> str:
    """Where to ask for a link."""
    return render_template("accounts/reset.html", form=ResetForm(formdata=None))


@blueprint.post("/reset")
@limits.limit("20 per hour", scope="reset")
def create() -> Any:
    """Send a letter to the address, whether it has an account or not."""
    form = ResetForm()
    if not form.validate():
        return render_template("accounts/reset.html", form=form), 422
    address = email_address.normalized(form.email.data) or ""
    limits.spend("3 per hour", "letter", user.email_key(address))
    begin_write()
    person = user.by_email(address)
    if person is None:
        letters.unknown_address(address)
    else:
        letters.reset(person)
    db.session.commit()
    return redirect(url_for("resets.show", lang=locale.current()), 303)


@blueprint.get("/reset/sent")
def show() -> str:
    """What happens next."""
    return render_template("accounts/letter_sent.html", sends_mail=mail.is_sent())


@blueprint.get("/reset/<secret>")
def edit(secret: str) -> Any:
    """The page a letter leads to."""
    person = token.holder(Purpose.RESET, secret)
    return _page(person, NewPasswordForm(formdata=None))


@blueprint.post("/reset/<secret>")
@limits.limit("10 per minute", scope="new-password")
def update(secret: str) -> Any:
    """Set the password, end every session, and sign this browser in; a second step is asked for as ever."""
    form = NewPasswordForm()
    person = token.holder(Purpose.RESET, secret)
    form.own_words = (person.name, person.email) if person else ()
    if person is None or not form.validate():
        return _page(person, form, 422)
    password_hash = password.hashed(form.password.data)
    begin_write()
    person = token.holder(Purpose.RESET, secret)
    if person is None:
        db.session.rollback()
        return _page(None, form)
    _set(person, password_hash)
    if team_way.is_closed(person.id):
        db.session.commit()
        flash(_("The password has been saved. Your team logs in with %(provider)s.", provider=rules.provider_name()))
        return redirect(url_for("sessions.new", lang=locale.current()), 303)
    entered = entrance.begin(person.id)
    db.session.commit()
    flash(_("Your password has been changed. Every other browser has to log in again."))
    return entrance.answer(entered, "/")


def _set(person: User, password_hash: str) -> None:
    person.password_hash = password_hash
    # The link came by mail, so the address is theirs.
    user.confirm(person, at=clock.now())
    session.end_all(person.id)
    letters.password_changed(person)


def _page(person: User | None, form: NewPasswordForm, status: int = 200) -> Any:
    if person is None:
        return render_template("accounts/link_over.html"), 410
    return render_template("accounts/new_password.html", form=form, person=person), status
