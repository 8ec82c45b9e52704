"""What the page of results shows: what was found and where it stands, the filters, the ways on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.visibility import listed
from helpcenter.core import site, subjects
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.row_id import row_id_or_none
from helpcenter.journeys import page_token
from helpcenter.search import finding, passage
from helpcenter.search.closest import closest
from helpcenter.search.engine import Hit, Results
from helpcenter.search.query import shortened
from helpcenter.topics.tree import tree
from helpcenter.web.contents import link_to, popular

PAGE_SIZE = 10
FURTHEST_PAGE = 50
MOST_ELSEWHERE = 3


@dataclass(frozen=True)
class Asked:
    """What the address of a results page asks for. `page` counts from 1; `topic` is a root topic."""

    text: str
    locale: str
    kind: str = ""
    topic: int | None = None
    page: int = 1

    def url(self, **changes: Any) -> str:
        """The address of this search with something changed."""
        other = replace(self, **{"page": 1, **changes})
        page = other.page if other.page > 1 else None
        return url_for(
            "search.index", locale=other.locale, q=other.text, kind=other.kind or None, topic=other.topic, page=page
        )


@dataclass(frozen=True)
class Item:
    """A row of the results."""

    kind: str
    kind_name: str
    title: str
    url: str
    breadcrumb_text: str
    snippet: Markup
    solved: bool
    updated_at: datetime | None
    locale: str
    locale_name: str | None
    is_pinned: bool


@dataclass(frozen=True)
class Option:
    """A choice of a filter; `count` is None where no counts may be shown."""

    label: str
    count: int | None
    url: str
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A filter and its choices."""

    name: str
    label: str
    options: Sequence[Option]

    @property
    def is_active(self) -> bool:
        """Whether something other than "all" is chosen."""
        return any(option.selected for option in self.options[1:])


def asked(arguments: Mapping[str, str], locale: str) -> Asked:
    """The search an address asks for; whatever makes no sense in it is left out."""
    kind = arguments.get("kind", "")
    topic, page = row_id_or_none(arguments.get("topic", "")), row_id_or_none(arguments.get("page", ""))
    return Asked(
        shortened(arguments.get("q", "")),
        locale,
        kind=kind if kind in dict(subjects.kinds()) else "",
        topic=topic if topic in tree().nodes else None,
        page=min(max(1, page or 1), FURTHEST_PAGE),
    )


