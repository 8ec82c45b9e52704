"""The second step of a log-in: the code of an app, after the right password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _

from helpcenter.accounts.destination import within_site
from helpcenter.accounts.second_step import answers, entrance, limit, second_step
from helpcenter.accounts.second_step.code import Judgement, Verdict
from helpcenter.accounts.second_step.fields import CodeForm
from helpcenter.accounts.second_step.half_sign_in import HalfSignIn
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db

blueprint = Blueprint("half_sign_ins", __name__)


@blueprint.get("/login/second-step")
def new() -> Any:
    """Where the code is typed; whoever is logged in and owes none goes on."""
    half = entrance.half()
    return over() if half is None else _page(CodeForm(formdata=None), half)


@blueprint.post("/login/second-step")
@limits.limit(limit.ADDRESS_RATE, scope="sign-in")
def create() -> Any:
    """Log in with a right code."""
    half, form = entrance.half(), CodeForm()
    if half is None:
        return over()
    if not form.validate():
        return _page(form, half, 422)
    user_id, typed, judged = half.user_id, form.code.data or "", []
    limit.spend(limit.CODE, user_id)

    def is_right(person: User) -> bool:
        row = second_step.of(person.id)
        judged.append(second_step.check(row, typed) if row else Judgement(Verdict.WRONG))
        return judged[-1].verdict is Verdict.RIGHT

    begin_write()
    done = entrance.attempt(is_right)
    db.session.commit()
    if done.entrance is not None:
        limit.forgive(user_id)
        return entrance.answer(done.entrance, target())
    if done.is_over:
        return over(was_asked=done.was_asked)
    form.refuse("code", answers.to(judged[-1]))
    return _page(form, half, 422)


def target() -> str:
    """Where they wanted to go."""
    return within_site(request.args.get("next"))


def over(was_asked: bool = False) -> Any:
    """Back to the password, with the reason."""
    if current_viewer().is_signed_in and not was_asked:
        return redirect(target(), 303)
    if was_asked:
        flash(_("Several codes were wrong. Log in again to try others."), "warning")
    elif request.method == "POST":
        # Whoever only opens the page is given no cookie, not even one with a reason.
        flash(_("There were ten minutes to type the code, and they have passed. Please log in again."), "warning")
    return redirect(entrance.address("sessions.new", target()), 303)


def _page(form: CodeForm, half: HalfSignIn, status: int = 200) -> Any:
    row = second_step.of(half.user_id)
    words = {
        "form": form,
        "is_readable": row is None or second_step.is_readable(row),
        "recovery_url": entrance.address("recoveries.new", target()),
        "back_url": entrance.address("sessions.new", target()),
    }
    return render_template("accounts/second_step_code.html", **words), status
