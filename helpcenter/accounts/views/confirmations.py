"""Confirming an address: the link opens a page, and the password there shows that whoever registered holds the link.

Without the password, somebody could register with another person's address and wait for them to press the button.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import refresh
from markupsafe import Markup

from helpcenter.accounts import fields, password, token, user
from helpcenter.accounts.destination import within_site
from helpcenter.accounts.openid import team_way
from helpcenter.accounts.second_step import entrance
from helpcenter.accounts.token import Purpose
from helpcenter.accounts.user import User
from helpcenter.core import clock, limits, locale, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("confirmations", __name__)


class ConfirmationForm(Form):
    password = fields.own_password_field()


@blueprint.get("/confirm/<secret>")
def new(secret: str) -> Any:
    """The page a letter leads to."""
    return _page(token.holder(Purpose.CONFIRM, secret), ConfirmationForm(formdata=None))


@blueprint.post("/confirm/<secret>")
@limits.limit("10 per minute", scope="confirm")
def create(secret: str) -> Any:
    """Confirm the address and sign in."""
    form = ConfirmationForm()
    person = token.holder(Purpose.CONFIRM, secret)
    if person is None or person.is_confirmed:
        return _page(person, form)
    limits.spend("10 per 15 minutes", "sign-in-account", str(person.email_key))
    if not password.matches(form.password.data or "", person.password_hash):
        form.refuse("password", _("This is not the password you chose when you registered."))
        return _page(person, form, 422)
    begin_write()
    person = token.holder(Purpose.CONFIRM, secret)
    if person is None or person.is_confirmed:
        db.session.rollback()
        return _page(person, form)
    user.confirm(person, at=clock.now())
    if team_way.is_closed(person.id):
        # Admins gave them a role before they confirmed: the address is theirs, and the team comes in another way.
        db.session.commit()
        return redirect(url_for("sessions.new", lang=locale.current()), 303)
    entered = entrance.begin(person.id)
    db.session.commit()
    _welcome(person)
    return entrance.answer(entered, within_site(request.args.get("next")))


def _welcome(person: User) -> None:
    """Say on the next page that it worked, and what there is to do, in the language in which the person registered."""
    if person.locale in site.current().locales:
        locale.use(person.locale)
        refresh()
    said = _("Welcome, %(name)s. Your address is confirmed, and you are logged in.", name=person.name)
    words = _("Choose your language, time zone and colours")
    flash(Markup('%s <a href="%s">%s</a>') % (said, url_for("preferences.edit"), words))


def _page(person: User | None, form: ConfirmationForm, status: int = 200) -> Any:
    if person is None:
        return render_template("accounts/link_over.html"), 410
    template = "accounts/confirmed_already.html" if person.is_confirmed else "accounts/confirm.html"
    return render_template(template, form=form, person=person), status
