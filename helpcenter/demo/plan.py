"""What the readers of the demo do, decided by dice with a fixed seed: no clock, no database.

Each article has a quality that nobody told the product: better ones are found helpful more often. A few readers search
for what no article answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

VISITS_A_DAY = 20
QUIET_DAYS = (5, 6)
UNANSWERED = {
    "en": ("webhooks", "salesforce integration", "sso", "zapier"),
    "es": ("factura", "zapier"),
    "ru": ("вебхуки", "цена"),
    "ar": ("فاتورة",),
}
COMMENTS = {
    "en": ("Step 3 looked different for me.", "A picture would help here.", "I needed this for several languages."),
    "es": ("Falta un ejemplo.", "El botón ya no se llama así."),
    "ru": ("Не хватает картинки.", "Слишком длинно."),
    "ar": ("أحتاج إلى مثال.",),
}
REASONS = ("confusing", "did_not_work", "too_long", "out_of_date", "something_else")
ANSWER_THE_SURVEY, WOULD_HAVE_WRITTEN = 0.5, 0.3
SHARES = (("en", 62), ("es", 16), ("ru", 12), ("ar", 10))


@dataclass(frozen=True)
class Readable:
    """An article a reader can come across, in one language."""

    article_id: int
    revision_id: int
    locale: str
    title: str
    topic_id: int | None
    reading_seconds: int
    steps: int


@dataclass(frozen=True)
class Act:
    """One thing a reader does. `article` is None for a search; `helpful` belongs to a vote, `step` to being stuck.

    `would_have_written` is the answer to the question after a yes; None for no answer.
    """

    at: datetime
    visitor: int
    kind: str
    locale: str
    article: Readable | None = None
    query: str = ""
    helpful: bool | None = None
    reason: str = ""
    comment: str = ""
    step: int = 0
    would_have_written: bool | None = None


def acts(articles: Sequence[Readable], start: datetime, days: int, seed: int = 7) -> Iterator[Act]:
    """What everybody does from `start` on, day by day; within a day in no particular order of persons."""
    dice = Random(seed)  # nosec B311  # noqa: S311 - a demo, not a secret
    by_locale = {code: [one for one in articles if one.locale == code] for code, _ in SHARES}
    appeal = {one.article_id: dice.paretovariate(1.4) for one in articles}
    quality = {one.article_id: dice.betavariate(6, 2) for one in articles}
    for day in range(days):
        date = start + timedelta(days=day)
        growth = 0.6 + 0.8 * day / max(days, 1)
        visits = VISITS_A_DAY * growth * (0.35 if date.weekday() in QUIET_DAYS else 1)
        for _ in range(max(1, round(dice.gauss(visits, 2)))):
            yield from _visit(dice, date, by_locale, appeal, quality)


def _visit(
    dice: Random,
    date: datetime,
    by_locale: dict[str, list[Readable]],
    appeal: dict[int, float],
    quality: dict[int, float],
) -> Iterator[Act]:
    locale = dice.choices([code for code, _ in SHARES], [share for _, share in SHARES])[0]
    shelf = by_locale[locale] or by_locale["en"]
    visitor = dice.randrange(700)
    at = date + timedelta(minutes=dice.gauss(14 * 60, 150) % (24 * 60))
    if not shelf or dice.random() < 0.07:
        wanted = UNANSWERED[locale]
        query = dice.choices(wanted, range(len(wanted), 0, -1))[0]
        yield Act(at, visitor, "searched", locale, query=query)
        if dice.random() < 0.4:
            at += timedelta(seconds=dice.randint(12, 100))
            yield Act(at, visitor, "searched", locale, query=dice.choice(wanted))
        return
    for _ in range(dice.choices((1, 2, 3), (70, 22, 8))[0]):
        article = dice.choices(shelf, [appeal[one.article_id] for one in shelf])[0]
        if dice.random() < 0.55:
            yield Act(at, visitor, "searched", locale, article, query=_typed(dice, article.title))
            at += timedelta(seconds=dice.randint(4, 25))
        yield Act(at, visitor, "viewed", locale, article)
        if dice.random() < 0.68:
            at += timedelta(seconds=article.reading_seconds * dice.uniform(0.4, 1.1) + 10)
            yield Act(at, visitor, "read", locale, article)
            if article.steps and dice.random() < 0.05:
                yield Act(
                    at, visitor, "step_stuck", locale, article, step=min(article.steps, dice.choice((1, 2, 3, 3, 4, 5)))
                )
            if dice.random() < 0.3:
                at += timedelta(seconds=dice.randint(2, 20))
                yield _vote(dice, at, visitor, locale, article, quality[article.article_id])
        at += timedelta(seconds=dice.randint(10, 90))


def _typed(dice: Random, title: str) -> str:
    words = [word for word in title.lower().split() if len(word) > 2] or [title.lower()]
    chosen = sorted(dice.sample(range(len(words)), min(len(words), dice.choice((1, 2, 2, 3)))))
    return " ".join(words[i] for i in chosen)


def _vote(dice: Random, at: datetime, visitor: int, locale: str, article: Readable, quality: float) -> Act:
    if dice.random() < quality:
        would = dice.random() < WOULD_HAVE_WRITTEN if dice.random() < ANSWER_THE_SURVEY else None
        return Act(at, visitor, "voted", locale, article, helpful=True, would_have_written=would)
    comment = dice.choice(COMMENTS[locale]) if dice.random() < 0.4 else ""
    reason = dice.choice(REASONS) if dice.random() < 0.8 else ""
    return Act(at, visitor, "voted", locale, article, helpful=False, reason=reason, comment=comment)
