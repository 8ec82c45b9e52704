"""What is wrong within a text, or at the other end of a link to another site."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, false, not_, or_, select

from helpcenter.articles.edition import Edition
from helpcenter.articles.health import outside_address
from helpcenter.articles.health.outside_address import OutsideAddress
from helpcenter.articles.health.reference import ArticleHeading, ArticleReference, Form
from helpcenter.articles.health.scope import Scope
from helpcenter.core import site


def _references(scope: Scope, *more: Any) -> Select[Any]:
    reference = ArticleReference
    columns = reference.id.label("key"), Edition.id.label("edition_id"), reference.line, reference.href.label("what")
    return scope.in_texts(select(*columns, *more).select_from(reference), reference.revision_id)


def missing_pictures(scope: Scope) -> Select[Any]:
    """Pictures that nothing is kept of."""
    return _references(scope).where(ArticleReference.form == Form.PICTURE, ArticleReference.lost != "")


def wordless_pictures(scope: Scope) -> Select[Any]:
    """Pictures that say nothing to whoever does not see them."""
    return _references(scope).where(ArticleReference.form == Form.PICTURE, ArticleReference.words == "")


def unshown_videos(scope: Scope) -> Select[Any]:
    """Videos of hosts that the site does not allow: readers see nothing of them."""
    reference = ArticleReference
    names = (name for host in site.current().video_hosts for name in (reference.host == host, _is_below(host)))
    return _references(scope, reference.host).where(reference.form == Form.VIDEO, not_(or_(false(), *names)))


def _is_below(host: str) -> ColumnElement[bool]:
    return ArticleReference.host.endswith(f".{host}", autoescape=True)


def unanswered(scope: Scope) -> Select[Any]:
    """Links to pages of other sites where nothing was found on two days."""
    address = OutsideAddress
    columns = address.id.label("address_id"), address.url, address.answer, address.status, address.failing_since
    return (
        _references(scope, *columns)
        .join(address, address.id == ArticleReference.outside_id)
        .where(outside_address.is_broken())
    )


def skipping_headings(scope: Scope) -> Select[Any]:
    """Headings more than one level below the one above."""
    heading = ArticleHeading
    columns: tuple[Any, ...] = (
        heading.id.label("key"),
        Edition.id.label("edition_id"),
        heading.line,
        heading.text.label("what"),
        heading.level,
        heading.skipped_from,
    )
    wanted = scope.in_texts(select(*columns).select_from(heading), heading.revision_id)
    return wanted.where(heading.skipped_from.is_not(None))
