"""Articles to link to, for whoever writes one."""

from __future__ import annotations

from flask import jsonify, request
from werkzeug.wrappers import Response

from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.link_choices import link_choices
from helpcenter.articles.studio.topic_choices import path_title
from helpcenter.core import locale
from helpcenter.core.locale import LANGUAGES


@studio.get("/studio/links")
def links() -> Response:
    """Those with the words of `?q=` in their title, in the language of `?in=` first, as JSON."""
    editor()
    asked = request.args.get("in", "")
    language = asked if asked in LANGUAGES else locale.current()
    found = link_choices(request.args.get("q", "").strip()[:100], language)
    here = locale.current()
    return jsonify(
        articles=[
            {"title": one.title, "address": one.address, "about": path_title(one.topic_id, here), "lang": one.locale}
            for one in found
        ]
    )
