"""What stands in the form of an article and is not saved: kept on the server for whoever typed it."""

from __future__ import annotations

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.studio import working_copy
from helpcenter.articles.studio.article_form import ArticleForm, filled
from helpcenter.articles.studio.opened import Opened
from helpcenter.articles.studio.working_copy import OpenPage
from helpcenter.core.row_id import row_id_or_none


def is_typed(form: ArticleForm, found: Opened | None) -> bool:
    """Whether the form says something that is not saved; an article without a number is not saved at all."""
    return found is None or not form.says(filled(found, ()))


def keep(form: ArticleForm, found: Opened | None, language: str, viewer: Viewer, page: OpenPage | None = None) -> bool:
    """Keep every field as it stands; False for a page whose words were saved. To be called after begin_write()."""
    article_id, locale = (found.article.id, language) if found else (working_copy.NEW, "")
    fields = form.typed if found else {**form.typed, "language": language[:5]}
    base = row_id_or_none(form.latest.data or "")
    return working_copy.keep(viewer.id or 0, article_id, locale, fields, base, page or form.open_page)


def keep_refused(form: ArticleForm, found: Opened | None, language: str, viewer: Viewer) -> None:
    """Keep what somebody wanted to save and could not yet. To be called after begin_write().

    Whoever sent it meant it: it is kept also from a page that was saved once and came back.
    """
    if not keep(form, found, language, viewer):
        keep(form, found, language, viewer, OpenPage("", form.open_page.version))
