"""Lets some readers of the demo open the contact form and send nothing: a suggestion solves it, or they leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.demo.plan import SHARES, Readable
from helpcenter.journeys import recorder, visitor
from helpcenter.journeys.actor import Actor
from helpcenter.support import suggestion

FORMS_A_DAY = 1.4
SOLVED, LOOKED = 0.42, 0.25
"""The share that a suggestion solves, and of the rest the share that at least opened one."""


def open_forms(articles: Sequence[Readable], start: datetime, now: datetime, seed: int = 13) -> None:
    """Open them all, from `start` until `now`. Commits once for each."""
    dice = Random(seed)  # nosec B311  # noqa: S311 - a demo, not a secret
    for day in range((now - start).days):
        for _form in range(round(dice.gauss(FORMS_A_DAY, 1))):
            at = start + timedelta(days=day, hours=8 + 11 * dice.random())
            locale = dice.choices([code for code, _ in SHARES], [share for _, share in SHARES])[0]
            shelf = [one for one in articles if one.locale == locale]
            if at < now - timedelta(minutes=10) and shelf:
                _open(dice, at, locale, dice.choice(shelf))


def _open(dice: Random, at: datetime, locale: str, article: Readable) -> None:
    by = Actor(visitor.new_id())
    is_solved = dice.random() < SOLVED
    acts = ["suggestion_opened"] * (is_solved or dice.random() < LOOKED) + ["suggestion_solved"] * is_solved
    begin_write()
    with clock.moved(at):
        recorder.record("contact_opened", by=by, locale=locale)
    for act in acts:
        at += timedelta(seconds=dice.uniform(30, 120))
        with clock.moved(at):
            suggestion.record(act, "article", article.article_id, article.topic_id, by=by, locale=locale)
    db.session.commit()
