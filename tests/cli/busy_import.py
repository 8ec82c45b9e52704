"""An import of many articles into a site that people read and search meanwhile."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

from drills.running_site import RunningSite, start, until

READERS = 4
PAUSE_SECONDS = 0.05
"""What a reader rests after each page. Without it they would take from the import the processor it waits for."""


@dataclass
class Seen:
    """What readers met during an import: how often each status, and what was wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def write(folder: Path, numbers: range) -> None:
    """Articles of one topic, in the order of their numbers; each says a word of its own."""
    place = folder / "en" / "ledger"
    place.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        text = f"Open the {word_of(number)} before you close the books.\n\n## Steps\n\n1. Sign it.\n2. Send it.\n"
        (place / f"page-{number}.md").write_text(
            f"---\ntitle: Ledger page {number}\norder: {min(number, 999)}\n---\n{text}"
        )


def word_of(number: int) -> str:
    """A word that stands in one article only, and is far from every other."""
    syllables = ("bra", "cli", "dro", "fle", "gru", "hav", "jin", "kop", "lum", "mez")
    return "".join(syllables[int(digit)] for digit in f"{number:04d}") + "ot"


def bring_in(folder: Path, data_dir: Path, database_url: str) -> tuple[int, str]:
    """Run `helpcenter content import` to its end: exit code and what it wrote."""
    words = ("content", "import", str(folder), "--folder", "ledger")
    process = start(*words, HELPCENTER_DATA_DIR=str(data_dir), HELPCENTER_DATABASE_URL=database_url)
    out, err = process.communicate(timeout=900)
    return process.returncode, out + err


def get(site: RunningSite, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and text of an address."""
    line = HTTPConnection("127.0.0.1", site.port, timeout=60)
    try:
        line.request("GET", path, headers=headers or {})
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def read_meanwhile(site: RunningSite, paths: list[str], stop: Event) -> Seen:
    """Ask for all of these by turns, from several readers at once, until told to stop."""
    seen = Seen()

    def read(_: int) -> None:
        while not stop.is_set():
            for path in paths:
                stop.wait(PAUSE_SECONDS)
                try:
                    status, text = get(site, path)
                except (OSError, HTTPException) as problem:
                    seen.broken.append(f"{path}: {problem!r}")
                    continue
                seen.statuses[status] += 1
                if status >= 400:
                    seen.broken.append(f"{path}: {status} {text[:200]}")

    with ThreadPoolExecutor(READERS) as pool:
        list(pool.map(read, range(READERS)))
    return seen


def is_found(site: RunningSite, number: int) -> bool:
    """Whether search leads to the article by its own word."""
    with suppress(OSError, HTTPException):
        return f'page-{number}"' in get(site, f"/en/search?q={word_of(number)}")[1]
    return False


def missing(site: RunningSite, numbers: range) -> list[int]:
    """The articles that search does not find."""
    with ThreadPoolExecutor(READERS) as pool:
        found = list(pool.map(lambda number: is_found(site, number), numbers))
    return [number for number, hit in zip(numbers, found, strict=True) if not hit]


def neighbours_on(page: str) -> list[str]:
    """The articles that a page leads on to."""
    return re.findall(r'rel="next"><small>.*?</small>([^<]*)<', page)


def soon_found(site: RunningSite, number: int) -> bool:
    """Whether the index catches up with an article within the time it has for that."""
    return until(lambda: is_found(site, number))
