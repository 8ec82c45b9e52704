"""What readers would find, once the words in the form are published. Nothing is kept."""

from __future__ import annotations

from flask import render_template, request

from helpcenter.articles.studio.article_form import ArticleForm
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.forecast import forecast
from helpcenter.articles.studio.opened import opened
from helpcenter.core import locale, site
from helpcenter.core.row_id import row_id


@studio.post("/studio/forecast")
def show_forecast() -> str:
    """A page with hints and what search would make of it; `?article=` unless it is new.

    The script takes its parts and puts them beside the text; the button opens it alone.
    """
    viewer, form = editor(), ArticleForm()
    asked = request.form.get("language", "")
    language = asked if asked in site.current().locales else locale.current()
    article_id = request.args.get("article", type=row_id)
    found = opened(article_id, language, viewer) if article_id else None
    return render_template(
        "studio/forecast.html",
        forecast=forecast(form, language, found, viewer),
        language=language,
        is_alone="alone" in request.form,
    )
