"""The text of an article with its snippets put in: what is rendered, searched, and given to whoever copies it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.articles.folder import link_places
from helpcenter.articles.folder.record import FolderSnippet
from helpcenter.articles.references import targets_of
from helpcenter.articles.snippets.snippet import Snippet, SnippetText
from helpcenter.core import site
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import Expanded, MarkdownRefused, Passage, expand, references, snippet_names


@dataclass(frozen=True)
class Whole:
    """A text with its snippets in it. `versions` are those of the snippets, by name; none of what does not exist."""

    expanded: Expanded
    versions: Mapping[str, int]

    @property
    def text(self) -> str:
        """The text as it is rendered."""
        return self.expanded.text


def whole(body: str, locale: str) -> Whole:
    """A text in a language with its snippets put in. Raises MarkdownRefused; slow where it has any."""
    names = snippet_names(body)
    if not names:
        return Whole(Expanded(body, (), ()), {})
    passages, versions = _known(names, locale)
    return Whole(expand(body, passages), versions)


def for_copying(body: str, locale: str) -> str:
    """A text with its snippets put in and no marks around them; as it is written where that can not be done."""
    names = snippet_names(body)
    if not names:
        return body
    try:
        passages = {name: Passage(one.text) for name, one in _known(names, locale)[0].items()}
        return expand(body, passages).text
    except MarkdownRefused:
        return body


def order_of(locale: str) -> list[str]:
    """The languages in which a snippet is looked for: the text's own, that of the site, and then the others."""
    return list(dict.fromkeys((locale, *site.current().locales, *LANGUAGES)))


def passage_of(text: str, language: str, locale: str) -> Passage:
    """What a text in a language is within one in `locale`."""
    return Passage(text) if language == locale else Passage(text, language, LANGUAGES[language].direction)


def _known(names: Collection[str], locale: str) -> tuple[dict[str, Passage], dict[str, int]]:
    """What these say in a language, and their versions. Two queries at most."""
    rows = db.session.execute(
        select(Snippet.name, Snippet.version, SnippetText.locale, SnippetText.text, FolderSnippet)
        .outerjoin(SnippetText, SnippetText.snippet_id == Snippet.id)
        .outerjoin(FolderSnippet, (FolderSnippet.name == Snippet.name) & (FolderSnippet.locale == SnippetText.locale))
        .where(Snippet.name.in_(list(names)))
    ).all()
    order = {code: place for place, code in enumerate(order_of(locale))}
    best = {
        row.name: row
        for row in sorted(rows, key=lambda one: order.get(one.locale, len(order)), reverse=True)
        if row.locale in order
    }
    passages = {
        name: passage_of(_led(row.text, row.locale, row.FolderSnippet), row.locale, locale)
        for name, row in best.items()
    }
    return passages, {row.name: row.version for row in rows}


def _led(text: str, locale: str, row: FolderSnippet | None) -> str:
    """A text with links that lead from wherever it is put in: those of a folder start where its own file lies."""
    if row is None or not any(sign in text for sign in ("](", "]:", "src=", "href=", "poster=")):
        return text
    return link_places.led(text, targets_of(references(text), locale, row.source_path))
