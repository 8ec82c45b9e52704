"""A note the server signs into a page: what the page is about and what it may report.

It holds nothing about the reader and never expires, so a public page stays the same bytes for everyone and kept pages
stay good. It proves that the server made the page, not that a person sees it: limits and the human filter bound that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask import current_app, request
from itsdangerous import BadData

from helpcenter.core.signing import signer
from helpcenter.journeys import catalogue

_PURPOSE = "page-token"
LONGEST_TOKEN = 6_000


class BadToken(ValueError):
    """A token that this site did not make."""


@dataclass(frozen=True)
class PageToken:
    """What a page is about, and the kinds of events it may report. `query` is what was searched for on it."""

    acts: tuple[str, ...]
    subject: tuple[str, int] | None
    revision_id: int | None
    locale: str
    topic_id: int | None
    detail: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    channel: str | None = None
    is_preview: bool = False


def make(
    subject_kind: str | None,
    subject_id: int | None,
    revision_id: int | None,
    locale: str,
    topic_id: int | None,
    acts: Sequence[str],
    *,
    detail: Mapping[str, Any] | None = None,
    query: str = "",
    channel: str | None = None,
    is_preview: bool = False,
) -> str:
    """The token of a page; the same arguments always give the same token.

    `topic_id` is the root topic. A page of results is `make(None, None, None, locale, None, ("searched",),
    detail={"results": 12}, query="typed words")`. Raises catalogue.UnknownKind for an act that no page may report.
    """
    for act in acts:
        if not catalogue.kind(act).is_from_a_page:
            raise catalogue.UnknownKind(f"{act} is not reported by a page")
        catalogue.check(act, subject_kind, _detail_of(act, detail or {}))
    words = " ".join(query.split())[:200]
    said = [list(acts), subject_kind, subject_id, revision_id, locale, topic_id, dict(detail or {}), words, channel]
    return str(signer(_PURPOSE).dumps([*said, is_preview]))


def read(token: str) -> PageToken:
    """What a token says. Raises BadToken."""
    if not token or len(token) > LONGEST_TOKEN:
        raise BadToken("no token, or far too long")
    return _read(current_app.config["SECRET_KEY"], token)


def of_form(subject: tuple[str, int]) -> PageToken | None:
    """What the page says of itself that the form of this request came from; None unless it is one of this subject."""
    try:
        seen = read(request.form.get("token", ""))
    except BadToken:
        return None
    return seen if seen.subject == subject else None


# All who read a page report with the same token.
@lru_cache(maxsize=1024)
def _read(_secret: str, token: str) -> PageToken:
    try:
        acts, kind, number, revision, locale, topic, detail, query, channel, preview = signer(_PURPOSE).loads(token)
    except (BadData, ValueError) as problem:
        raise BadToken("not made by this site") from problem
    subject = None if kind is None else (kind, number)
    return PageToken(tuple(acts), subject, revision, locale, topic, detail, query, channel, preview)


def detail_for(act: str, token: PageToken) -> dict[str, Any]:
    """The part of a token's detail that events of this kind carry."""
    return _detail_of(act, token.detail)


def _detail_of(act: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    return {name: detail[name] for name in catalogue.kind(act).detail if name in detail}
