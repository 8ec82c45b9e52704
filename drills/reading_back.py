"""Compares what the site said it keeps with what is there, and waits for what follows a write by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic, sleep

from sqlalchemy import Connection, create_engine, make_url, text

from drills.asking import ask
from drills.ground import TEAM
from drills.writers import KINDS, Writers

CATCH_UP_SECONDS = 60
"""Within this time search index, mail and jobs follow, whatever was killed."""
MARK = re.compile(r"[0-9a-f]{32}")
CONTACTED = "message.text LIKE 'Where is %'"
WRITTEN = f"({CONTACTED} OR message.text LIKE 'And %')"
OF_IT = "message.conversation_id = conversation.id"
THERE = {
    "vote": "SELECT voter FROM helpful_vote",
    "answer": "SELECT text FROM answer",
    "contact": f"SELECT message.text FROM message JOIN conversation ON {OF_IT} WHERE {CONTACTED}",
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
    "an event of a conversation that is not there": "SELECT count(*) FROM event WHERE kind = 'contacted' AND NOT EXISTS"
    " (SELECT 1 FROM conversation WHERE conversation.id = event.subject_id)",
    # Nobody of the team answers in a drill: whoever wrote waits since their first message, and nothing else moved it.
    "a message that the version does not count": "SELECT count(*) FROM conversation WHERE version <>"
    f" (SELECT count(*) FROM message WHERE {OF_IT})",
    "a last message that an open page is not told of": "SELECT count(*) FROM conversation"
    " WHERE asked_version <> version",
    "a message that nobody waits for an answer to": "SELECT count(*) FROM conversation WHERE waits_since IS NULL"
    f" OR waits_since <> (SELECT min(sent_at) FROM message WHERE {OF_IT})",
    "a conversation older than its last message": "SELECT count(*) FROM conversation WHERE changed_at <"
    f" (SELECT max(sent_at) FROM message WHERE {OF_IT})",
    "a message without its letter to the team": f"SELECT count(*) FROM message WHERE {WRITTEN} AND NOT EXISTS"
    " (SELECT 1 FROM outgoing_mail WHERE dedupe_key = 'support_waiting:' || message.id || ':' || :team)",
    "a contact without its copy": f"SELECT count(*) FROM message WHERE {CONTACTED} AND NOT EXISTS"
    " (SELECT 1 FROM outgoing_mail WHERE dedupe_key = 'support_copy:' || message.id)",
    "a letter about a message that is not there": "SELECT count(*) FROM outgoing_mail WHERE kind = 'support_waiting'"
    " AND NOT EXISTS (SELECT 1 FROM message WHERE 'support_waiting:' || message.id || ':' || :team = dedupe_key)",
}
BEHIND = "SELECT count(*) FROM search_outbox"
BY_ITS_TITLE, BY_ITS_TEXT = "/en/search?q=ledger", "/en/search?q=close+books"
"""Searches that find the article of the ground; the second one only where there is an index."""


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
        halves = {name: _count(connection, query) for name, query in HALVES.items()}
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


def _count(connection: Connection, query: str) -> int:
    asked = text(query)
    return int(connection.execute(asked, {"team": TEAM} if ":team" in query else {}).scalar_one())


def _damage(connection: Connection) -> dict[str, int]:
    """What SQLite itself finds wrong with its file."""
    whole = connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    orphans = len(connection.execute(text("PRAGMA foreign_key_check")).all())
    return {"a damaged file": int(not whole), "a row whose owner is gone": orphans}
