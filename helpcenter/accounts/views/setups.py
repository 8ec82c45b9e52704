"""The page behind the set-up link: it makes the first admin."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template
from flask_babel import gettext as _

from helpcenter.accounts import email_address, fields, password, session, setup, user
from helpcenter.accounts.role import Role
from helpcenter.accounts.second_step import entrance
from helpcenter.core import clock, limits, locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form
from helpcenter.core.refusals import NotFound

blueprint = Blueprint("setups", __name__)


class SetupForm(Form):
    name = fields.name_field()
    email = fields.email_field()
    password = fields.new_password_field()


@blueprint.get("/setup/<secret>")
def new(secret: str) -> str:
    """The form, for whoever holds the printed link."""
    _check(secret)
    return _page(SetupForm(formdata=None))


@blueprint.post("/setup/<secret>")
@limits.limit("20 per hour", scope="setup")
def create(secret: str) -> Any:
    """Make the first admin and sign them in. The link ends."""
    _check(secret)
    form = SetupForm()
    if not form.validate():
        return _page(form), 422
    address, password_hash = email_address.normalized(form.email.data) or "", password.hashed(form.password.data)
    begin_write()
    _check(secret)
    # Of two people who press the button at the same moment, one deletes the row.
    if not setup.spend():
        raise NotFound
    person = user.by_email(address) or user.add(form.name.data, address, password_hash, locale=locale.current())
    person.name, person.password_hash = form.name.data, password_hash
    user.confirm(person, at=clock.now())
    session.end_all(person.id)
    user.give_role(person.id, Role.ADMIN, by=None)
    entered = entrance.begin(person.id)
    db.session.commit()
    flash(_("Welcome, %(name)s. Your account is ready, and it runs this site.", name=form.name.data))
    return entrance.answer(entered, "/")


def _check(secret: str) -> None:
    if not setup.is_valid(secret):
        raise NotFound


def _page(form: SetupForm) -> str:
    return render_template("accounts/setup.html", form=form)
