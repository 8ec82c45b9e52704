"""What the page of results shows: what was found and where it stands, the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import contact, site, subjects
from helpcenter.core.locale import LANGUAGES
from helpcenter.journeys import page_token
from helpcenter.journeys.channel import IN_PRODUCT
from helpcenter.search import finding, passage
from helpcenter.search.closest import closest
from helpcenter.search.engine import Hit, Results
from helpcenter.topics.tree import tree
from helpcenter.web.contents import links_to_hits, popular
from helpcenter.web.search_address import FURTHEST_PAGE, Asked
from helpcenter.web.search_filter import filters, kind_name

PAGE_SIZE = 10
MOST_ELSEWHERE = 3


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
        "filters": filters(asked, found.facets, viewer),
        "paging": _paging(asked, found),
        "doors": doors(asked.text),
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


def doors(query: str) -> list[dict[str, str]]:
    """The ways to people, with what was searched for."""
    words = _("What you searched for is sent along.")
    found = [{"title": _("Ask the community"), "url": url_for("questions.new", title=query), "text": words}]
    if way := contact.url(q=query):
        found.append({"title": _("Write to support"), "url": way, "text": words})
    return found


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
    near = closest(asked.text, asked.locale, viewer)
    topic = tree().nodes.get(tree().root_of(near[0].topic_id) or 0) if near else None
    return {
        "closest": links_to_hits(near, asked.locale),
        "nearest_topic": topic.text(asked.locale) if topic else None,
        "popular": popular(asked.locale, viewer, root_id=topic.id if topic else None),
    }


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
    detail: dict[str, Any] = {"results": total, **({"help": asked.help_key} if asked.help_key else {})}
    place, acts = IN_PRODUCT if asked.help_key else None, ("searched",)
    return page_token.make(
        None, None, None, asked.locale, asked.topic, acts, detail=detail, query=asked.text, channel=place
    )
