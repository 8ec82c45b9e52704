"""The inbox: what waits for us, and a conversation with everything its writer tried before."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core import locale
from helpcenter.core.db import begin_write, db
from helpcenter.core.paging import page_of
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id
from helpcenter.journeys import actor
from helpcenter.search.unfound import unfound
from helpcenter.search.wording import Wording
from helpcenter.support import (
    attachment,
    conversation,
    held_reply,
    list_version,
    presence,
    queue_place,
    standing,
    undo,
    waiting,
)
from helpcenter.support.conversation import Conversation
from helpcenter.support.form import LARGEST_FORM_BYTES, ReplyForm
from helpcenter.support.last_words import last_words
from helpcenter.support.message import Kind
from helpcenter.support.queue_place import place_in, place_of
from helpcenter.support.repeated import is_repeated
from helpcenter.support.replies import insertion, use
from helpcenter.support.status import Ending
from helpcenter.support.version import marked, unchanged
from helpcenter.support.views import conversation_page
from helpcenter.support.views.files import file_of
from helpcenter.support.visibility import ANSWERS, answerable, counted, queue

blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")
PAGE_ROWS = 50
PAGE_WAITING = 200
MOST_GAPS = 3
QUEUES = {
    "new": _l("New"),
    "ours": _l("Waiting for us"),
    "mine": _l("Mine"),
    "theirs": _l("Waiting for them"),
    "closed": _l("Closed"),
}
CLOSED = {
    Ending.ANSWERED: _l("Closed."),
    Ending.WITHDRAWN: _l("Closed."),
    Ending.SPAM: _l("Closed as spam."),
    Ending.DUPLICATE: _l("Closed as sent twice."),
}


@blueprint.get("")
def index() -> Response:
    """One queue. An open page asks again and again whether it has changed."""
    viewer, name = _agent(), request.args.get("queue", "new")
    if name not in QUEUES:
        raise NotFound
    version = list_version.now()
    if request.if_none_match.contains_weak(version):
        return Response(status=304)
    response = make_response(_list(name, viewer))
    response.cache_control.no_store = True
    response.set_etag(version, weak=True)
    return response


def _list(name: str, viewer: Viewer) -> str:
    """What stops somebody's work first, then whose target ends first; of the closed ones the newest."""
    rows, following = _ended(viewer) if name == "closed" else _waiting(name, viewer)
    counts = counted({code: queue(code, viewer) for code in QUEUES if code != "closed"})
    words = last_words(rows)
    people = {row.assignee_id for row in rows} | {one.author_id for one in words.values() if one.is_ours}
    return render_template(
        "inbox/index.html",
        queues=[(code, title, counts.get(code)) for code, title in QUEUES.items()],
        name=name,
        title=QUEUES[name],
        rows=rows,
        words=words,
        unread=presence.unread(rows),
        gaps=_gaps(viewer) if not rows else [],
        names=names_of(one for one in people if one),
        topics=conversation_page.topics(),
        ages={row.id: waiting.age_of(row) for row in rows},
        following_url=following,
    )


def _gaps(viewer: Viewer) -> list[Wording]:
    """What people searched for in vain, for somebody with time to write who may."""
    return unfound(locale.current())[:MOST_GAPS] if viewer.may("edit_articles") else []


def _waiting(name: str, viewer: Viewer) -> tuple[list[Conversation], str | None]:
    """The first to be answered, and the address of those after them."""
    rows, after = queue(name, viewer).order_by(*queue_place.order()), request.args.get("after", type=place_in)
    found = list(db.session.scalars((rows.where(after.after()) if after else rows).limit(PAGE_WAITING + 1)))
    page = found[:PAGE_WAITING]
    return page, url_for("inbox.index", queue=name, after=str(place_of(page[-1]))) if found[PAGE_WAITING:] else None


def _ended(viewer: Viewer) -> tuple[list[Conversation], str | None]:
    page = page_of(queue("closed", viewer), Conversation.id, request.args.get("after", type=row_id), PAGE_ROWS)
    following = url_for("inbox.index", queue="closed", after=page.next_after) if page.next_after else None
    return list(page.rows), following


