"""How many readers say that an article helped: the last vote that a person cast on a revision in some days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpcenter.feedback.tally import SHOWN_FROM
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.identity import Identities
from helpcenter.journeys.person import Person
from helpcenter.reports.acts import acts
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share

MOST_SHOWN = 10


@dataclass(frozen=True)
class Vote:
    """One vote, under the id of its event."""

    id: int
    at: datetime
    person: Person | None
    article_id: int
    is_helpful: bool

    def is_in(self, part: str) -> bool:
        """Whether it says this: yes or no; '' is either."""
        return not part or self.is_helpful == (part == "yes")


def figure(found: Sequence[Vote], fewest: int | None = None) -> Share:
    """Yes, of yes and no."""
    yes = sum(one.is_helpful for one in found)
    return Share(yes, len(found)) if fewest is None else Share(yes, len(found), fewest)


def by_article(found: Sequence[Vote]) -> list[tuple[int, Share]]:
    """The same for each of the articles with the most votes; below five of them without a percentage."""
    most = Counter(one.article_id for one in found).most_common()
    chosen = sorted(most, key=lambda one: (-one[1], one[0]))[:MOST_SHOWN]
    return [(id_, figure([one for one in found if one.article_id == id_], SHOWN_FROM)) for id_, _count in chosen]


def votes(scope: Scope, who: Identities) -> list[Vote]:
    """The votes on articles that stand at the end of these days, of those cast in them, the oldest first.

    One statement. Who votes anew has one vote; whoever takes it back has none.
    """
    columns = (EVENT.c.subject_id, EVENT.c.revision_id, EVENT.c.detail)
    where = [EVENT.c.subject_kind == "article", *([EVENT.c.topic_id == scope.topic_id] if scope.topic_id else [])]
    last: dict[Any, Any] = {}
    for row in acts(scope, ("voted", "vote_withdrawn"), *columns, where=where):
        last[who.person(row), row.subject_id, row.revision_id] = row
    standing = [
        Vote(row.id, row.occurred_at, person, row.subject_id, row.detail.get("helpful") is True)
        for (person, _article, _revision), row in last.items()
        if row.kind == "voted"
    ]
    return sorted(standing, key=lambda one: (one.at, one.id))
