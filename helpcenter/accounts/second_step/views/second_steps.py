"""A person's own second step: what it is, turning it on with an app, turning it off."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from helpcenter.accounts import fields, letters, own_account, session
from helpcenter.accounts.destination import within_site
from helpcenter.accounts.second_step import (
    answers,
    code,
    key,
    limit,
    recovery_code,
    second_step,
    shared_key,
    ticket,
)
from helpcenter.accounts.second_step.code import Verdict
from helpcenter.accounts.second_step.fields import code_field, either_field
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import clock, limits, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("second_steps", __name__)


class PasswordForm(Form):
    password = fields.own_password_field(_l("Your password"))


class KeyForm(Form):
    ticket = HiddenField()
    code = code_field()


class EndForm(Form):
    password = fields.own_password_field(_l("Your password"))
    code = either_field()


@blueprint.get("/preferences/second-step")
def show() -> Any:
    """Whether it is on, since when, and how many recovery codes are left; or what it is and the way to turn it on."""
    return _page(own_account.of(current_viewer()), PasswordForm(formdata=None))


@blueprint.post("/preferences/second-step/key")
@limits.limit("20 per minute", scope="second-step-key")
def new() -> Any:
    """For whoever knows the password: a new key to scan. Nothing is kept before a code of it was typed."""
    person, form = own_account.of(current_viewer()), PasswordForm()
    if second_step.is_on(person.id):
        return redirect(_own_url(), 303)
    if not own_account.knows_password(person, form.password.data):
        form.refuse("password", _("This is not your password."))
        return _page(person, form, 422)
    salt = key.new_salt()
    return _key_page(person, salt, KeyForm(formdata=None, data={"ticket": ticket.make(person, salt)}))


@blueprint.post("/preferences/second-step")
@limits.limit("20 per minute", scope="second-step-key")
def create() -> Any:
    """Turn it on when the app shows the right code, end every other session, and show the recovery codes once."""
    viewer = current_viewer()
    person, form = own_account.of(viewer), KeyForm()
    verified_hash, salt = person.password_hash, ticket.salt_of(form.ticket.data or "", person)
    if second_step.is_on(person.id):
        flash(_("Two-step login is on already. If you did not see your recovery codes, make new ones."))
        return redirect(_own_url(), 303)
    if salt is None:
        flash(_("That took longer than half an hour. Please begin again."), "warning")
        return redirect(_own_url(), 303)
    if not form.validate():
        return _key_page(person, salt, form, 422)
    judged = code.judge(key.of(person.id, salt), form.code.data or "", clock.now(), used=0)
    if judged.verdict is not Verdict.RIGHT:
        form.refuse("code", answers.to(judged))
        return _key_page(person, salt, form, 422)
    begin_write()
    person = own_account.again(viewer, verified_hash)
    if second_step.is_on(person.id):
        db.session.rollback()
        return redirect(_own_url(), 303)
    codes = second_step.turn_on(person, salt, judged.step or 0)
    session.end_all(person.id, but=viewer.session_id)
    letters.second_step_on(person)
    db.session.commit()
    return render_template("accounts/recovery_codes.html", codes=codes, is_new=True, next_url=_next())


@blueprint.get("/preferences/second-step/off")
def edit() -> Any:
    """Where it is turned off."""
    person = own_account.of(current_viewer())
    return _end_page(EndForm(formdata=None)) if second_step.is_on(person.id) else redirect(_own_url(), 303)


@blueprint.post("/preferences/second-step/off")
@limits.limit("20 per minute", scope="second-step-key")
def destroy() -> Any:
    """Turn it off for whoever has the password and a code."""
    viewer = current_viewer()
    person, form = own_account.of(viewer), EndForm()
    if not second_step.is_on(person.id):
        return redirect(_own_url(), 303)
    verified_hash = person.password_hash
    is_valid = form.validate()
    if is_valid and not own_account.knows_password(person, form.password.data):
        form.refuse("password", _("This is not your password."))
        is_valid = False
    if not is_valid:
        return _end_page(form, 422)
    limit.spend(limit.CODE, person.id)
    begin_write()
    objection = _objection(own_account.again(viewer, verified_hash), form.code.data or "")
    if objection:
        # What was judged stays: a code that was told to be too early is not taken later.
        db.session.commit()
        form.refuse("code", objection)
        return _end_page(form, 422)
    second_step.turn_off(person.id, by=person.id)
    letters.second_step_off(person)
    db.session.commit()
    limit.forgive(person.id)
    flash(_("Two-step login is off. Your password alone opens your account again."))
    return redirect(_own_url(), 303)


def _objection(person: User, typed: str) -> str | None:
    """Why a code does not turn it off; None for a right one. A recovery code will do as well."""
    row = second_step.of(person.id)
    if row is None or recovery_code.use(person.id, typed):
        return None
    judged = second_step.check(row, typed)
    return None if judged.verdict is Verdict.RIGHT else answers.to(judged)


def _next() -> str:
    return within_site(request.args.get("next"), "")


def _own_url() -> str:
    return url_for("second_steps.show", next=_next() or None)


def _page(person: User, form: PasswordForm, status: int = 200) -> Any:
    row = second_step.of(person.id)
    if row is not None:
        words = {"left": recovery_code.left(person.id), "few": recovery_code.FEW, "count": recovery_code.COUNT}
        is_readable = second_step.is_readable(row)
        return render_template("accounts/second_step.html", row=row, is_readable=is_readable, **words), status
    return render_template("accounts/second_step_off.html", form=form, person=person, next_url=_next()), status


def _key_page(person: User, salt: str, form: KeyForm, status: int = 200) -> Any:
    shared = shared_key.of(key.of(person.id, salt), person.email, site.current().name)
    return render_template("accounts/second_step_key.html", form=form, shared=shared, next_url=_next()), status


def _end_page(form: EndForm, status: int = 200) -> Any:
    return render_template("accounts/second_step_end.html", form=form), status
