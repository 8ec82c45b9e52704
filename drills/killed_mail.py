"""Processes are killed while a letter is on its way: every letter arrives, and no letter arrives as two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from sqlalchemy import create_engine, text

from drills.drill import Drill
from drills.mail import marks_by_letter, settings_for
from drills.reading_back import CATCH_UP_SECONDS, soon
from drills.running_site import free_port, until
from drills.scene import Scene
from drills.smtp_server import SmtpServer

PONDERS_SECONDS = 1.0
"""So long the server takes to say that it has a letter, when the one who waits for that is killed."""
STARTING_SECONDS = 120.0
QUEUED = "SELECT message_id, status FROM outgoing_mail"


@dataclass(frozen=True)
class Seen:
    """`outbox` is how each letter of the site stands, by its Message-ID; `came` how often each reached the server."""

    outbox: dict[str, str]
    came: Counter[str]

    @property
    def is_done(self) -> bool:
        """Whether every letter has left and arrived."""
        return set(self.outbox.values()) <= {"sent"} and self.outbox.keys() <= self.came.keys()


class KilledMail:
    """The mail server of one drill, which is there before the site is and outlives its processes."""

    def __init__(self) -> None:
        self._server = SmtpServer(port=free_port())
        self._killed_at = 0.0

    def watching(self, drill: Drill) -> Drill:
        """The same drill with this server, its fault in the moment in which a letter is handed over."""

        def fault(scene: Scene) -> float | None:
            self._wait_for_a_letter()
            self._killed_at = monotonic()
            back_after = drill.fault(scene)
            self._server.ponders = 0.0
            return back_after

        return replace(
            drill,
            fault=fault,
            environ={**drill.environ, **settings_for(self._server)},
            place=self._place,
            afterwards=self._letters_not_as_promised,
        )

    @contextmanager
    def _place(self, folder: Path) -> Iterator[Path]:
        self._server.letters.clear()
        with self._server:
            yield folder / "data"

    def _wait_for_a_letter(self) -> None:
        self._server.ponders = PONDERS_SECONDS
        before = len(self._server.letters)
        # The process for jobs has to be up for that, which is slow to come where much else is going on.
        if not until(lambda: len(self._server.letters) > before, STARTING_SECONDS):
            raise TimeoutError("no letter reaches the mail server")

    def _letters_not_as_promised(self, scene: Scene) -> list[str]:
        left = max(1.0, CATCH_UP_SECONDS - (monotonic() - self._killed_at))
        soon(lambda: self._seen(scene).is_done, left)
        written = {mark for kind in ("contact", "message") for mark in scene.writers.acknowledged[kind]}
        return not_as_promised(self._seen(scene), marks_by_letter(self._server.letters), written)

    def _seen(self, scene: Scene) -> Seen:
        engine = create_engine(scene.read_from)
        with engine.connect() as connection:
            outbox = {row.message_id: row.status for row in connection.execute(text(QUEUED))}
        engine.dispose()
        return Seen(outbox, Counter(letter.name for letter in [*self._server.letters]))


def not_as_promised(seen: Seen, marks: list[tuple[str, str]], written: set[str]) -> list[str]:
    """What became of the letters, where it is not what was promised.

    `marks` are those that each letter to the team holds, with its Message-ID. Of the one that was handed over when its
    sender was killed nobody can know whether it arrived: it comes again, as the same one.
    """
    waiting = sum(status != "sent" for status in seen.outbox.values())
    as_two = sum(count > 1 for count in Counter(mark for mark, _name in set(marks)).values())
    again = sum(seen.came.values()) - len(seen.came)
    counts = {
        "letters that wait": waiting,
        "letters that never arrived": len(seen.outbox.keys() - seen.came.keys()),
        "letters that nobody queued": len(seen.came.keys() - seen.outbox.keys()),
        "things the team was not told of": len(written - {mark for mark, _name in marks}),
        "things the team was told of under two Message-IDs": as_two,
        "letters that came again, besides the one that was on its way": max(0, again - 1),
    }
    return [f"{what}: {count}" for what, count in counts.items() if count]
