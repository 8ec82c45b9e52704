"""HTML as other help centers write it, as the Markdown that works here."""

from helpcenter.articles.importers.from_html.conversion import Converted, markdown_of, words_of
from helpcenter.articles.importers.from_html.job import markdown_in_time, words_in_time
from helpcenter.articles.importers.from_html.page import Page

__all__ = ["Converted", "Page", "markdown_in_time", "markdown_of", "words_in_time", "words_of"]
