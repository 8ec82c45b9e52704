"""The text as readers would see it, by the renderer that publishes it. Nothing is kept."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from markupsafe import Markup

from helpcenter.articles import rendering
from helpcenter.articles.studio.article_form import unix_lines
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.core import locale
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import MarkdownRefused, words


@studio.post("/studio/preview")
def preview() -> Any:
    """A page with the rendered text; the script takes the part marked data-rendered."""
    editor()
    asked = request.form.get("language") or request.args.get("in", "")
    language = LANGUAGES[asked if asked in LANGUAGES else locale.current()]
    html, refusal, status = Markup(""), "", 200
    try:
        result = rendering.rendered(unix_lines(request.form.get("body", "")), language.code)
        html = Markup(result.html)  # noqa: S704 - the renderer makes it safe
    except MarkdownRefused as refused:
        refusal, status = words.refusal(refused), 422
    return render_template(
        "studio/preview.html",
        html=html,
        refusal=refusal,
        language=language,
        heading=request.form.get("title", "").strip()[:200],
        summary=request.form.get("summary", "").strip()[:400],
    ), status
