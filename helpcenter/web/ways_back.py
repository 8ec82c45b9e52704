"""For an address that leads nowhere: where its page went, or the titles most like it."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.accounts.viewer import current_viewer
from helpcenter.articles.article import OldAddress
from helpcenter.articles.visibility import listed, url
from helpcenter.core import locale as locales
from helpcenter.core.db import db
from helpcenter.search.closest import closest
from helpcenter.web.contents import links_to_hits
from helpcenter.web.navigation import Link


def moved(path: str) -> str | None:
    """The article that once had this address, if this viewer may read it. An ending such as .html does not matter."""
    plain = path.rstrip("/") or "/"
    tried = {path, plain, f"{plain}/", plain.removesuffix(".html"), f"{plain}.html"}
    article_id = db.session.scalar(select(OldAddress.article_id).where(OldAddress.path.in_(tried)))
    rows = listed(current_viewer(), locales.current(), article_ids=[article_id]) if article_id else []
    return url(rows[0], locales.current()) if rows else None


def closest_pages(guess: str, locale: str) -> list[Link]:
    """The five titles most like the words of the address."""
    return links_to_hits(closest(guess, locale, current_viewer()), locale)
