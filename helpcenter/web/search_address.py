"""What the address of a page of results asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from helpcenter.articles import help_key
from helpcenter.core import subjects
from helpcenter.core.row_id import row_id_or_none
from helpcenter.search.query import shortened
from helpcenter.topics.tree import tree

FURTHEST_PAGE = 50


@dataclass(frozen=True)
class Asked:
    """A search as its address says it. `page` counts from 1; `topic` is a root topic.

    `help_key` is the place in the product that led here because no article is mapped to it.
    """

    text: str
    locale: str
    kind: str = ""
    topic: int | None = None
    page: int = 1
    help_key: str = ""

    def url(self, **changes: Any) -> str:
        """The address of this search with something changed."""
        other = replace(self, **{"page": 1, **changes})
        page = other.page if other.page > 1 else None
        return url_for(
            "search.index", locale=other.locale, q=other.text, kind=other.kind or None, topic=other.topic, page=page
        )


def asked(arguments: Mapping[str, str], locale: str) -> Asked:
    """The search an address asks for; whatever makes no sense in it is left out."""
    kind = arguments.get("kind", "")
    missed = arguments.get("help", "")
    topic, page = row_id_or_none(arguments.get("topic", "")), row_id_or_none(arguments.get("page", ""))
    return Asked(
        shortened(arguments.get("q", "")),
        locale,
        kind=kind if kind in dict(subjects.kinds()) else "",
        topic=topic if topic in tree().nodes else None,
        page=min(max(1, page or 1), FURTHEST_PAGE),
        help_key=missed if help_key.is_key(missed) else "",
    )
