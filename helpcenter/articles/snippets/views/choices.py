"""Snippets to show, for whoever writes an article."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from helpcenter.articles.snippets.choices import snippet_choices
from helpcenter.articles.studio.blueprint import editor, keep_private
from helpcenter.core import locale
from helpcenter.core.locale import LANGUAGES

blueprint = Blueprint("snippet_choices", __name__, url_prefix="/studio/snippets/choices")
blueprint.after_request(keep_private)


@blueprint.get("")
def index() -> Response:
    """Those with the words of `?q=`, in the language of `?in=`, as JSON."""
    editor()
    asked = request.args.get("in", "")
    found = snippet_choices(request.args.get("q", "").strip()[:100], asked if asked in LANGUAGES else locale.current())
    return jsonify(snippets=[{"name": one.name, "about": one.beginning, "lang": one.locale} for one in found])
