"""HTML as other help centers write it, as the Markdown that works here."""

from helpcenter.articles.importers.from_html.conversion import Converted, markdown_of, words_of
from helpcenter.articles.importers.from_html.page import Page

__all__ = ["Converted", "Page", "markdown_of", "words_of"]
