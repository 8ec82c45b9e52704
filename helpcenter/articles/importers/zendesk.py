"""Zendesk Guide: categories, sections and articles of its Help Center API, with their translations.

https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from helpcenter.articles.folder.finding import Level
from helpcenter.articles.importers.exported import Export, Piece, Shelf, Version, Votes, base_of, path_of
from helpcenter.articles.importers.json_lists import (
    Item,
    Lists,
    moment,
    number,
    objects,
    read,
    text,
    words,
)
from helpcenter.topics.audience import Audience

PLURALS = {
    "categories": "category",
    "sections": "section",
    "articles": "article",
    "translations": "translation",
    "user_segments": "user_segment",
}
ADDRESS = re.compile(r"/hc/(?:[A-Za-z-]+/)?articles/(\d+)")
NARROWING = ("organization_ids", "tags", "or_tags", "group_ids", "added_user_ids")
"""The lists of a user segment that leave out those who are in none of them."""
_LANGUAGE = re.compile(r"^/hc/([a-z]{2,3}(?:-[A-Za-z0-9]+)*)/")

Translations = Mapping[tuple[str, str], list[Item]]


def export_of(path: Path, _language: str = "") -> Export:
    """What a file or folder of its JSON holds. Raises FolderRefused."""
    lists = read(path, Lists(PLURALS))
    export = Export("zendesk", "Zendesk", address=ADDRESS)
    for name in lists.unknown:
        export.lose(name, "no list of articles, sections or categories is in it", Level.NOTE)
    translations = _translations(lists)
    _take_shelves(export, lists, translations)
    segments = {text(one, "id"): one for one in lists.of("user_segments")}
    for place, (article_id, items) in enumerate(_by_id(lists.of("articles")).items()):
        with export.guarded(f"{article_id} {text(items[0], 'title', 'name')}"):
            piece = _piece(export, article_id, items, translations, segments, place)
            if piece is not None:
                export.add(piece)
    return export


def _by_id(items: Iterable[Item]) -> dict[str, list[Item]]:
    """An article that was listed in several languages stands there several times, each time in another."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[text(item, "id")].append(item)
    return found


def _translations(lists: Lists) -> Translations:
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in lists.of("translations"):
        found[text(item, "source_type").lower(), text(item, "source_id")].append(item)
    for plural in ("categories", "sections", "articles"):
        for item in lists.of(plural):
            found[PLURALS[plural], text(item, "id")] += objects(item, "translations")
    return found


def _take_shelves(export: Export, lists: Lists, translations: Translations) -> None:
    for kind, plural in (("category", "categories"), ("section", "sections")):
        for shelf_id, items in _by_id(lists.of(plural)).items():
            with export.guarded(f"{kind}:{shelf_id}"):
                export.add_shelf(_shelf(kind, shelf_id, items, translations))


def _shelf(kind: str, shelf_id: str, items: list[Item], translations: Translations) -> Shelf:
    texts = {text(one, "locale", "source_locale"): _said(one) for one in items if text(one, "name")}
    texts |= {text(one, "locale"): _said(one) for one in translations.get((kind, shelf_id), ())}
    item = items[0]
    parent = text(item, "parent_section_id")
    above = f"section:{parent}" if parent else f"category:{text(item, 'category_id')}"
    return Shelf(
        f"{kind}:{shelf_id}",
        above if kind == "section" else "",
        number(item, "position") or 0,
        {language: said for language, said in texts.items() if said[0]},
        path=path_of(text(item, "html_url")),
        old_paths=tuple(_shelf_paths(kind, shelf_id, texts)),
    )


def _shelf_paths(kind: str, shelf_id: str, languages: Iterable[str]) -> Iterator[str]:
    """It answers there without its words and without a language as well."""
    plural = next(many for many, one in PLURALS.items() if one == kind)
    yield f"/hc/{plural}/{shelf_id}"
    for language in languages:
        yield f"/hc/{language}/{plural}/{shelf_id}"


