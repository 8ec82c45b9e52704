"""The second step without the phone: a recovery code, which works once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from helpcenter.accounts import letters
from helpcenter.accounts.second_step import answers, entrance, limit, recovery_code
from helpcenter.accounts.second_step.fields import RecoveryForm
from helpcenter.accounts.second_step.views.half_sign_ins import over, target
from helpcenter.accounts.user import User
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db

blueprint = Blueprint("recoveries", __name__)


@blueprint.get("/login/recovery-code")
def new() -> Any:
    """Where the code is typed."""
    return over() if entrance.half() is None else _page(RecoveryForm(formdata=None))


@blueprint.post("/login/recovery-code")
@limits.limit(limit.ADDRESS_RATE, scope="sign-in")
def create() -> Any:
    """Log in with a code that was not used yet, and tell its owner by mail."""
    half, form = entrance.half(), RecoveryForm()
    if half is None:
        return over()
    if not form.validate():
        return _page(form, 422)
    user_id, typed = half.user_id, form.code.data or ""
    limit.spend(limit.RECOVERY_CODE, user_id)

    def is_right(person: User) -> bool:
        if not recovery_code.use(person.id, typed):
            return False
        left = recovery_code.left(person.id)
        letters.recovery_code_used(person, left, left <= recovery_code.FEW)
        return True

    begin_write()
    done = entrance.attempt(is_right)
    db.session.commit()
    if done.entrance is not None:
        limit.forgive(user_id)
        _say_how_many_are_left(user_id)
        return entrance.answer(done.entrance, target())
    if done.is_over:
        return over(was_asked=done.was_asked)
    form.refuse("code", answers.to_recovery_code())
    return _page(form, 422)


def _say_how_many_are_left(user_id: int) -> None:
    left = recovery_code.left(user_id)
    said = ngettext("You have %(num)d recovery code left.", "You have %(num)d recovery codes left.", left)
    if left > recovery_code.FEW:
        flash(said)
        return
    flash(Markup('%s <a href="%s">%s</a>') % (said, url_for("recovery_codes.new"), _("Make new ones")), "warning")


def _page(form: RecoveryForm, status: int = 200) -> Any:
    words = {
        "form": form,
        "code_url": entrance.address("half_sign_ins.new", target()),
        "back_url": entrance.address("sessions.new", target()),
    }
    return render_template("accounts/second_step_recovery.html", **words), status
