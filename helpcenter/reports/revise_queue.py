"""Articles that their readers find wanting, so surely that it is not chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.feedback.tally import HelpfulTally, Tally
from helpcenter.journeys.identity import Identities
from helpcenter.reports.readers import readers_between
from helpcenter.reports.scope import Scope
from helpcenter.topics.tree import tree

FEWEST_VOTES = 20
BELOW = 0.70
READERS_OF = timedelta(days=28)


@dataclass(frozen=True)
class Wanting:
    """An edition whose readers say no too often."""

    article_id: int
    locale: str
    title: str
    votes: Tally
    readers: int = 0


def is_wanting(votes: Tally) -> bool:
    """Whether the share of yes is below 70 % beyond doubt: the upper end of its interval is, of 20 votes or more."""
    return votes.total >= FEWEST_VOTES and votes.interval[1] < BELOW


def revise_queue(scope: Scope, who: Identities) -> list[Wanting]:
    """The published editions to revise, those with the most readers of 28 days first; two statements.

    The days of the scope make no difference: votes belong to a revision.
    """
    found = _candidates(scope)
    now = clock.now()
    readers = readers_between({one.article_id for one in found}, (now - READERS_OF, now), who)
    counted = [replace(one, readers=readers.get(one.article_id, 0)) for one in found]
    return sorted(counted, key=lambda one: (-one.readers, one.article_id, one.locale))


def _candidates(scope: Scope) -> list[Wanting]:
    statement = (
        select(Edition.article_id, Edition.locale, Edition.title, HelpfulTally.yes, HelpfulTally.no)
        .join(Article, Article.id == Edition.article_id)
        .join(HelpfulTally, HelpfulTally.revision_id == Edition.published_revision_id)
        .where(
            Edition.status == Status.PUBLISHED,
            HelpfulTally.subject_kind == "article",
            HelpfulTally.subject_id == Edition.article_id,
            HelpfulTally.yes + HelpfulTally.no >= FEWEST_VOTES,
        )
        .order_by(Edition.id)
    )
    if scope.locale:
        statement = statement.where(Edition.locale == scope.locale)
    if scope.topic_id:
        below = [node.id for node in tree().nodes.values() if node.root_id == scope.topic_id]
        statement = statement.where(Article.topic_id.in_(below))
    rows = db.session.execute(statement)
    found = [Wanting(article, locale, title, Tally(yes, no)) for article, locale, title, yes, no in rows]
    return [one for one in found if is_wanting(one.votes)]
