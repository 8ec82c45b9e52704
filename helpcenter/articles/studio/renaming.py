"""Whether an editor wants another address for what readers know already."""

from __future__ import annotations

from helpcenter.articles.studio.article_form import ArticleForm
from helpcenter.articles.studio.opened import Opened
from helpcenter.core.text import slug_of


def wanted_slug(found: Opened, form: ArticleForm) -> str | None:
    """The slug to rename to; None where it stays, and before the first publication, when the draft decides.

    A field that was not touched changes nothing, so that what others wrote meanwhile stays theirs. An emptied one asks
    for the title that readers see.
    """
    edition, typed = found.edition, form.slug.data
    if edition is None or not found.was_published or typed is None or typed == (form.slug_opened.data or ""):
        return None
    slug = slug_of(typed or edition.title)
    return slug if slug != edition.slug else None