@blueprint.get("/<int:conversation_id>")
def show(conversation_id: int) -> Response:
    """The conversation with its notes. An open page asks again and again whether there is more."""
    viewer = _agent()
    row, form = answerable(conversation_id, viewer), ReplyForm()
    form.message.data = presence.draft_of(row.id, viewer.id)
    busy = presence.writing(row, but=viewer.id)
    more = "".join(f"-{one}" for one in busy)
    return unchanged(row, more) or marked(conversation_page.shown(row, form, busy=busy), row, more)


@blueprint.get("/<int:conversation_id>/files/<int:attachment_id>")
def show_file(conversation_id: int, attachment_id: int) -> Response:
    """A file that came with a message or a note."""
    return file_of(answerable(conversation_id, _agent()), attachment_id, with_notes=True)


@blueprint.post("/<int:conversation_id>/messages")
def create(conversation_id: int) -> Response:
    """A public reply, alone or closing, which is held for a moment; or a note among us. The button says which."""
    request.max_content_length = LARGEST_FORM_BYTES
    viewer = _agent()
    row, form = answerable(conversation_id, viewer), ReplyForm()
    form.validate()
    form.take_files()
    if form.errors:
        return conversation_page.shown(row, form, 422)
    by, act = actor.of_request(), request.form.get("act", "reply")
    inserted = insertion.of_ids(conversation_page.inserted(), row, viewer)
    begin_write()
    row = conversation.locked(row.id)
    files = form.keep_files(viewer.id)
    kind, text, closes = Kind.NOTE if act == "note" else Kind.REPLY, form.message.data, act == "reply_and_close"
    if is_repeated(row, kind, text, by=viewer.id, files=files, keys=form.attached):
        if closes:
            conversation.close(row, Ending.ANSWERED, by=by)
    elif kind is Kind.NOTE:
        note = conversation.add_note(row, text, by=by)
        attachment.belong(files, note.id, row.id)
    else:
        reply = held_reply.send(row, text, by=by, files=files, closes=closes)
        use.note(reply, {one.id: one.text for one in inserted})
    if kind is Kind.NOTE:
        flash(_("The note has been saved. Only the team sees it."), "success")
    presence.keep_draft(row, viewer.id, "")
    db.session.commit()
    return _to(row)


@blueprint.post("/<int:conversation_id>/assignment")
def assign(conversation_id: int) -> Response:
    """Take it, or give it back."""
    viewer = _agent()
    row = answerable(conversation_id, viewer)
    begin_write()
    row = conversation.locked(row.id)
    before, takes = standing.noted(row), request.form.get("to") == "me"
    conversation.assign(row, viewer.id if takes else None)
    presence.note(row, viewer.id, row.version)
    db.session.commit()
    undo.offer(_("It is yours now.") if takes else _("It is no one’s now."), row, before)
    return _to(row)


@blueprint.post("/<int:conversation_id>/closing")
def close(conversation_id: int) -> Response:
    """End it, saying how."""
    row = answerable(conversation_id, _agent())
    try:
        ending = Ending(request.form.get("ending", Ending.ANSWERED))
    except ValueError:
        raise NotFound from None
    begin_write()
    row, by = conversation.locked(row.id), actor.of_request()
    before, was_closed = standing.noted(row), row.is_closed
    conversation.close(row, ending, by=by)
    db.session.commit()
    if was_closed:
        flash(_("It was already closed."), "warning")
    else:
        undo.offer(str(CLOSED[ending]), row, before)
    return _to(row)


@blueprint.post("/<int:conversation_id>/reopening")
def reopen(conversation_id: int) -> Response:
    """Take it up again."""
    row = answerable(conversation_id, _agent())
    begin_write()
    row = conversation.locked(row.id)
    conversation.reopen(row, by=actor.of_request())
    db.session.commit()
    flash(_("It is open again."), "success")
    return _to(row)


def _agent() -> Viewer:
    viewer = current_viewer()
    permissions.require(viewer, ANSWERS)
    return viewer


def _to(row: Conversation) -> Response:
    return redirect(url_for("inbox.show", conversation_id=row.id), 303)
