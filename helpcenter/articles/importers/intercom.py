"""Intercom: the articles and the collections of its REST API; sections of its older versions too.

https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from helpcenter.articles.folder.finding import Level
from helpcenter.articles.importers.exported import Export, Piece, Shelf, Version, Votes, base_of, path_of
from helpcenter.articles.importers.json_lists import EARLIEST, Item, Lists, merged, moment, number, read, text

PLURALS = {"articles": "article", "collections": "collection", "sections": "section"}
ADDRESS = re.compile(r"/articles/(\d+)")


class _Data(Lists):
    """Its lists are all named data; what is in them says what it is, or shows it by what it holds."""

    def _found(self, name: str, content: Item) -> Iterator[tuple[str, list[Any]]]:
        yield from super()._found(name, content)
        data = content.get("data")
        for item in data if isinstance(data, list) else [content]:
            if isinstance(item, dict) and (plural := _plural(item)):
                yield plural, [item]


def _plural(item: Item) -> str:
    kind = item.get("type")
    if kind in ("article", "collection", "section"):
        return f"{kind}s"
    if "id" in item and "title" in item and "body" in item:
        return "articles"
    return "collections" if "id" in item and "name" in item and "order" in item else ""


def export_of(path: Path, _language: str = "") -> Export:
    """What a file or folder of its JSON holds. Raises FolderRefused."""
    lists = read(path, _Data(PLURALS))
    export = Export("intercom", "Intercom", address=ADDRESS)
    for name in lists.unknown:
        export.lose(name, "no list of articles or collections is in it", Level.NOTE)
    for kind in ("collections", "sections"):
        for shelf_id, item in merged(lists.of(kind)).items():
            with export.guarded(shelf_id):
                texts = _texts(item, ("name", "description"))
                above = text(item, "parent_id", "collection_id")
                order = number(item, "order") or 0
                export.add_shelf(Shelf(shelf_id, above, order, texts, path=path_of(text(item, "url"))))
    articles = merged(lists.of("articles"))
    # The interface lists what changed last first and knows no order within a collection.
    by_age = sorted(articles.values(), key=lambda item: (moment(item, "created_at") or EARLIEST, text(item, "id")))
    for place, item in enumerate(by_age):
        with export.guarded(f"{text(item, 'id')} {text(item, 'title')}"):
            if (piece := _piece(export, item, place)) is not None:
                export.add(piece)
    if export.pieces:
        export.lose(
            export.name, "the order within a collection is not in the export; the oldest stands first", Level.NOTE
        )
    return export


def _texts(item: Item, names: tuple[str, str]) -> Mapping[str, tuple[str, str]]:
    title, description = names
    return {language: (text(one, title), text(one, description)) for language, one in _languages(item, title)}


def _languages(item: Item, title: str) -> Iterable[tuple[str, Item]]:
    """The default language first. What is not translated is there and empty."""
    first = text(item, "default_locale") or "en"
    others = item.get("translated_content")
    found: dict[str, Item] = {first: item}
    for language, one in (others if isinstance(others, dict) else {}).items():
        if isinstance(one, dict) and text(one, title):
            found[language] = {**item, **one} if language == first else one
    return [(language, one) for language, one in found.items() if text(one, title)]


def _piece(export: Export, item: Item, place: int) -> Piece | None:
    article_id = text(item, "id")
    versions = tuple(
        Version(
            language,
            text(one, "title"),
            text(one, "body"),
            text(one, "state") == "published",
            text(one, "description"),
            path_of(text(one, "url")),
            moment(one, "created_at"),
            moment(one, "updated_at"),
        )
        for language, one in _languages(item, "title")
    )
    if not versions:
        export.lose(article_id, "no title", Level.ERROR)
        return None
    export.base = export.base or base_of(text(item, "url"))
    above = item.get("parent_ids")
    parents = [str(one) for one in above] if isinstance(above, list) else []
    shelf_id = text(item, "parent_id") or (parents[0] if parents else "")
    piece = Piece(article_id, shelf_id, (0, place), versions, votes=_votes(item))
    if len(set(parents)) > 1 and any(one in export.shelves and one != shelf_id for one in parents):
        export.lose(piece.name, "it stands in several collections there, and in one here")
    return piece


def _votes(item: Item) -> Votes | None:
    """Reactions are given as their number and three shares of it; those that are neither yes nor no stay behind."""
    statistics = item.get("statistics")
    if not isinstance(statistics, dict):
        return None
    count = number(statistics, "reactions")
    happy, sad = statistics.get("happy_reaction_percentage"), statistics.get("sad_reaction_percentage")
    if not count or not isinstance(happy, int | float) or not isinstance(sad, int | float):
        return None
    if not (0 <= happy <= 100 and 0 <= sad <= 100):
        return None
    return Votes(round(count * happy / 100), round(count * sad / 100))
