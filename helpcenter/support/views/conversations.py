"""A conversation as its writer sees it: by the link in a mail, or signed in."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits
from helpcenter.core import locale as locales
from helpcenter.core.db import begin_write, db
from helpcenter.core.paging import page_of
from helpcenter.core.refusals import TooMany
from helpcenter.core.row_id import row_id
from helpcenter.journeys import actor
from helpcenter.support import attachment, conversation, letters, suggestion, usual_time
from helpcenter.support.conversation import Conversation
from helpcenter.support.form import LARGEST_FORM_BYTES, MessageForm
from helpcenter.support.message import Kind
from helpcenter.support.repeated import is_repeated
from helpcenter.support.said import said
from helpcenter.support.status import Ending
from helpcenter.support.version import marked, unchanged
from helpcenter.support.views.files import file_of, waiting_files
from helpcenter.support.visibility import own, readable

blueprint = Blueprint("conversations", __name__)
ADDRESS = "/<locale:locale>/conversations"
PAGE_ROWS = 30
# A conversation is one person's; behind one address there may be an office, or a whole network of telephones.
OF_ONE = "20 per 10 minutes"
OF_ADDRESS = "300 per hour"


@blueprint.get(ADDRESS)
def index(locale: str) -> str:
    """The conversations of whoever is signed in."""
    viewer = current_viewer()
    permissions.require(viewer, "change_own_preferences")
    page = page_of(own(viewer), Conversation.id, request.args.get("after", type=row_id), PAGE_ROWS)
    older = url_for("conversations.index", locale=locale, after=page.next_after) if page.next_after else None
    return render_template("conversations/index.html", rows=page.rows, older_url=older)


@blueprint.get(f"{ADDRESS}/<int:conversation_id>")
def show(locale: str, conversation_id: int) -> Response:  # noqa: ARG001 - a part of every address
    """What was said so far, and the field to go on. An open page asks again and again whether there is more."""
    row = readable(conversation_id, current_viewer(), request.args.get("key", ""))
    return unchanged(row) or marked(_page(row, MessageForm()), row)


@blueprint.post(f"{ADDRESS}/<int:conversation_id>/messages")
def create(locale: str, conversation_id: int) -> Response:
    """Say more; what was closed is open again."""
    request.max_content_length = LARGEST_FORM_BYTES
    viewer = current_viewer()
    row = readable(conversation_id, viewer, request.args.get("key", ""))
    form = MessageForm()
    form.validate()
    form.take_files()
    if form.errors:
        return _page(row, form, 422)
    try:
        limits.spend(OF_ONE, "message", str(row.id))
        limits.spend(OF_ADDRESS, "message from", limits.address())
    except TooMany:
        form.refuse(
            "message", _("You have just written to us several times. Please wait a few minutes and send it again.")
        )
        return _page(row, form, 429)
    begin_write()
    row = conversation.locked(row.id)
    files = form.keep_files(viewer.id)
    if not is_repeated(row, Kind.INCOMING, form.message.data, by=viewer.id, files=files, keys=form.attached):
        message = conversation.write(row, form.message.data, by=actor.of_request())
        attachment.belong(files, message.id, row.id)
        letters.tell_team(row, message)
    db.session.commit()
    flash(_("Your message has been sent."), "success")
    return _to(row, locale)


@blueprint.get(f"{ADDRESS}/<int:conversation_id>/files/<int:attachment_id>")
def show_file(locale: str, conversation_id: int, attachment_id: int) -> Response:  # noqa: ARG001 - as above
    """A file that came with a message."""
    row = readable(conversation_id, current_viewer(), request.args.get("key", ""))
    return file_of(row, attachment_id, with_notes=False)


@blueprint.post(f"{ADDRESS}/<int:conversation_id>/withdrawal")
def withdraw(locale: str, conversation_id: int) -> Response:
    """No longer needed: closed by whoever wrote it, and counted as that and nothing else."""
    row = readable(conversation_id, current_viewer(), request.args.get("key", ""))
    begin_write()
    row = conversation.locked(row.id)
    conversation.close(row, Ending.WITHDRAWN, by=actor.of_request())
    db.session.commit()
    flash(_("It is closed, and no one will answer it any more. Write here again if you need us after all."), "success")
    return _to(row, locale)


def _to(row: Conversation, locale: str) -> Response:
    key = request.args.get("key") or None
    return redirect(url_for("conversations.show", locale=locale, conversation_id=row.id, key=key), 303)


def _page(row: Conversation, form: MessageForm, status: int = 200) -> Response:
    found = said(row, request.args.get("before", type=row_id), with_notes=False)
    is_new, key = "sent" in request.args and status == 200, request.args.get("key") or None
    suggested = (
        suggestion.suggestions(found.messages[0].text, locales.current(), current_viewer())
        if is_new and found.messages and not row.is_closed
        else []
    )
    page = render_template(
        "conversations/show.html",
        conversation=row,
        said=found,
        part_url=lambda **more: url_for("conversations.show", conversation_id=row.id, key=key, **more),
        files=attachment.of_messages(message.id for message in found.messages),
        told=attachment.told,
        file_url=lambda one, **more: url_for(
            "conversations.show_file", conversation_id=row.id, attachment_id=one.id, key=key, **more
        ),
        names=names_of(message.author_id for message in found.messages if message.author_id),
        form=form,
        waiting_files=waiting_files(form),
        key=key,
        is_new=is_new,
        usual_time=usual_time.told() if is_new else "",
        suggestions=suggested,
    )
    response = make_response(page, status)
    response.cache_control.no_store = True
    return response
