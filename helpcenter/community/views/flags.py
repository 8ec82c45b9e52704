"""Flagging a post or reporting a person: for members, once each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice, TextAreaField, ValidationError

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community import trust
from helpcenter.community.address import person_address
from helpcenter.community.moderation import flag, flagging, log, reason, sanction
from helpcenter.community.moderation.flagging import Subject
from helpcenter.community.trust import Level
from helpcenter.core import limits, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form, strip
from helpcenter.core.refusals import Forbidden
from helpcenter.journeys import actor

blueprint = Blueprint("flags", __name__)
ADDRESS = "/<locale:locale>/community/flags/<kind>/<int:subject_id>"
RATE = "30 per day"


class FlagForm(Form):
    """Why, and a few words."""

    reason = RadioField(_l("What is wrong with it?"), validate_choice=False)
    words = TextAreaField(_l("In your words"), filters=[strip])

    def __init__(self, codes: tuple[str, ...], **given: Any) -> None:
        super().__init__(**given)
        self.reason.choices = [SelectChoice(code, reason.NAMES[code]) for code in codes]

    def validate_reason(self, field: Any) -> None:
        """One of those that are offered."""
        if field.data not in {choice.value for choice in self.reason.choices}:
            raise ValidationError(_("Choose what is wrong."))

    def validate_words(self, field: Any) -> None:
        """Not a story."""
        if len(field.data or "") > flag.LONGEST_WORDS:
            raise ValidationError(_("Use at most %(number)d characters.", number=flag.LONGEST_WORDS))


@blueprint.get(ADDRESS)
def new(locale: str, kind: str, subject_id: int) -> str:
    """The form; whoever flagged it already reads so."""
    viewer, title = _whoever_flags((kind, subject_id))
    form = FlagForm(flagging.reasons_for((kind, subject_id)), formdata=None)
    return _page((kind, subject_id), title, viewer, form, locale)


@blueprint.post(ADDRESS)
def create(locale: str, kind: str, subject_id: int) -> Any:
    """Flag it."""
    subject = (kind, subject_id)
    viewer, title = _whoever_flags(subject)
    form = FlagForm(flagging.reasons_for(subject))
    if not form.validate():
        return _page(subject, title, viewer, form, locale), 422
    limits.spend(RATE, "flag", f"user:{viewer.id}")
    has_weight, by = trust.level_of(viewer) >= Level.TRUSTED, actor.of_request()
    begin_write()
    flagging.put(subject, by=by, why=form.reason.data, words=form.words.data or "", has_weight=has_weight)
    db.session.commit()
    flash(_("Thank you. A moderator will take a look."))
    return _back(subject, title, viewer, locale)


def _whoever_flags(subject: Subject) -> tuple[Viewer, str]:
    viewer = current_viewer()
    require(viewer, "flag")
    if sanction.is_blocked(viewer.id):
        raise Forbidden
    return viewer, flagging.flaggable(subject, viewer)


def _back(subject: Subject, title: str, viewer: Viewer, locale: str) -> Response:
    """To where the flag was put, if that can still be seen."""
    if subject[0] == log.PERSON:
        return redirect(person_address(subject[1], title, locale), 303)
    known = subjects.subject(subject[0])
    is_there = subject[1] in known.visible([subject[1]], viewer, locale)
    return redirect(known.url(subject[1], locale) if is_there else f"/{locale}/community", 303)


def _page(subject: Subject, title: str, viewer: Viewer, form: FlagForm, locale: str) -> str:  # noqa: ARG001
    has_flagged = flag.has_flagged(subject, viewer.id or 0)
    is_person = subject[0] == log.PERSON
    return render_template("community/flag.html", form=form, title=title, has_flagged=has_flagged, is_person=is_person)
