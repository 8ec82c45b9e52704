"""The contact form: it carries along what the person did, offers answers once, and sends whatever they decide."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.user import email_key
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits, mail, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import TooMany
from helpcenter.journeys import actor, page_token
from helpcenter.support import attachment, carried, conversation, letters, suggestion, usual_time
from helpcenter.support.form import LARGEST_FORM_BYTES, ContactForm
from helpcenter.support.said import messages
from helpcenter.support.views.files import waiting_files

blueprint = Blueprint("contacts", __name__)
ADDRESS = "/<locale:locale>/contact"
# A person writes a few times; an office behind one address may do so fifty times.
OF_ONE = "6 per 10 minutes"
OF_ADDRESS = "300 per hour"
# The longest message in the letters that take most room on their way.
LARGEST_TYPED_BYTES = 128 * 1024


@blueprint.get(ADDRESS)
def new(locale: str) -> Response:
    """The empty form, with what may come along."""
    viewer = current_viewer()
    form = ContactForm(viewer, locale)
    form.begin_with(carried.topic_of(request.args, viewer, locale))
    return _page(form, locale, carried.offered(request.args, actor.of_request(), viewer, locale))


@blueprint.post(ADDRESS)
def create(locale: str) -> Response:
    """Send it. Answers that were not shown yet are shown once, with the button to send it all the same."""
    request.max_content_length = LARGEST_FORM_BYTES
    viewer, by = current_viewer(), actor.of_request()
    form = ContactForm(viewer, locale)
    form.validate()
    if form.is_a_persons:
        form.take_files()
    if not form.errors:
        form.check_person()
    items = carried.items(form.carried, viewer, locale)
    if form.errors:
        return _page(form, locale, items, status=422)
    if not form.shown.data:
        form.shown.data = "1"
        found = suggestion.suggestions(form.message.data, locale, viewer)
        if found:
            return _page(form, locale, items, found)
    try:
        limits.spend(OF_ONE, "contact", email_key(form.address))
        limits.spend(OF_ADDRESS, "contact from", limits.address())
    except TooMany:
        form.refuse(
            "message", _("You have just written to us several times. Please wait a few minutes and send it again.")
        )
        return _page(form, locale, items, status=429)
    gets_copy = letters.may_copy(form.address)
    begin_write()
    row = conversation.open_with(
        form.message.data,
        by=by,
        email=form.address,
        locale=locale,
        submission=form.submission,
        name=form.name.data or "",
        topic_id=form.topic_id,
        is_urgent=form.is_urgent.data,
        carried=carried.as_row(items),
    )
    (first,) = messages(row, with_notes=False)[:1]
    attachment.belong_once(form.keep_files(viewer.id), first.id, row.id)
    if gets_copy:
        letters.copy_of_first(row, first)
    letters.tell_team(row, first)
    db.session.commit()
    sent = "copied" if gets_copy and mail.is_sent() else "here"
    return redirect(url_for("conversations.show", locale=locale, conversation_id=row.id, key=row.key, sent=sent), 303)


@blueprint.post(f"{ADDRESS}/suggestions")
def suggest(locale: str) -> Response:
    """The suggestions for what is typed so far, for the script of the form. It writes nothing."""
    request.max_content_length = LARGEST_TYPED_BYTES
    viewer = current_viewer()
    found = suggestion.suggestions(request.form.get("message", "")[: 4 * 1024], locale, viewer)
    return _private(make_response(render_template("contact/suggestions.html", suggestions=found)))


@blueprint.post(f"{ADDRESS}/suggestions/<kind>/<int:subject_id>/opened")
@limits.limit("120 per hour", scope="opened")
def open_suggestion(locale: str, kind: str, subject_id: int) -> Response:
    """Open a suggestion in a tab of its own: the form stays where it is."""
    _record("suggestion_opened", kind, subject_id, locale)
    db.session.commit()
    return redirect(subjects.subject(kind).url(subject_id, locale), 303)


@blueprint.post(f"{ADDRESS}/suggestions/<kind>/<int:subject_id>/solved")
@limits.limit("30 per hour", scope="solved")
def solve(locale: str, kind: str, subject_id: int) -> Response:
    """It solved it: a word of thanks, and nothing is sent."""
    _record("suggestion_solved", kind, subject_id, locale)
    db.session.commit()
    titles = subjects.subject(kind).titles([subject_id], locale)
    url = subjects.subject(kind).url(subject_id, locale)
    return _private(make_response(render_template("contact/solved.html", title=titles.get(subject_id, ""), url=url)))


def _record(act: str, kind: str, subject_id: int, locale: str) -> None:
    topic_id, by = suggestion.topic_of(kind, subject_id, current_viewer(), locale), actor.of_request()
    begin_write()
    suggestion.record(act, kind, subject_id, topic_id, by=by, locale=locale)


def _page(
    form: ContactForm,
    locale: str,
    items: list[carried.Item],
    found: list[suggestion.Suggestion] | None = None,
    status: int = 200,
) -> Response:
    words: dict[str, Any] = {
        "form": form,
        "files": waiting_files(form),
        "items": items,
        "suggestions": found or [],
        "is_between": bool(found),
        "usual_time": usual_time.told(),
        "token": page_token.make(None, None, None, locale, None, ("contact_opened",)),
    }
    return _private(make_response(render_template("contact/new.html", **words), status))


def _private(response: Response) -> Response:
    response.cache_control.no_store = True
    return response
