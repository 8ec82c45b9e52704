"""Recovery codes anew, for whoever knows the password: those before end. They are shown once, and as a file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.accounts import fields, letters, own_account
from helpcenter.accounts.second_step import recovery_code, second_step
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import clock, journal, limits, locale, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form
from helpcenter.core.refusals import NotFound

blueprint = Blueprint("recovery_codes", __name__)


class AgainForm(Form):
    password = fields.own_password_field(_l("Your password"))


@blueprint.get("/preferences/recovery-codes")
def new() -> Any:
    """How many are left, and the form for others."""
    person = own_account.of(current_viewer())
    if not second_step.is_on(person.id):
        return redirect(url_for("second_steps.show"), 303)
    return _page(person.id, AgainForm(formdata=None))


@blueprint.post("/preferences/recovery-codes")
@limits.limit("20 per minute", scope="second-step-key")
def create() -> Any:
    """Ten new ones."""
    viewer = current_viewer()
    person, form = own_account.of(viewer), AgainForm()
    if not second_step.is_on(person.id):
        return redirect(url_for("second_steps.show"), 303)
    verified_hash = person.password_hash
    if not own_account.knows_password(person, form.password.data):
        form.refuse("password", _("This is not your password."))
        return _page(person.id, form, 422)
    begin_write()
    person = own_account.again(viewer, verified_hash)
    if not second_step.is_on(person.id):
        db.session.rollback()
        return redirect(url_for("second_steps.show"), 303)
    codes = recovery_code.make(person.id)
    journal.note("recovery_codes_made", by=person.id, subject=("user", person.id))
    letters.recovery_codes_made(person)
    db.session.commit()
    return render_template("accounts/recovery_codes.html", codes=codes, is_new=False, next_url="")


@blueprint.post("/preferences/recovery-codes/file")
@limits.limit("20 per minute", scope="second-step-key")
def show() -> Response:
    """The codes that the page before showed, as a file. Raises NotFound for any that are not the person's own."""
    person = own_account.of(current_viewer())
    codes = request.form.getlist("code")[: recovery_code.COUNT]
    if not recovery_code.are_of(person.id, codes):
        raise NotFound
    name = site.current().name
    lines = [
        _("Recovery codes for %(site)s", site=name),
        person.email,
        locale.day(clock.now()),
        "",
        *codes,
        "",
        _("Each of them works once, instead of the code from your app. Keep them where your phone is not."),
    ]
    response = Response("\n".join(lines) + "\n", mimetype="text/plain")
    response.headers["Content-Disposition"] = "attachment; filename=recovery-codes.txt"
    return response


def _page(user_id: int, form: AgainForm, status: int = 200) -> Any:
    words = {"left": recovery_code.left(user_id), "count": recovery_code.COUNT}
    return render_template("accounts/recovery_codes_again.html", form=form, **words), status
