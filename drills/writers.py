"""Four people who write at the same time and never stop: a vote, an answer, a contact, a message in a conversation.

Each thing carries a mark of its own. Once the site says that it is kept, the mark is noted in a file outside the site,
so that afterwards everything can be compared with what is there.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from threading import Event, Lock
from time import monotonic, sleep

from drills.asking import Answer, ask
from drills.ground import Ground

KINDS = ("vote", "answer", "contact", "message")
PAUSE_SECONDS = 0.02
"""What a writer rests after each: what is being repaired meanwhile needs a processor too."""
PATIENCE_SECONDS = 120
TYPING_SECONDS = 2.1
"""A contact form that comes back sooner was filled in by a program."""


@dataclass
class Writers:
    """`acknowledged` are the marks the site said it kept, by kind. `errors` is what was not acknowledged.

    `ways` are the addresses and ports of the site: whoever gets no answer on one goes to the next, as behind a proxy.
    Nobody waits longer than `patience_seconds` for an answer. What is there may be more than was acknowledged:
    somebody may have been cut off before they were told.
    """

    ground: Ground
    notes: Path
    ways: Sequence[tuple[str, int]]
    patience_seconds: float = 30.0
    acknowledged: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    _began_last: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _form: str = ""
    _way: int = 0

    @property
    def way(self) -> tuple[str, int]:
        """The address and port that answered last."""
        return self.ways[self._way]

    @contextmanager
    def writing(self) -> Iterator[Writers]:
        """All four write until the block ends. Before it begins and before it ends each was heard."""
        stop = Event()
        self._form = self._contact_form()
        acts: dict[str, Callable[[str], Answer]] = {
            "vote": self._vote,
            "answer": self._answer,
            "contact": self._contact,
            "message": self._message,
        }
        with self.notes.open("a") as file, ThreadPoolExecutor(len(KINDS)) as pool:

            def note(kind: str, mark: str) -> None:
                with self._lock:
                    file.write(f"{kind} {mark}\n")
                    file.flush()
                    self.acknowledged[kind].append(mark)

            people = [pool.submit(self._go_on, kind, acts[kind], stop, note) for kind in KINDS]
            try:
                self.wait_until_heard()
                yield self
                self.wait_until_heard()
            finally:
                stop.set()
        for person in people:
            person.result()

    def wait_until_heard(self, since: float | None = None) -> float:
        """Seconds until each of the four was acknowledged for something begun after `since`, by default now.

        `since` is a moment of the monotonic clock. Raises TimeoutError after a minute.
        """
        since = monotonic() if since is None else since
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until:
            if all(self._began_last.get(kind, 0.0) > since for kind in KINDS):
                return monotonic() - since
            sleep(0.02)
        silent = [kind for kind in KINDS if self._began_last.get(kind, 0.0) <= since]
        raise TimeoutError(f"not heard for {PATIENCE_SECONDS} s: {', '.join(silent)}; last: {self.errors[-3:]}")

    def _go_on(self, kind: str, act: Callable[[str], Answer], stop: Event, note: Callable[[str, str], None]) -> None:
        mark = ""
        while not stop.wait(PAUSE_SECONDS):
            # What nobody said was kept is sent again, where sending it twice makes no second one.
            mark = mark if mark and kind in ("vote", "contact") else secrets.token_hex(16)
            began = monotonic()
            try:
                answer = act(mark)
            except (OSError, HTTPException) as problem:
                self.errors.append(f"{kind}: {type(problem).__name__}")
                continue
            self.statuses[answer.status] += 1
            if answer.status in (200, 303) and "sign-in" not in answer.location:
                note(kind, mark)
                self._began_last[kind], mark = began, ""
            else:
                self.errors.append(f"{kind}: {answer.status}")

    def _ask(self, path: str, *, cookie: str = "", fields: dict[str, str] | None = None) -> Answer:
        host, port = self.way
        try:
            return ask(port, path, cookie=cookie, host=host, fields=fields, seconds=self.patience_seconds)
        except (OSError, HTTPException):
            self._way = (self.ways.index((host, port)) + 1) % len(self.ways)
            raise

    def _vote(self, mark: str) -> Answer:
        fields = {"revision_id": self.ground.revision, "answer": "yes"}
        return self._ask(self.ground.vote_path, cookie=f"hc_visitor={mark}", fields=fields)

    def _answer(self, mark: str) -> Answer:
        return self._ask(self.ground.answers_path, cookie=self.ground.cookie, fields={"text": f"Try it with {mark}."})

    def _contact(self, mark: str) -> Answer:
        fields = {"message": f"Where is {mark}?", "email": "ben@example.org", "shown": "1", "began": self._form}
        answer = self._ask("/en/contact", fields=fields)
        # A form that comes back has words of its own about why.
        return answer if answer.status != 200 else Answer(422, answer.text)

    def _message(self, mark: str) -> Answer:
        return self._ask(self.ground.messages_path, fields={"message": f"And {mark}."})

    def _contact_form(self) -> str:
        found = re.search(r'name="began"[^>]*value="([^"]+)"', self._ask("/en/contact").text)
        if not found:
            raise LookupError("the contact form has no moment at which it was made")
        sleep(TYPING_SECONDS)
        return found[1]
