"""Articles whose link one may insert: those with some words in their title, or those that may answer what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core import locale as locales
from helpcenter.core import subjects
from helpcenter.support import suggestion
from helpcenter.support.replies.article_link import KIND
from helpcenter.topics.tree import tree

MOST = 10
LONGEST_WORDS = 100


@dataclass(frozen=True)
class ArticleChoice:
    """An article by its title, which may be in another language than the one asked for."""

    id: int
    title: str
    locale: str
    topic_id: int | None

    def as_choice(self, text: str) -> dict[str, Any]:
        """As a list offers it; `text` is what is inserted."""
        node = tree().nodes.get(self.topic_id or 0)
        about = node.text(locales.current()).title if node else ""
        return {"title": self.title, "lang": self.locale, "about": about, "text": text}


def by_title(words: str, locale: str, viewer: Viewer) -> list[ArticleChoice]:
    """Ten at most that the viewer may read, with all of the words in the title; without words the first ten."""
    typed = words.strip()[:LONGEST_WORDS]
    found = subjects.subject(KIND).title_matches(typed, locale, viewer, MOST)
    return [ArticleChoice(one.id, one.title, one.locale, one.topic_id) for one in found]


def of_id(article_id: int, locale: str, viewer: Viewer) -> ArticleChoice | None:
    """One article, where the viewer may read it."""
    card = subjects.subject(KIND).cards([article_id], viewer, locale).get(article_id)
    return ArticleChoice(article_id, card.title, card.locale, None) if card else None


def answering(text: str, locale: str) -> list[ArticleChoice]:
    """Those that anybody may read and that may answer this, the best first."""
    found = [one for one in suggestion.suggestions(text, locale, STRANGER) if one.kind == KIND]
    return [ArticleChoice(one.id, one.title, one.locale, None) for one in found]