def _said(item: Item) -> tuple[str, str]:
    return text(item, "name", "title"), text(item, "description", "body")


def _piece(
    export: Export,
    article_id: str,
    items: list[Item],
    translations: Translations,
    segments: Mapping[str, Item],
    place: int,
) -> Piece | None:
    item = items[0]
    versions = list(_versions(article_id, items, translations.get(("article", article_id), ())))
    if not article_id or not versions:
        export.lose(article_id or text(item, "title", "name"), "no id or no text", Level.ERROR)
        return None
    first = text(item, "source_locale", "locale")
    versions.sort(key=lambda version: version.language != first)
    export.base = export.base or base_of(text(item, "html_url"))
    # What is promoted stands first in its section there.
    order = (number(item, "position") or 0) - (1_000_000 if item.get("promoted") is True else 0)
    piece = Piece(
        article_id,
        f"section:{text(item, 'section_id')}",
        (order, place),
        tuple(versions),
        words(item, "label_names"),
        _audience(item, segments),
        tuple(_short_paths(article_id, versions)),
        _votes(item),
    )
    if piece.audience == Audience.TEAM and not _segments(item) <= segments.keys():
        export.lose(piece.name, "who may read it is not in the export (user_segments); only the team sees it now")
    elif piece.audience == Audience.TEAM and any(_is_for_customers(segments[one]) for one in _segments(item)):
        export.lose(piece.name, "only some customers may read it there; only the team sees it now")
    if item.get("content_tag_ids"):
        export.lose(piece.name, "its content tags", Level.NOTE)
    return piece


def _versions(article_id: str, items: Iterable[Item], translations: Iterable[Item]) -> Iterator[Version]:
    found: dict[str, dict[str, object]] = {}
    for item in (*items, *translations):
        language = text(item, "locale", "source_locale")
        found.setdefault(language, {}).update({name: value for name, value in item.items() if value is not None})
    for language, item in found.items():
        title = text(item, "title", "name")
        if not language or not title:
            continue
        path = path_of(text(item, "html_url"))
        written = _LANGUAGE.match(path)
        if written is None or written[1].lower() != language.lower():
            path = f"/hc/{language}/articles/{article_id}"
        is_published = item.get("draft") is not True and item.get("hidden") is not True
        times = moment(item, "created_at"), moment(item, "edited_at", "updated_at")
        yield Version(language, title, text(item, "body"), is_published, "", path, *times)


def _short_paths(article_id: str, versions: Iterable[Version]) -> Iterator[str]:
    """An article answers there without its words and without a language as well."""
    yield f"/hc/articles/{article_id}"
    for version in versions:
        yield f"/hc/{version.language}/articles/{article_id}"


def _segments(item: Item) -> set[str]:
    several = item.get("user_segment_ids")
    found = {str(one) for one in several} if isinstance(several, list) else set()
    one = text(item, "user_segment_id")
    return found | ({one} if one else set())


def _audience(item: Item, segments: Mapping[str, Item]) -> Audience:
    found = [_audience_of(segments.get(one, {})) for one in _segments(item)]
    # Whoever is in one of several segments may read it there.
    return min(found, key=tuple(Audience).index) if found else Audience.EVERYONE


def _audience_of(segment: Item) -> Audience:
    """Those of whom only some are meant are nobody here."""
    is_narrow = any(segment.get(name) for name in NARROWING)
    return Audience.MEMBERS if _is_for_customers(segment) and not is_narrow else Audience.TEAM


def _is_for_customers(segment: Item) -> bool:
    return text(segment, "user_type") == "signed_in_users"


def _votes(item: Item) -> Votes | None:
    count, total = number(item, "vote_count"), number(item, "vote_sum")
    if not count or total is None or abs(total) > count:
        return None
    return Votes((count + total) // 2, (count - total) // 2)
