"""The gate: who may fetch a file. Its random name alone opens nothing.

A file is seen by whoever sees something that shows it: a picture of a published article by the readers of that article,
so it is public with a public article, and for members or the team with theirs. What nothing shows yet (a draft's
picture) is seen by its owner and by those who may upload. Whoever owns the thing is asked, at each request. What a
private thing shows is sent by its own pages alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core import locale, subjects
from helpcenter.core.db import db
from helpcenter.core.refusals import NotFound
from helpcenter.files.file import File, FileUse

SITE = "site"
NAME = re.compile(r"[A-Za-z0-9_-]{22}\.webp")


@dataclass(frozen=True)
class Seen:
    """A file that may be sent. `is_public`: anybody may have it, so shared caches may keep it."""

    file: File
    is_public: bool


def visible_file(name: str, viewer: Viewer) -> Seen:
    """The file by its name. Raises NotFound for what does not exist or what this viewer may not see."""
    file = db.session.scalar(select(File).where(File.name == name)) if NAME.fullmatch(name) else None
    if file is None:
        raise NotFound
    shown_by = _shown_by(file.id)
    if _any_visible(shown_by, STRANGER):
        return Seen(file, is_public=True)
    if any(kind != SITE and subjects.subject(kind).is_private for kind in shown_by):
        raise NotFound
    is_own = viewer.id is not None and file.owner_id == viewer.id
    if is_own or viewer.may("upload_pictures") or (viewer.is_signed_in and _any_visible(shown_by, viewer)):
        return Seen(file, is_public=False)
    raise NotFound


def _shown_by(file_id: int) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for kind, subject_id in db.session.execute(
        select(FileUse.kind, FileUse.subject_id).where(FileUse.file_id == file_id)
    ):
        found.setdefault(kind, set()).add(subject_id)
    return found


def _any_visible(shown_by: dict[str, set[int]], viewer: Viewer) -> bool:
    if SITE in shown_by:
        return True
    code = locale.current()
    return any(subjects.subject(kind).visible(ids, viewer, code) for kind, ids in shown_by.items())
