"""From a place in the product to its article, or to the search where nobody has mapped the place."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.articles import help_key, visibility
from helpcenter.core import locale as locales
from helpcenter.core.refusals import Gone, NotFound

blueprint = Blueprint("helps", __name__)


@blueprint.get("/help/<key>")
def index(key: str) -> Response:
    """The same in the reader's language, for a product that does not name one."""
    return _to(url_for("helps.show", locale=locales.negotiated(), key=key))


@blueprint.get("/<locale:locale>/help/<key>")
def show(locale: str, key: str) -> Response:
    """The article says on its own page that it was opened from the product; the search that somebody missed one.

    Capitals make no difference, as they make none where a key is pointed. What replaces an article that is gone takes
    its place.
    """
    key = key.lower()
    if not help_key.is_key(key):
        raise NotFound
    address = _article(help_key.article_of(key), locale)
    words = key.replace("-", " ").replace("_", " ")
    return _to(f"{address}?via={key}" if address else url_for("search.index", locale=locale, q=words, help=key))


def _article(article_id: int | None, locale: str) -> str | None:
    """Where whoever asks reads it, or what replaces it; None where they read neither."""
    if article_id is None:
        return None
    try:
        return visibility.url(visibility.readable(article_id, locale, current_viewer()))
    except Gone as gone:
        return gone.successor
    except NotFound:
        return None


def _to(address: str) -> Response:
    response = redirect(address, 302)
    # Tomorrow the key may lead elsewhere.
    response.cache_control.no_store = True
    return response
