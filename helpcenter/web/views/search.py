"""The page of results, and what is offered while somebody types."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.page_store import unkept_page
from helpcenter.search.query import shortened
from helpcenter.web import search_address, search_page, typing
from helpcenter.web.contents import popular

blueprint = Blueprint("search", __name__)


@blueprint.get("/<locale:locale>/search")
@unkept_page
def index(locale: str) -> str:
    """What was found, or the ways on when nothing was."""
    asked = search_address.asked(request.args, locale)
    return render_template("search/index.html", **search_page.page(asked, current_viewer()))


@blueprint.get("/<locale:locale>/search/suggestions")
@unkept_page
def suggestions(locale: str) -> Response:
    """Rows for the search surface; below two characters only what helped others."""
    text, viewer = shortened(request.args.get("q", "")), current_viewer()
    if len(text) < typing.SHORTEST:
        helped: list[dict[str, Any]] = [{"title": link.title, "url": link.url} for link in popular(locale, viewer)]
        return jsonify(items=[], popular=helped, all_url=None)
    return jsonify(
        items=typing.suggested(text, locale, viewer),
        popular=[],
        all_url=url_for("search.index", locale=locale, q=text),
    )
