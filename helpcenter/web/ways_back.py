"""For an address that leads nowhere: where its page went, or the titles most like it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from helpcenter.accounts.viewer import current_viewer
from helpcenter.articles.address import numbered
from helpcenter.articles.article import OldAddress
from helpcenter.articles.visibility import listed, url
from helpcenter.core import locale as locales
from helpcenter.core import site
from helpcenter.core.db import db
from helpcenter.search.closest import closest
from helpcenter.topics import old_address
from helpcenter.topics.subject import page_address
from helpcenter.topics.tree import tree
from helpcenter.web.contents import links_to_hits
from helpcenter.web.navigation import Link


def moved(path: str) -> str | None:
    """The article or topic that once had this address, if this viewer may read it. An ending such as .html does not
    matter, nor do the words behind a number, as other help centers write them. A language in it is kept.
    """
    plain = path.rstrip("/") or "/"
    tried = {path, plain, f"{plain}/", plain.removesuffix(".html"), f"{plain}.html", numbered(plain)}
    return _moved_article(path, tried) or _moved_topic(path, {*tried, old_address.numbered(plain)})


def _moved_article(path: str, tried: Collection[str]) -> str | None:
    article_id = db.session.scalar(select(OldAddress.article_id).where(OldAddress.path.in_(tried)))
    locale = _language_in(path) or locales.current()
    rows = listed(current_viewer(), locale, article_ids=[article_id]) if article_id else []
    return url(rows[0], locale) if rows else None


def _moved_topic(path: str, tried: Collection[str]) -> str | None:
    topic_id = old_address.topic_at(tried)
    if topic_id not in tree().visible_ids(current_viewer()):
        return None
    return page_address(topic_id, _language_in(path) or locales.current())


def _language_in(path: str) -> str:
    """The language that an old address names, as in /hc/es/articles/1 or /help/en-us/refunds; '' for none."""
    named = (part.lower().split("-", 1)[0] for part in path.split("/")[1:-1] if len(part) in (2, 5))
    return next((code for code in named if code in site.current().locales), "")


def closest_pages(guess: str, locale: str) -> list[Link]:
    """The five titles most like the words of the address."""
    return links_to_hits(closest(guess, locale, current_viewer()), locale)
