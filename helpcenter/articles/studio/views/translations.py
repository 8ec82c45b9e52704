"""What to translate next."""

from __future__ import annotations

from flask import render_template, request

from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.coverage import coverage
from helpcenter.core import site
from helpcenter.core.locale import LANGUAGES


@studio.get("/studio/translations")
def translations() -> str:
    """Each language with the part of the reading it covers; `?in=` says for which the list is."""
    editor()
    codes = site.current().locales
    asked = request.args.get("in", "")
    language = asked if asked in codes else codes[1 if len(codes) > 1 else 0]
    return render_template(
        "studio/translations.html",
        coverage=coverage(language),
        language=language,
        language_name=LANGUAGES[language].endonym,
    )
