"""Help Scout Docs: collections, categories, articles and redirects of its Docs API.

https://developer.helpscout.com/docs-api/objects/article/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from helpcenter.articles.folder.finding import Level
from helpcenter.articles.importers.exported import Export, Piece, Shelf, Version, base_of, path_of
from helpcenter.articles.importers.json_lists import Item, Lists, merged, moment, number, read, text, words
from helpcenter.topics.audience import Audience, narrowest

PLURALS = {
    "collections": "collection",
    "categories": "category",
    "articles": "article",
    "redirects": "redirect",
}
ADDRESS = re.compile(r"/article/(\d+)")


def export_of(path: Path, language: str) -> Export:
    """What a file or folder of its JSON holds, all of it in one language. Raises FolderRefused."""
    lists = read(path, Lists(PLURALS))
    export = Export("help-scout", "Help Scout", address=ADDRESS)
    for name in lists.unknown:
        export.lose(name, "no list of articles, categories or collections is in it", Level.NOTE)
    for kind, plural in (("collection", "collections"), ("category", "categories")):
        for shelf_id, item in merged(lists.of(plural)).items():
            with export.guarded(f"{kind}:{shelf_id}"):
                export.add_shelf(_shelf(kind, shelf_id, item, language))
    articles = merged(lists.of("articles"))
    redirects = _redirects(export, lists, set(articles))
    for place, (article_id, item) in enumerate(articles.items()):
        with export.guarded(f"{article_id} {text(item, 'name')}"):
            if (piece := _piece(export, article_id, item, language, redirects, place)) is not None:
                export.add(piece)
                export.numbers[text(item, "number")] = article_id
    if export.pieces:
        export.lose(export.name, "the count of views, and which articles are related, are not kept", Level.NOTE)
    return export


def _shelf(kind: str, shelf_id: str, item: Item, language: str) -> Shelf:
    return Shelf(
        f"{kind}:{shelf_id}",
        f"collection:{text(item, 'collectionId')}" if kind == "category" else "",
        number(item, "order") or 0,
        {language: (text(item, "name"), text(item, "description"))},
        _audience(item),
        path_of(text(item, "publicUrl")),
    )


def _audience(item: Item) -> Audience:
    return Audience.TEAM if text(item, "visibility") == "private" else Audience.EVERYONE


def _redirects(export: Export, lists: Lists, known: set[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in lists.of("redirects"):
        target, path = text(item, "documentId"), path_of(text(item, "urlMapping"))
        if text(item, "type") == "article" and target in known and path:
            found.setdefault(target, []).append(path)
        else:
            export.lose(text(item, "urlMapping"), "a redirect that leads to no article of the export")
    return found


def _piece(
    export: Export,
    article_id: str,
    item: Item,
    language: str,
    redirects: Mapping[str, list[str]],
    place: int,
) -> Piece | None:
    if "text" not in item:
        message = "its text is not in the export: lists have none, so each article has to be saved as well"
        export.lose(f"{article_id} {text(item, 'name')}".strip(), message, Level.ERROR)
        return None
    categories = [f"category:{one}" for one in words(item, "categories") if f"category:{one}" in export.shelves]
    collection = f"collection:{text(item, 'collectionId')}"
    shelf_id = categories[0] if categories else collection
    address = text(item, "publicUrl")
    times = moment(item, "createdAt"), moment(item, "lastPublishedAt", "updatedAt")
    is_published = text(item, "status") == "published"
    version = Version(
        language,
        text(item, "name", "slug") or article_id,
        text(item, "text"),
        is_published,
        "",
        path_of(address),
        *times,
    )
    shelves = [export.shelves[one].audience for one in (collection, shelf_id) if one in export.shelves]
    export.base = export.base or base_of(address)
    piece = Piece(
        article_id,
        shelf_id,
        (0, place),
        (version,),
        words(item, "keywords"),
        narrowest(Audience.EVERYONE, *shelves),
        tuple(redirects.get(article_id, ())),
    )
    if len(categories) > 1:
        export.lose(piece.name, "it stands in several categories there, and in one here")
    if item.get("hasDraft") is True:
        export.lose(piece.name, "changes that were not published there")
    return piece
