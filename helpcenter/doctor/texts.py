"""Texts whose HTML, or what is known of their links, is of another release."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.health.reference import READER_VERSION
from helpcenter.articles.rendering import Rendering
from helpcenter.community.rerendering import KINDS
from helpcenter.core.db import db
from helpcenter.core.markdown import RENDERER_VERSION
from helpcenter.doctor.finding import Finding
from helpcenter.doctor.ground import Ground


def articles(_ground: Ground) -> Iterator[Finding]:
    """Published articles."""
    lost = _published(Rendering.revision_id.is_(None))
    if lost:
        yield Finding(
            "articles-unrendered",
            f"{lost} published articles have no HTML",
            "Whoever opens one sees an error page",
            command="helpcenter content render",
        )
    if old := _published(Rendering.renderer_version != RENDERER_VERSION):
        yield Finding(
            "articles-old",
            f"{old} articles show what another release made of them",
            "They may look different from what their editors see",
            "The job process renders them by itself; at once, with the reason for each that can not be:",
            "helpcenter content render",
        )
    if unread := _published(func.abs(Rendering.reader_version) != READER_VERSION):
        yield Finding(
            "articles-unread",
            f"Of {unread} articles it is not known where their links lead",
            "Broken links in them are not told",
            "The job process reads them by itself; at once:",
            "helpcenter upgrade",
        )


def posts(_ground: Ground) -> Iterator[Finding]:
    """Questions, answers and comments."""
    old = sum(
        db.session.scalar(select(func.count(kind.id)).where(kind.renderer_version != RENDERER_VERSION)) or 0
        for kind in KINDS
    )
    if old:
        yield Finding(
            "posts-old",
            f"{old} questions, answers and comments show what another release made of them",
            "They may lack what was put right since",
            "The job process renders them by itself; at once, with the reason for each that can not be:",
            "helpcenter community render",
        )


def _published(condition: ColumnElement[bool]) -> int:
    shown = select(func.count(Edition.id)).outerjoin(Rendering, Rendering.revision_id == Edition.published_revision_id)
    return db.session.scalar(shown.where(Edition.status == Status.PUBLISHED, condition)) or 0
