"""A document as every engine keeps it: the terms of each field, the words people type, the pairs of its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from helpcenter.search.analysis import Analysed, analysed
from helpcenter.search.document import Document
from helpcenter.search.pairs import pairs_of_each


@dataclass(frozen=True)
class Indexed:
    """Terms are repeated as often as they stand in the text; words and pairs are there once, in order."""

    title: list[str]
    keyword: list[str]
    body: list[str]
    words: list[str]
    pairs: list[str]


def indexed(document: Document) -> Indexed:
    """What an engine keeps of a document."""
    locale = document.locale
    title, body = analysed(document.title, locale), analysed(document.body, locale)
    keywords = analysed("\n".join(document.keywords), locale)
    return Indexed(
        title=[term for token in title for term in token.terms],
        keyword=_telling(keywords),
        body=_telling(body),
        words=sorted({word for token in (*title, *keywords, *body) for word in token.words}),
        pairs=sorted(set(pairs_of_each((document.title, *document.keywords), locale))),
    )


def last_of_each(documents: Iterable[Document]) -> list[Document]:
    """The documents, of several with the same kind, id and language only the last: an index would keep both."""
    return list({(d.kind, d.id, d.locale): d for d in documents}.values())


def _telling(tokens: list[Analysed]) -> list[str]:
    return [term for token in tokens for term in token.telling_terms]
