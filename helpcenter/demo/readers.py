"""Lets the readers of the plan act, each at their moment, through the recorder and the vote of the real product."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.rendering import Rendering
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.demo.plan import Act, Readable
from helpcenter.feedback import survey, vote
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.topics.tree import tree


def shelf() -> list[Readable]:
    """Every published edition that a reader of the demo can come across."""
    rows = db.session.execute(
        select(
            Edition.article_id,
            Edition.published_revision_id,
            Edition.locale,
            Edition.title,
            Article.topic_id,
            Rendering.reading_seconds,
            Rendering.html,
        )
        .join(Article, Article.id == Edition.article_id)
        .join(Rendering, Rendering.revision_id == Edition.published_revision_id)
        .where(Edition.status == Status.PUBLISHED)
        .order_by(Edition.id)
    )
    return [
        Readable(
            article_id, revision_id or 0, locale, title, tree().root_of(topic_id), seconds, html.count('id="step-')
        )
        for article_id, revision_id, locale, title, topic_id, seconds, html in rows
    ]


def let_act(acts: Iterable[Act], until: datetime, found: Callable[[str, str], int]) -> None:
    """Record every act before `until`, in the order of time, one commit a day. `found` counts what a query finds."""
    counts: dict[tuple[str, str], int] = {}
    in_order = sorted((act for act in acts if act.at < until), key=lambda act: act.at)
    for _day, todays in groupby(in_order, key=lambda act: act.at.date()):
        batch = list(todays)
        for act in batch:
            if act.kind == "searched" and (act.query, act.locale) not in counts:
                counts[act.query, act.locale] = found(act.query, act.locale)
        begin_write()
        for act in batch:
            with clock.moved(act.at):
                _record(act, counts)
        db.session.commit()


def _record(act: Act, counts: dict[tuple[str, str], int]) -> None:
    by = Actor(hashlib.md5(f"reader {act.visitor}".encode(), usedforsecurity=False).hexdigest())
    if act.kind == "searched":
        results = {"results": counts[act.query, act.locale]}
        recorder.record("searched", by=by, locale=act.locale, detail=results, query=act.query)
        return
    assert act.article is not None
    about = ("article", act.article.article_id)
    if act.kind == "voted":
        vote.cast_vote(
            subject=about,
            revision_id=act.article.revision_id,
            helpful=bool(act.helpful),
            by=by,
            reason=act.reason,
            comment=act.comment,
            locale=act.locale,
            topic_id=act.article.topic_id,
        )
        if act.helpful:
            survey.ask(about, act.article.revision_id, by)
        if act.would_have_written is not None:
            survey.answer(about, act.article.revision_id, by, would_have_written=act.would_have_written)
        return
    recorder.record(
        act.kind,
        by=by,
        detail={"step": act.step} if act.step else None,
        subject=about,
        revision_id=act.article.revision_id,
        locale=act.locale,
        topic_id=act.article.topic_id,
    )
