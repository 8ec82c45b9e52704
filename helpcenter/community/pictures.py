"""Pictures in questions and answers: whoever may read the post may see them, and nobody else.

One shows what one sent oneself, and what the post shows already: the address of somebody else's picture, from a
conversation with support for instance, opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import request
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, or_, select
from werkzeug.datastructures import FileStorage

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.moderation import sanction
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Forbidden
from helpcenter.files import file as files
from helpcenter.files import upload, waiting
from helpcenter.files.file import File, FileUse
from helpcenter.files.picture import LARGEST_BYTES, PictureRefused
from helpcenter.files.picture_form import LONGEST_ALT, markdown_of
from helpcenter.files.shown import names_in
from helpcenter.files.waiting import FileWaiting

KINDS = ("question", "answer")
RATE = "60 per day"
LARGEST_POST_BYTES = 256 * 1024 + LARGEST_BYTES
"""A text and the picture that is sent with it where no script runs."""


def check(viewer: Viewer) -> None:
    """Raises Forbidden for somebody who may not post any more."""
    if sanction.is_blocked(viewer.id):
        raise Forbidden


def take(data: bytes, viewer: Viewer) -> File:
    """Keep a picture for a text that is being written. Commits, slow.

    Raises PictureRefused, TooMany, OSError, and Forbidden for somebody who may not post.
    """
    check(viewer)
    limits.spend(RATE, "picture", f"user:{viewer.id}")
    # Apart from the same picture of anybody else: whoever leaves takes theirs along.
    prepared = upload.prepare(data, apart=f"community:{viewer.id}:")
    begin_write()
    kept = upload.keep(prepared, by=viewer.id)
    waiting.wait([kept.id])
    db.session.commit()
    return kept


def take_sent(viewer: Viewer) -> tuple[str, str]:
    """The Markdown of the picture that came with a form, and what is wrong with it; each '' for none. Commits, slow."""
    sent = request.files.get("picture")
    if sent is None or not sent.filename:
        return "", ""
    alt = " ".join(request.form.get("picture_alt", "").split())[:LONGEST_ALT]
    if not viewer.is_signed_in:
        return "", str(_("Log in first: a picture has to belong to someone."))
    if not alt:
        return "", str(_("Describe what the picture shows, for people who cannot see it. Then choose it once more."))
    return _kept(sent, alt, viewer)


def show(kind: str, subject_id: int, html: str, *, by_id: int) -> None:
    """Say which pictures a post shows from now on. To be called after begin_write()."""
    used = select(FileUse.file_id).where(FileUse.kind == kind, FileUse.subject_id == subject_id)
    before = set(db.session.scalars(used))
    found = files.by_names(names_in(html)) if names_in(html) else {}
    allowed = [file for file in found.values() if file.owner_id == by_id or file.id in before]
    if not allowed and not before:
        return
    files.show([file.name for file in allowed], kind=kind, subject_id=subject_id)
    waiting.settle(file.id for file in allowed)
    waiting.wait(before - {file.id for file in allowed})


def of_person(user_id: int) -> Sequence[File]:
    """What somebody sent for their posts."""
    return db.session.scalars(select(File).where(_is_of({user_id})).order_by(File.id)).all()


def forget(user_ids: Iterable[int]) -> None:
    """Delete the pictures of these people, unless something else than a post shows them. After begin_write()."""
    file_ids = list(db.session.scalars(select(File.id).where(_is_of(user_ids))))
    for kind, subject_id, file_id in db.session.execute(
        select(FileUse.kind, FileUse.subject_id, FileUse.file_id).where(
            FileUse.file_id.in_(file_ids), FileUse.kind.in_(KINDS)
        )
    ).all():
        files.end_use(file_id, kind=kind, subject_id=subject_id)
    waiting.settle(file_ids)
    files.forget_unused(file_ids)


def _is_of(user_ids: Iterable[int]) -> ColumnElement[bool]:
    in_a_post = select(FileUse.file_id).where(FileUse.file_id == File.id, FileUse.kind.in_(KINDS)).exists()
    waits = select(FileWaiting.file_id).where(FileWaiting.file_id == File.id).exists()
    return File.owner_id.in_(list(user_ids)) & or_(in_a_post, waits)


def _kept(sent: FileStorage, alt: str, viewer: Viewer) -> tuple[str, str]:
    try:
        return markdown_of(take(sent.stream.read(LARGEST_BYTES + 1), viewer), alt), ""
    except PictureRefused as refused:
        return "", refused.message
