"""How the site looks and speaks for one person."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from wtforms import BooleanField, RadioField, SelectChoice, SelectField

from helpcenter.accounts import fields, own_account
from helpcenter.accounts.notifications import setting
from helpcenter.accounts.openid import rules
from helpcenter.accounts.time_zones import choices as time_zone_choices
from helpcenter.accounts.user import THEMES
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import locale, site
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form

blueprint = Blueprint("preferences", __name__)
THEME_NAMES = {"auto": _l("Same as the device"), "light": _l("Light"), "dark": _l("Dark")}


class PreferencesForm(Form):
    name = fields.name_field()
    locale = SelectField(_l("Language"))
    time_zone = SelectField(_l("Time zone"))
    theme = RadioField(_l("Colours"), choices=[SelectChoice(theme, THEME_NAMES[theme]) for theme in THEMES])
    shortcuts = BooleanField(_l("Single-key shortcuts"))
    weekly_report = BooleanField(_l("Send me the report on Mondays"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not current_viewer().may("read_reports"):
            # What was not offered is not sent either, and would be taken for a no.
            del self.weekly_report
        offered = [SelectChoice(code, locale.LANGUAGES[code].endonym) for code in site.current().locales]
        self.locale.choices = [SelectChoice("", _("Same as the browser")), *offered]
        as_site = SelectChoice("", _("Same as the site: %(zone)s", zone=site.current().time_zone))
        self.time_zone.choices = [as_site, *time_zone_choices()]


@blueprint.get("/preferences")
def edit() -> str:
    """The form with what holds now."""
    return _page(PreferencesForm(formdata=None, obj=own_account.of(current_viewer())))


@blueprint.post("/preferences")
def update() -> Any:
    """Keep the preferences; the next page already follows them."""
    own_account.of(current_viewer())
    form = PreferencesForm()
    if not form.validate():
        return _page(form), 422
    begin_write()
    person = own_account.of(current_viewer())
    # The team's names stand below articles; a member's new one is no reason to make every page anew.
    if person.name != form.name.data and current_viewer().is_staff:
        content_changed()
    if person.time_zone != form.time_zone.data:
        setting.move(person.id, form.time_zone.data or "")
    form.populate_obj(person)
    db.session.commit()
    # The notice speaks the language just chosen.
    locale.use(form.locale.data or locale.negotiated())
    refresh()
    flash(_("Your preferences have been saved."))
    return redirect(url_for("preferences.edit"), 303)


def _page(form: PreferencesForm) -> str:
    return render_template("accounts/preferences.html", form=form, provider=rules.provider_name())
