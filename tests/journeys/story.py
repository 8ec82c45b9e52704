"""Short words for what people do, hours after Monday 10:00, so that a case reads as it stands in the definition."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from helpcenter.journeys.act import Act
from helpcenter.journeys.deflection import Episode

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
BILLING, SIGN_IN = 1, 2
_ids = count(1)


def hours(after: float) -> datetime:
    """This many hours after Monday 10:00."""
    return MONDAY + timedelta(hours=after)


def did(kind: str, at: float, subject: str | None = None, *, who: str = "reader", **more: Any) -> Act:
    """`who` is a visitor; a user where it begins with a capital letter."""
    user = who if who[0].isupper() else None
    named = {"visitor": f"{who}'s browser", "user": user, "topic": BILLING, **more}
    return Act(next(_ids), hours(at), kind, subject=subject, recorded_at=hours(at), **named)


def searched(at: float, results: int = 5, **more: Any) -> Act:
    return did("searched", at, topic=None, detail={"results": results}, **more)


def read(at: float, article: str = "article:1", **more: Any) -> Act:
    return did("read", at, article, **more)


def helpful(at: float, article: str = "article:1", **more: Any) -> Act:
    return did("voted", at, article, detail={"helpful": True}, **more)


def not_helpful(at: float, article: str = "article:1", **more: Any) -> Act:
    return did("voted", at, article, detail={"helpful": False}, **more)


def contacted(at: float, conversation: str = "conversation:1", **more: Any) -> Act:
    return did("contacted", at, conversation, **more)


def form_opened(at: float, **more: Any) -> Act:
    return did("contact_opened", at, topic=None, **more)


def suggestion(act: str, at: float, form: str = "contact", subject: str = "article:1", **more: Any) -> Act:
    return did(f"suggestion_{act}", at, subject, detail={"form": form}, **more)


def asked(at: float, question: str = "question:1", who: str = "Ben", **more: Any) -> Act:
    return did("asked", at, question, who=who, **more)


def answered(at: float, answer: str = "answer:1", question: int = 1, *, staff: bool = False, who: str = "Cleo") -> Act:
    return did("answered", at, answer, who=who, detail={"question": question, "staff": staff})


def saw(at: float, answer: str = "answer:1", question: int = 1, who: str = "Ben", **more: Any) -> Act:
    return did("answer_seen", at, answer, who=who, detail={"question": question}, **more)


def accepted(at: float, answer: str = "answer:1", question: int = 1, who: str = "Ben") -> Act:
    return did("accepted", at, answer, who=who, detail={"question": question})


def signed_in(at: float, who: str, visitor: str) -> Act:
    return did("signed_in", at, who=who, visitor=f"{visitor}'s browser", topic=None)


def shown(episode: Episode) -> tuple[str | None, ...]:
    """What a worked case says of an episode: its state, the channel, and what is credited."""
    return episode.state, episode.channel, episode.credited.subject if episode.credited else None