def page(asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """Everything the template shows. Without words: only what helped others."""
    if not asked.text:
        return {
            "query": "",
            "results": {"items": [], "popular": popular(asked.locale, viewer)},
            "filters": [],
            "doors": [],
        }
    found = _find(asked, viewer)
    items = items_of(found.hits, asked.locale)
    elsewhere = _elsewhere(asked, viewer, found) if asked.page == 1 and not found.is_degraded else []
    used = found.correction if found.correction and found.correction.is_used else None
    offered = found.correction.text if found.correction else None
    results = {
        "items": items,
        "total": found.total,
        "other_languages": elsewhere,
        "suggestion": offered,
        "suggestion_url": replace(asked, text=offered).url() if offered else None,
        "corrected_from": asked.text if used else None,
        "degraded": found.is_degraded,
        "first_url": asked.url() if asked.page > 1 else None,
        **({} if items or asked.page > 1 else _ways_on(asked, viewer)),
    }
    return {
        "query": asked.text,
        "results": results,
        "filters": _filters(asked, found, viewer),
        "paging": _paging(asked, found),
        "doors": doors(),
        "token": _token(asked, found) if asked.page == 1 else None,
    }


def items_of(hits: Sequence[Hit], locale: str) -> list[Item]:
    """Hits as rows of a page in this language. One query for each kind and language among them."""
    addresses = subjects.addresses((hit.kind, hit.id, hit.locale) for hit in hits)
    return [_item(hit, locale, addresses[hit.kind, hit.id, hit.locale]) for hit in hits]


def _item(hit: Hit, locale: str, address: str) -> Item:
    steps = tree().path(hit.topic_id) if hit.topic_id and hit.topic_id in tree().nodes else []
    return Item(
        hit.kind,
        kind_name(hit.kind),
        hit.title,
        address,
        " › ".join(node.text(locale).title for node in steps),
        passage.markup(hit.passage),
        hit.solved,
        hit.updated_at,
        hit.locale,
        LANGUAGES[hit.locale].endonym if hit.locale != locale else None,
        hit.is_pinned,
    )


def kind_name(kind: str) -> str:
    """What readers call a kind."""
    names: dict[str, str] = {"article": _("Article"), "question": _("Question")}
    return names.get(kind, kind)


def doors() -> list[dict[str, str]]:
    """The ways to a person."""
    address = site.current().support_address
    return [{"title": _("Write to support"), "url": f"mailto:{address}", "text": address}] if address else []


def _find(asked: Asked, viewer: Viewer) -> Results:
    return finding.find(
        asked.text,
        asked.locale,
        viewer,
        kinds=frozenset({asked.kind} if asked.kind else ()),
        topics=_with_sections(asked.topic, viewer),
        limit=PAGE_SIZE,
        offset=(asked.page - 1) * PAGE_SIZE,
    )


def _with_sections(topic: int | None, viewer: Viewer) -> frozenset[int]:
    if topic is None:
        return frozenset()
    return frozenset({topic, *(node.id for node in tree().sections(topic, viewer))})


def _elsewhere(asked: Asked, viewer: Viewer, own: Results) -> list[Item]:
    # Titles, while search is being repaired, may be of another language already.
    shown = {(hit.subject, hit.locale) for hit in own.hits}
    found = []
    for code in site.current().locales:
        if code != asked.locale:
            hits = finding.find(asked.text, code, viewer, limit=MOST_ELSEWHERE, correct=False).hits
            found += items_of([hit for hit in hits if (hit.subject, hit.locale) not in shown], asked.locale)
    return found


def _ways_on(asked: Asked, viewer: Viewer) -> dict[str, Any]:
    rows = listed(viewer, asked.locale)
    near = closest(asked.text, asked.locale, ((row.title, row) for row in rows))
    topic = tree().nodes.get(tree().root_of(near[0].topic_id) or 0) if near else None
    return {
        "closest": [link_to(row, asked.locale) for row in near],
        "nearest_topic": topic.text(asked.locale) if topic else None,
        "popular": popular(asked.locale, viewer, root_id=topic.id if topic else None),
    }


def _filters(asked: Asked, found: Results, viewer: Viewer) -> list[Filter]:
    facets = found.facets
    counts = facets.topics if facets else {}
    by_root: dict[int, int] = {}
    for topic_id, count in counts.items():
        root = tree().root_of(topic_id)
        if root is not None:
            by_root[root] = by_root.get(root, 0) + count
    topics = [
        Option(
            node.text(asked.locale).title,
            by_root.get(node.id) if facets else None,
            asked.url(topic=node.id),
            asked.topic == node.id,
        )
        for node in tree().roots(viewer)
        if node.id in by_root or node.id == asked.topic
    ]
    by_kind = dict(facets.kinds) if facets else {}
    if asked.kind:
        # A choice that finds nothing stays in sight, or there would be no way back from it.
        by_kind.setdefault(asked.kind, 0)
    kinds = [
        Option(kind_name(kind), count if facets else None, asked.url(kind=kind), asked.kind == kind)
        for kind, count in by_kind.items()
    ]
    filters = [("topic", _("Topic"), topics, asked.topic is None), ("kind", _("Kind"), kinds, not asked.kind)]
    return [
        Filter(
            name,
            label,
            [Option(_("All"), None, asked.url(**{name: None if name == "topic" else ""}), is_all), *options],
        )
        for name, label, options, is_all in filters
        if len(options) > 1 or not is_all
    ]


def _paging(asked: Asked, found: Results) -> dict[str, str | None]:
    if found.total is not None:
        more = asked.page * PAGE_SIZE < found.total
    else:
        # Titles alone come in full pages. Where something hidden was taken out of this page, others may follow it.
        more = len(found.hits) == PAGE_SIZE if found.is_degraded else bool(found.hits)
    return {
        "previous_url": asked.url(page=asked.page - 1) if asked.page > 1 else None,
        "next_url": asked.url(page=asked.page + 1) if more and asked.page < FURTHEST_PAGE else None,
    }


def _token(asked: Asked, found: Results) -> str:
    total = found.total if found.total is not None else len(found.hits)
    detail = {"results": total}
    return page_token.make(None, None, None, asked.locale, asked.topic, ("searched",), detail=detail, query=asked.text)
