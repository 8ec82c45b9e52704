"""How the index is: what it holds, what waits, and what is wrong with it, for whoever watches over the site."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.core import clock
from helpcenter.search import outbox
from helpcenter.search.engine import Health
from helpcenter.search.engines import engine
from helpcenter.search.finding import STALE_AFTER
from helpcenter.search.freshness import Freshness, freshness


@dataclass(frozen=True)
class State:
    """`is_damaged`: it has to be built anew, which the next drain does. `problem` is a few plain words, or None."""

    health: Health
    waiting: int
    is_damaged: bool
    problem: str | None


def state() -> State:
    """The state now; reads the index and the outbox and raises neither's errors but those of the database."""
    health, waiting, count = engine().health(), outbox.waiting(), outbox.count()
    if health.damage is not None:
        return State(health, count, True, health.damage)
    if freshness(health.applied, waiting.applied, waiting.newest) is Freshness.FOREIGN:
        return State(health, count, True, "it belongs to another state of the database")
    if waiting.oldest_at is not None and clock.now() - waiting.oldest_at > STALE_AFTER:
        minutes = int((clock.now() - waiting.oldest_at).total_seconds() // 60)
        return State(
            health, count, False, f"the oldest change has waited for {minutes} minutes: does the job process run?"
        )
    return State(health, count, False, None)


def problem() -> str | None:
    """What is wrong, in words that tell nothing about the machine, or None."""
    now = state()
    return "is damaged and waits to be built anew" if now.is_damaged else "is behind" if now.problem else None
