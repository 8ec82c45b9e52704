"""The files of a conversation: sent to whoever may read it, and kept for a form that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from flask import Response, request
from sqlalchemy import select

from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.files.file import File
from helpcenter.files.sending import harmless, sent
from helpcenter.support.attachment import Attachment
from helpcenter.support.conversation import Conversation
from helpcenter.support.form import FilesForm
from helpcenter.support.message import Message
from helpcenter.support.said import is_public


def waiting_files(form: FilesForm) -> Sequence[Attachment]:
    """The files of a form that is shown again; what this try brought is kept first, by a write of its own."""
    if not form.has_taken:
        return form.waiting
    begin_write()
    kept = form.keep_files(current_viewer().id)
    db.session.commit()
    return kept


def file_of(row: Conversation, attachment_id: int, *, with_notes: bool) -> Response:
    """A file of a conversation that the viewer may read. Raises NotFound for every other one."""
    wanted = select(Attachment).join(Message).where(Attachment.id == attachment_id, Message.conversation_id == row.id)
    if not with_notes:
        wanted = wanted.where(is_public())
    found = db.session.scalar(wanted)
    if found is None or found.refused:
        raise NotFound
    if found.file_id is not None:
        picture = sent(db.session.get_one(File, found.file_id), small="small" in request.args, is_public=False)
        picture.cache_control.no_store = True
        return picture
    text = Response(found.text or "", mimetype="text/plain")
    text.cache_control.no_store = True
    harmless(text, f"attachment; filename*=UTF-8''{quote(found.name, safe='')}")
    return text
