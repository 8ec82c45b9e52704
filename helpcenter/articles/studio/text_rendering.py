"""The slow step of every save, before the write begins: what was written becomes HTML, or comes back with a reason."""

from __future__ import annotations

from helpcenter.articles import rendering
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.studio.article_form import ArticleForm
from helpcenter.core.markdown import MarkdownRefused, words


def render_into(form: ArticleForm, language: str, source_path: str | None = None) -> RenderedArticle | None:
    """The body of the form as readers would see it; None when it was refused, which then stands beside the field."""
    try:
        return rendering.rendered(form.body.data, language, source_path)
    except MarkdownRefused as refused:
        form.refuse("body", words.refusal(refused))
        return None
