"""`make drills`: runs each drill on each database it applies to, and prints what was kept.

Everything happens on 127.0.0.1, in folders that are removed afterwards, and each drill ends by itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from drills.all import WITH_A_SERVER, drills
from drills.can_not_run import CanNotRun
from drills.drill import POSTGRESQL, SQLITE, Drill
from drills.own_postgres import OwnPostgres, own_postgres, programs
from drills.reading_back import Verdict

HEAD = ("drill", "database", "acknowledged", "lost", "doubled", "half-written", "errors", "back after", "search after")
KEPT, BROKEN = "kept", "broken"
NO_SERVER = "PostgreSQL is not installed"
LINE = "{:40} {:10} {:>12} {:>5} {:>8} {:>13} {:>7} {:>11} {:>13}  {}"


def main() -> int:
    """Run them; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="make drills", description=__doc__)
    parser.add_argument("--only", default="", help="run the drills whose name holds these words")
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), help="run on this one alone")
    given = parser.parse_args()
    databases = [given.database] if given.database else [SQLITE, POSTGRESQL]
    ran: Counter[str] = Counter()
    with ExitStack() as ended:
        bin = programs() if POSTGRESQL in databases else None
        postgres = ended.enter_context(own_postgres(bin)) if bin else None
        print(LINE.format(*HEAD, "").rstrip())
        for drill in drills(postgres):
            if given.only in drill.name:
                ran.update(_run(drill, database, postgres) for database in databases if database in drill.databases)
        if postgres is None and POSTGRESQL in databases:
            ran.update(_left_out(name, NO_SERVER) for name in WITH_A_SERVER if given.only in name)
    print(summary(ran))
    return 1 if ran[BROKEN] else 0


def summary(ran: Counter[str]) -> str:
    """How many were kept, broken and not run at all, and why those: what did not run says nothing about a promise."""
    reasons = {reason: count for reason, count in sorted(ran.items()) if reason not in (KEPT, BROKEN)}
    why = "".join(f"\n  {count}: {reason}" for reason, count in reasons.items())
    return f"\n{ran[KEPT]} kept, {ran[BROKEN]} broken, {sum(reasons.values())} not run{':' if why else ''}{why}"


def _run(drill: Drill, database: str, postgres: OwnPostgres | None) -> str:
    """Run it and print its line: kept, broken, or why it was not run."""
    if database == POSTGRESQL and postgres is None:
        return _left_out(drill.name, NO_SERVER)
    url = postgres.fresh() if postgres and database == POSTGRESQL else ""
    with tempfile.TemporaryDirectory(prefix="helpcenter-drills-") as folder:
        try:
            verdict = drill.run(url, Path(folder))
        except CanNotRun as reason:
            return _left_out(drill.name, str(reason), database)
        except (AssertionError, TimeoutError, RuntimeError, LookupError) as problem:
            print(LINE.format(drill.name, database, *("–",) * 7, f"BROKEN: {problem}"), flush=True)
            return BROKEN
    broken = drill.broken(verdict)
    if drill.within_seconds and (verdict.recovery_seconds or 0) > drill.within_seconds:
        broken.append(f"promised: back within {drill.within_seconds:g} s")
    said = f"BROKEN: {'; '.join(broken)}" if broken else KEPT
    print(LINE.format(drill.name, database, *_figures(verdict), said), flush=True)
    return BROKEN if broken else KEPT


def _left_out(name: str, reason: str, database: str = POSTGRESQL) -> str:
    print(LINE.format(name, database, *("–",) * 7, f"not run: {reason}"), flush=True)
    return reason


def _figures(verdict: Verdict) -> tuple[str, ...]:
    counts = (verdict.acknowledged, verdict.lost, verdict.doubled, verdict.half_written, verdict.errors)
    times = (verdict.recovery_seconds, verdict.catch_up_seconds)
    return (*map(str, counts), *("–" if time is None else f"{time:.1f} s" for time in times))


if __name__ == "__main__":
    sys.exit(main())
