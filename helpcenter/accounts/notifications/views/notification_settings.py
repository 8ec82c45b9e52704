"""Which things somebody wants to hear of, by which way, and when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectMultipleField

from helpcenter.accounts import own_account
from helpcenter.accounts.notifications import choice, notification, setting
from helpcenter.accounts.notifications.kind import concerning, kinds, labels, letters_for
from helpcenter.accounts.notifications.setting import Rhythm, Wish
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("notification_settings", __name__)
RHYTHM_NAMES = {
    Rhythm.AT_ONCE: _l("Soon: all in one email, ten minutes after the first"),
    Rhythm.DAILY: _l("Once a day, at eight in the morning"),
    Rhythm.WEEKLY: _l("Once a week, on Monday at eight"),
}


class NotificationsForm(Form):
    """`in_app` and `by_mail` are the kinds that are wanted by each way."""

    in_app = SelectMultipleField(_l("On the page"))
    by_mail = SelectMultipleField(_l("By email"))
    rhythm = RadioField(
        _l("When should emails come?"), choices=[SelectChoice(one.value, RHYTHM_NAMES[one]) for one in Rhythm]
    )
    follows_own = BooleanField(_l("Follow what I ask and answer"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offered = concerning(current_viewer())
        self.in_app.choices = [(name, kind.label) for name, kind in kinds().items() if name in offered]
        self.by_mail.choices = [(name, label) for name, label in labels().items() if name in offered]


@blueprint.get("/preferences/notifications")
def edit() -> str:
    """The form with what holds now."""
    person = own_account.of(current_viewer())
    wish, chosen = setting.wish_of(person.id), choice.choices_of(person.id)
    given = {
        "in_app": [name for name, (in_app, _by_mail) in chosen.items() if in_app],
        "by_mail": [name for name, (_in_app, by_mail) in chosen.items() if by_mail],
        "rhythm": wish.rhythm.value,
        "follows_own": wish.follows_own,
    }
    return _page(NotificationsForm(formdata=None, data=given))


@blueprint.post("/preferences/notifications")
def update() -> Any:
    """Keep it; what waits and is not wanted by mail any more is told by none."""
    own_account.of(current_viewer())
    form = NotificationsForm()
    if not form.validate():
        return _page(form), 422
    in_app, by_mail = set(form.in_app.data or ()), set(form.by_mail.data or ())
    begin_write()
    person = own_account.of(current_viewer())
    # What was not offered is not sent either, and would be taken for a no.
    choice.choose(person.id, concerning(current_viewer()), in_app=in_app, by_mail=by_mail)
    setting.keep(person.id, Wish(Rhythm(form.rhythm.data), bool(form.follows_own.data)), person.time_zone)
    notification.drop_mail(person.id, kinds().keys() - by_mail)
    db.session.commit()
    flash(_("Your preferences have been saved."))
    return redirect(url_for("notification_settings.edit"), 303)


def _page(form: NotificationsForm) -> str:
    offered = concerning(current_viewer())
    return render_template(
        "accounts/notification_settings.html",
        form=form,
        kinds={name: one for name, one in kinds().items() if name in offered},
        letters=letters_for(current_viewer()),
    )
