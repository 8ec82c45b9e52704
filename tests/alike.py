"""Which tests tell nothing new about a second database: another one that stays sends it every statement they send.

tests/alike.txt has their names, one a line, and .ci/run leaves them out on PostgreSQL. To make the list again, empty it,
run the tests there as .ci/run does with `-p tests.statements`, and then `python -m tests.alike`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from tests.statements import FOLDER

LIST = Path(__file__).with_suffix(".txt")
ALWAYS = re.compile(
    r"tests/(cli|upgrading|backup|drills|doctor|browser)/"
    r"|parallel|races|interrupt|killed|migration|upgrade|engine|postgres|drain|limit|lease|lock|job|rehears"
)
"""What depends on more than statements: several processes at once, locks, and what only one of the two has."""


def names() -> frozenset[str]:
    """The functions that are left out, as `tests/file.py::name`."""
    return frozenset(LIST.read_text().split())


def _read() -> dict[str, tuple[float, set[str]]]:
    found: dict[str, tuple[float, set[str]]] = {}
    for file in FOLDER.glob("*.json"):
        for name, (seconds, statements) in json.loads(file.read_text()).items():
            before, sent = found.get(name, (0.0, set()))
            found[name] = before + seconds, sent | set(statements)
    return found


def _write() -> None:
    tests = _read()
    senders = Counter(statement for _, sent in tests.values() for statement in sent)
    left_out = []
    # The slowest first, so that what stays is quick.
    for name in sorted((one for one in tests if not ALWAYS.search(one)), key=lambda one: -tests[one][0]):
        _, sent = tests[name]
        if all(senders[statement] > 1 for statement in sent):
            senders.subtract(sent)
            left_out.append(name)
    LIST.write_text("\n".join(sorted(left_out)) + "\n")


if __name__ == "__main__":
    _write()
