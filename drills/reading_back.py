"""Compares what the site said it keeps with what is there, and waits for what follows a write by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic, sleep

from sqlalchemy import Connection, create_engine, make_url, text

from drills.asking import ask
from drills.writers import KINDS, Writers

CATCH_UP_SECONDS = 60
"""Within this time search index, mail and jobs follow, whatever was killed."""
MARK = re.compile(r"[0-9a-f]{32}")
THERE = {
    "vote": "SELECT voter FROM helpful_vote",
    "answer": "SELECT text FROM answer",
    "contact": "SELECT message.text FROM message JOIN conversation ON conversation.id = message.conversation_id"
    " WHERE message.text LIKE 'Where is %'",
    "message": "SELECT text FROM message WHERE text LIKE 'And %'",
}
HALVES = {
    "a vote without its event": "SELECT count(*) FROM helpful_vote WHERE NOT EXISTS"
    " (SELECT 1 FROM event WHERE kind = 'voted' AND 'visitor:' || event.visitor_id = helpful_vote.voter)",
    "a vote that is not counted": "SELECT abs((SELECT count(*) FROM helpful_vote)"
    " - (SELECT coalesce(sum(yes), 0) FROM helpful_tally))",
    "an answer without its event": "SELECT count(*) FROM answer WHERE NOT EXISTS (SELECT 1 FROM event"
    " WHERE kind = 'answered' AND subject_kind = 'answer' AND subject_id = answer.id)",
    "an answer that its question does not count": "SELECT abs((SELECT count(*) FROM answer)"
    " - (SELECT coalesce(sum(answers), 0) FROM question))",
    "a conversation without a message": "SELECT count(*) FROM conversation WHERE NOT EXISTS"
    " (SELECT 1 FROM message WHERE message.conversation_id = conversation.id)",
    "a conversation without its event": "SELECT count(*) FROM conversation WHERE NOT EXISTS (SELECT 1 FROM event"
    " WHERE kind = 'contacted' AND subject_kind = 'conversation' AND subject_id = conversation.id)",
}
BEHIND = "SELECT count(*) FROM search_outbox"
BY_ITS_TEXT = "/en/search?q=close+books"


@dataclass(frozen=True)
class Verdict:
    """What was found. `recovery_seconds` is until all four writers were heard again, None where nothing stopped them.

    `catch_up_seconds` is until the search index held everything; None when it never did.
    """

    acknowledged: int
    lost: int
    doubled: int
    half_written: int
    errors: int
    recovery_seconds: float | None = None
    catch_up_seconds: float | None = None
    words: tuple[str, ...] = ()


def read_back(writers: Writers, database_url: str) -> Verdict:
    """Look for every acknowledged mark in the database, and wait for search. The site has to run."""
    caught_up = _caught_up(writers, database_url)
    return replace(compared(writers, database_url), catch_up_seconds=caught_up)


def compared(writers: Writers, database_url: str) -> Verdict:
    """What was acknowledged beside what the database holds."""
    words: list[str] = []
    lost = doubled = 0
    engine = create_engine(database_url)
    with engine.connect() as connection:
        for kind in KINDS:
            found = _marks(connection, THERE[kind])
            missing = [mark for mark in writers.acknowledged[kind] if mark not in found]
            twice = [mark for mark, count in found.items() if count > 1]
            if missing or twice:
                words.append(f"{kind}: {len(missing)} lost, {len(twice)} doubled")
            lost, doubled = lost + len(missing), doubled + len(twice)
        halves = {name: int(connection.execute(text(query)).scalar_one()) for name, query in HALVES.items()}
        halves |= _damage(connection) if make_url(database_url).get_backend_name() == "sqlite" else {}
    engine.dispose()
    words += [f"{name}: {count}" for name, count in halves.items() if count]
    return Verdict(
        acknowledged=sum(len(marks) for marks in writers.acknowledged.values()),
        lost=lost,
        doubled=doubled,
        half_written=sum(halves.values()),
        errors=len(writers.errors),
        words=tuple(words),
    )


def soon(holds: Callable[[], bool], seconds: float = CATCH_UP_SECONDS) -> float | None:
    """Seconds until it holds, None when it does not within `seconds`."""
    began = monotonic()
    while monotonic() - began < seconds:
        if holds():
            return monotonic() - began
        sleep(0.1)
    return None


def _caught_up(writers: Writers, database_url: str) -> float | None:
    """Seconds until nothing waits for the index any more, and it finds the article by its text.

    What waits leaves the outbox only once the index has it.
    """
    engine = create_engine(database_url)

    def is_empty() -> bool:
        with engine.connect() as connection:
            return not connection.execute(text(BEHIND)).scalar_one()

    def is_found() -> bool:
        host, port = writers.way
        return writers.ground.article_path in ask(port, BY_ITS_TEXT, host=host).text

    found = soon(lambda: is_empty() and is_found())
    engine.dispose()
    return found


def _marks(connection: Connection, query: str) -> Counter[str]:
    return Counter(mark for (words,) in connection.execute(text(query)) for mark in MARK.findall(words or ""))


def _damage(connection: Connection) -> dict[str, int]:
    """What SQLite itself finds wrong with its file."""
    whole = connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    orphans = len(connection.execute(text("PRAGMA foreign_key_check")).all())
    return {"a damaged file": int(not whole), "a row whose owner is gone": orphans}
