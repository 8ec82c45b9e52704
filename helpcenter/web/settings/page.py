"""The settings page."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from helpcenter.accounts import permissions
from helpcenter.accounts.second_step import requirement, second_step
from helpcenter.accounts.viewer import current_viewer
from helpcenter.articles.folder import rerendering
from helpcenter.articles.snippets import changing
from helpcenter.core import journal, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.site import Site
from helpcenter.files import file, upload
from helpcenter.files.picture import PictureRefused
from helpcenter.web.settings.form import SettingsForm, filled

blueprint = Blueprint("settings", __name__)
# What an admin chooses, and not what the site notes beside it.
CHOSEN = tuple(field.name for field in fields(Site) if field.name != "second_step_since")


@blueprint.get("/settings")
def edit() -> str:
    """The form with what holds now."""
    permissions.require(current_viewer(), "change_site")
    return _page(filled(site.current()))


@blueprint.post("/settings")
def update() -> Any:
    """Keep what the form says. Every public page is made anew."""
    viewer = current_viewer()
    permissions.require(viewer, "change_site")
    form = SettingsForm()
    form.validate()
    is_new = form.second_step_required.data and not site.current().second_step_required
    if is_new and not second_step.is_on(viewer.id or 0):
        form.refuse("second_step_required", _("Turn it on for yourself first: you find it in your preferences."))
    logo = _prepared(form)
    if form.errors:
        if logo is not None:
            form.refuse("logo", _("This picture is fine. Please choose it again: a browser sends a file only once."))
        return _page(form), 422
    begin_write()
    before, values = site.current(), form.site_values()
    values |= requirement.site_values(before, bool(form.second_step_required.data), form.second_step_days.data or 0)
    if logo is not None:
        kept = upload.keep(logo, by=viewer.id)
        file.show([kept.name], kind="site", subject_id=1, part="logo")
        values["logo"] = kept.url
    elif form.remove_logo.data:
        file.show([], kind="site", subject_id=1, part="logo")
        values["logo"] = ""
    now = site.change(**values)
    changed = [name for name in CHOSEN if getattr(now, name) != getattr(before, name)]
    if now.video_hosts != before.video_hosts:
        rerendering.mark_videos()
    if "locales" in changed:
        changing.languages_changed()
    if changed:
        journal.note("site_changed", by=viewer.id, settings=changed)
    db.session.commit()
    flash(_("The settings have been saved."))
    return redirect(url_for("settings.edit"), 303)


def _prepared(form: SettingsForm) -> Any:
    """The logo, checked and re-encoded before anything is locked; None without one or with an error on the form."""
    sent = form.logo.data
    data = sent.read() if sent else b""
    if not data:
        return None
    try:
        return upload.prepare(data)
    except PictureRefused as refusal:
        form.refuse("logo", refusal.message)
        return None


def _page(form: SettingsForm) -> str:
    return render_template("settings/edit.html", form=form, second_step=requirement.standing())
