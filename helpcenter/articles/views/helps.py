"""From a place in the product to its article, or to the search where nobody has mapped the place."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.articles import help_key, visibility
from helpcenter.core.refusals import Gone, NotFound

blueprint = Blueprint("helps", __name__)


@blueprint.get("/<locale:locale>/help/<key>")
def show(locale: str, key: str) -> Response:
    """The article says on its own page that it was opened from the product; the search that somebody missed one.

    Capitals make no difference, as they make none where a key is pointed.
    """
    key = key.lower()
    if not help_key.is_key(key):
        raise NotFound
    article_id = help_key.article_of(key)
    try:
        reading = visibility.readable(article_id, locale, current_viewer()) if article_id else None
    except (Gone, NotFound):
        reading = None
    words = key.replace("-", " ").replace("_", " ")
    address = (
        f"{visibility.url(reading, locale)}?via={key}"
        if reading
        else url_for("search.index", locale=locale, q=words, help=key)
    )
    response = redirect(address, 302)
    # Tomorrow the key may lead elsewhere.
    response.cache_control.no_store = True
    return response
