"""`make mutants`: puts one small defect after the other into the rules, and runs the tests against each.

A defect that no test finds is a survivor. It is printed, unless `explained.txt` says why it is none: most change
nothing that anybody could see. An explanation of what is found meanwhile, or no longer there, is printed as well.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.progress import track

from mutants.change import Change
from mutants.subjects import SUBJECTS, Subject
from mutants.trial import FORKS, NOT_TESTED, SURVIVED, WARM, Trial

Tried = tuple[Subject, Change]
EXPLAINED = Path(__file__).parent / "explained.txt"


def main() -> int:
    """Try them all; 1 when a survivor is unexplained, or an explanation explains nothing."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=list(SUBJECTS), help="these subjects alone")
    parser.add_argument("--file", default="", help="of these the files whose path holds this")
    parser.add_argument("--share", type=_share, default=(1, 1), help="2/4: the second quarter of all, mixed")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    FORKS.set_forkserver_preload(WARM)
    subjects = [one for name in asked.only for one in SUBJECTS[name]() if asked.file in one.name]
    waiting = [(subject, change) for subject in subjects for change in subject.changes]
    number, shares = asked.share
    waiting = waiting[number - 1 :: shares]
    if problem := _ailing(subjects):
        print(problem)
        return 1
    explained = explanations()
    found, survivors = Counter[str](), set[str]()
    for (subject, change), outcome in _outcomes(waiting, asked.at_once):
        found[outcome] += 1
        key = _key(subject, change)
        if outcome in (SURVIVED, NOT_TESTED):
            survivors.add(key)
            if key not in explained:
                print(f"{subject.name}:{change.line}: {change.words}", flush=True)
    tried = {_key(subject, change) for subject, change in waiting}
    stale = [key for key in explained if key in tried - survivors] + _gone(explained)
    for key in stale:
        print(f"explained.txt explains what needs it no longer: {key}")
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(found.items())))
    return 1 if stale or survivors - explained.keys() else 0


def _ailing(subjects: Sequence[Subject]) -> str:
    """Why nothing could be told: tests that fail, or are not there, without any defect. '' where all is well."""
    for subject in {one.stages: one for one in subjects}.values():
        if (outcome := _trial(subject, None).outcome()) != SURVIVED:
            return f"Nothing can be told of {subject.name}: without a defect its tests say “{outcome}”."
    return ""


def _share(text: str) -> tuple[int, int]:
    number, _, shares = text.partition("/")
    if not (number.isdigit() and shares.isdigit() and 1 <= int(number) <= int(shares)):
        raise argparse.ArgumentTypeError(f"{text!r} is no share; say 2/4 for the second of four")
    return int(number), int(shares)


def _outcomes(waiting: Sequence[Tried], at_once: int) -> Iterator[tuple[Tried, str]]:
    """What came of each, in order, while so many at a time are tried."""
    with ThreadPoolExecutor(at_once) as pool:
        outcomes = pool.map(lambda one: _trial(*one).outcome(), waiting)
        pairs = zip(waiting, outcomes, strict=True)
        yield from track(pairs, "Defects", total=len(waiting), disable=not sys.stdout.isatty())


def explanations() -> dict[str, str]:
    """The reason by `file: words of the change`. A reason is indented below the changes it is for."""
    found: dict[str, str] = {}
    keys: list[str] = []
    for line in EXPLAINED.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith(" "):
            found |= {key: f"{found.get(key, '')} {line.strip()}".strip() for key in keys}
            continue
        keys = [line] if keys and keys[-1] in found else [*keys, line]
    return found


def _gone(explained: Mapping[str, str]) -> list[str]:
    """Explanations of what no source says any more."""
    there = {_key(one, change) for subjects in SUBJECTS.values() for one in subjects() for change in one.changes}
    return [key for key in explained if key not in there]


def _key(subject: Subject, change: Change) -> str:
    return f"{subject.name}: {change.words}"


def _trial(subject: Subject, change: Change | None) -> Trial:
    made = change.made(subject.source) if change else subject.source
    return Trial(subject.module, subject.path, made, subject.stages, subject.seconds, subject.only_its_routes)


if __name__ == "__main__":
    sys.exit(main())
