"""Three things to do this week: where the most people get no further, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from helpcenter.core import site
from helpcenter.journeys.identity import Identities
from helpcenter.reports.leakage import Leak
from helpcenter.reports.revise_queue import Wanting, revise_queue
from helpcenter.reports.scope import Scope
from helpcenter.reports.titles import Title
from helpcenter.search.unfound import unfound
from helpcenter.search.wording import Wording

MOST = 3
FEWEST_WRITERS = 2
FEWEST_SEARCHERS = 3


class Why(StrEnum):
    """What speaks for a task."""

    LEFT_FOR_SUPPORT = "left_for_support"
    NOT_FOUND = "not_found"
    NOT_HELPFUL = "not_helpful"


@dataclass(frozen=True)
class Task:
    """`words` are the title of an article, or what people searched for without an article; in `locale`."""

    why: Why
    people: int
    words: str
    locale: str
    article_id: int | None = None

    @property
    def is_one_word(self) -> bool:
        """A single word that finds nothing is more likely a word of the reader's own than a missing article."""
        return len(self.words.split()) == 1


def tasks(
    leaks: Sequence[tuple[Leak, Title]], searches: Sequence[tuple[str, Wording]], wanting: Sequence[Wanting]
) -> list[Task]:
    """The tasks that concern most people, of each kind one before any has a second."""
    kinds = [
        [
            Task(Why.LEFT_FOR_SUPPORT, leak.people.part, title.text, title.locale, leak.article_id)
            for leak, title in leaks
            if leak.people.part >= FEWEST_WRITERS
        ],
        [
            Task(Why.NOT_FOUND, one.people, one.words, locale)
            for locale, one in searches
            if one.people >= FEWEST_SEARCHERS
        ],
        [Task(Why.NOT_HELPFUL, one.votes.no, one.title, one.locale, one.article_id) for one in wanting],
    ]
    ranked = [
        (place, -task.people, task)
        for kind in kinds
        for place, task in enumerate(_once_each(sorted(kind, key=lambda task: -task.people)))
    ]
    chosen = sorted(ranked, key=lambda one: one[:2])
    return sorted(_once_each(task for _place, _people, task in chosen)[:MOST], key=lambda task: -task.people)


def this_week(scope: Scope, leaks: Sequence[Leak], titles: Mapping[int, Title], who: Identities) -> list[Task]:
    """The tasks of a report, with the leaks it tells and the titles of their articles."""
    known = [(leak, titles[leak.article_id]) for leak in leaks if leak.article_id in titles]
    return tasks(known, not_found(scope), revise_queue(scope, who))


def _once_each(found: Iterable[Task]) -> list[Task]:
    """An article stands here once, for the first reason."""
    return list({one.article_id or (one.words, one.locale): one for one in reversed(list(found))}.values())[::-1]


def not_found(scope: Scope) -> list[tuple[str, Wording]]:
    """What three people or more searched for in vain within 28 days, with its language; a statement a language.

    A topic makes no difference, as a search belongs to none.
    """
    locales = (scope.locale,) if scope.locale else site.current().locales
    return [(locale, one) for locale in locales for one in unfound(locale) if one.people >= FEWEST_SEARCHERS]
