"""Leaving: the account is emptied at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _

from helpcenter.accounts import erasure, fields, own_account, sign_in
from helpcenter.accounts.user import LastAdmin, User
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits, locale
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form
from helpcenter.journeys import visitor

blueprint = Blueprint("erasures", __name__)


class ErasureForm(Form):
    password = fields.own_password_field()


@blueprint.get("/preferences/erasure")
def new() -> str:
    """What goes, what stays, and the form."""
    return _page(own_account.of(current_viewer()), ErasureForm(formdata=None))


@blueprint.post("/preferences/erasure")
@limits.limit("10 per minute", scope="erasure")
def create() -> Any:
    """Erase the account of whoever knows its password."""
    person, form = own_account.of(current_viewer()), ErasureForm()
    if not own_account.knows_password(person, form.password.data):
        form.refuse("password", _("This is not your password."))
        return _page(person, form), 422
    begin_write()
    try:
        erasure.erase(person.id)
    except LastAdmin:
        db.session.rollback()
        form.form_errors.append(_("You are the only admin. Make someone else an admin first."))
        return _page(person, form), 422
    content_changed()
    db.session.commit()
    response = sign_in.farewell(url_for("erasures.show", lang=locale.current()))
    # Nothing is known of this browser any more; whoever uses it next begins anew.
    visitor.forget_cookie(response)
    return response


@blueprint.get("/preferences/erased")
def show() -> Any:
    """What is gone and what stays, for whoever has just left. Somebody signed in still has an account."""
    if current_viewer().is_signed_in:
        return redirect(url_for("erasures.new"))
    return render_template("accounts/erased.html")


def _page(person: User, form: ErasureForm) -> str:
    return render_template("accounts/erasure.html", form=form, person=person)
