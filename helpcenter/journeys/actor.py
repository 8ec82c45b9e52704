"""Whoever acts: a visitor, a user, or both, as one small value that is handed down and never looked up again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import g, request

from helpcenter.journeys import exclusion, visitor

_KNOWN = "helpcenter.actor"


@dataclass(frozen=True)
class Actor:
    """`excluded_reason` is one of exclusion.REASONS, or None for a customer.

    `needs_cookie`: the browser does not hold this id yet, or must hold it no longer than it runs.
    """

    visitor_id: str | None
    user_id: int | None = None
    observable: bool = True
    excluded_reason: str | None = None
    needs_cookie: bool = False

    @property
    def person(self) -> str:
        """One word for one person: the user where there is one, else the visitor. Raises ValueError for nobody."""
        if self.user_id is not None:
            return f"user:{self.user_id}"
        return self.as_visitor

    @property
    def as_visitor(self) -> str:
        """The same for the browser alone."""
        if self.visitor_id is None:
            raise ValueError("nobody acted: neither a user nor a visitor")
        return f"visitor:{self.visitor_id}"

    @property
    def names(self) -> list[str]:
        """Every word for whoever acts: the person, then the browser where that is another. Raises like `person`."""
        known = [self.person]
        return known if self.visitor_id is None or self.user_id is None else [*known, self.as_visitor]

    def signed_in_as(self, user_id: int) -> Actor:
        """The same browser, with the user who has just signed in."""
        return replace(self, user_id=user_id)


def of_request(provisional: str | None = None) -> Actor:
    """Whoever makes this request. A browser without an id gets one, which it keeps only when an act is recorded.

    `provisional`: the id to give, for a browser that may have sent another report before this one was answered.
    """
    if _KNOWN not in request.environ:
        request.environ[_KNOWN] = _read(provisional)
    browser: Actor = request.environ[_KNOWN]
    viewer = g.get("viewer")
    user_id: int | None = getattr(viewer, "id", None)
    reason = exclusion.STAFF if getattr(viewer, "reads_as_staff", False) else None
    if exclusion.is_crawler(request.headers.get("User-Agent", "")):
        reason = exclusion.CRAWLER
    return replace(browser, user_id=user_id, excluded_reason=reason)


def _read(provisional: str | None) -> Actor:
    known = visitor.id_in(request.cookies)
    observable = not visitor.asks_not_to_be_tracked(request.headers)
    # A lasting id from before the browser began to ask is sent again without its lifetime, so that it ends too.
    return Actor(
        known or provisional or visitor.new_id(), observable=observable, needs_cookie=known is None or not observable
    )
