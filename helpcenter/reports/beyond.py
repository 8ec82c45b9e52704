"""The figures that rest on no episode: searches, forms, votes and conversations, of some days and the days before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpcenter.journeys.identity import Identities
from helpcenter.reports import contact_forms, replies, searches, votes
from helpcenter.reports.contact_forms import FormFigures
from helpcenter.reports.replies import ReplyFigures
from helpcenter.reports.scope import Scope
from helpcenter.reports.searches import SearchFigures
from helpcenter.reports.share import Share


@dataclass(frozen=True)
class Beyond:
    """`search` and `form` are None for one topic: no search and no form belongs to one."""

    search: SearchFigures | None
    form: FormFigures | None
    helpful: Share
    articles: list[tuple[int, Share]]
    replies: ReplyFigures


def beyond(scope: Scope, who: Identities) -> Beyond:
    """The figures of a scope; four statements, or two for one topic."""
    voted = votes.votes(scope, who)
    return Beyond(
        None if scope.topic_id else searches.figures(searches.searches(scope, who)),
        None if scope.topic_id else contact_forms.figures(contact_forms.forms(scope, who)),
        votes.figure(voted),
        votes.by_article(voted),
        replies.figures(replies.handled(scope)),
    )


PARTS: Mapping[str, tuple[str, ...]] = {
    "searches": searches.PARTS,
    "forms": ("", *contact_forms.Outcome),
    "votes": ("", "yes", "no"),
    "conversations": replies.PARTS,
}
"""What can be listed, and the parts of it that figures count; '' is the whole."""


def listed(kind: str, scope: Scope, who: Identities) -> Sequence[Any]:
    """Everything that the figures of a kind count. Raises KeyError for an unknown one."""
    of_kind: Mapping[str, Callable[[], Sequence[Any]]] = {
        "searches": lambda: searches.searches(scope, who),
        "forms": lambda: contact_forms.forms(scope, who),
        "votes": lambda: votes.votes(scope, who),
        "conversations": lambda: replies.handled(scope),
    }
    return of_kind[kind]()
