"""`make drills`: runs each drill on each database it applies to, and prints what was kept.

Everything happens on 127.0.0.1, in folders that are removed afterwards, and each drill ends by itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from drills.all import drills
from drills.can_not_run import CanNotRun
from drills.drill import POSTGRESQL, SQLITE, Drill
from drills.own_postgres import OwnPostgres, own_postgres, programs
from drills.reading_back import Verdict

HEAD = ("drill", "database", "acknowledged", "lost", "doubled", "half-written", "errors", "back after", "search after")
LINE = "{:40} {:10} {:>12} {:>5} {:>8} {:>13} {:>7} {:>11} {:>13}  {}"


def main() -> int:
    """Run them; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="make drills", description=__doc__)
    parser.add_argument("--only", default="", help="run the drills whose name holds these words")
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL), help="run on this one alone")
    given = parser.parse_args()
    databases = [given.database] if given.database else [SQLITE, POSTGRESQL]
    failed = 0
    with ExitStack() as ended:
        postgres = None
        if POSTGRESQL in databases:
            bin = programs()
            postgres = ended.enter_context(own_postgres(bin)) if bin else None
            if postgres is None:
                databases.remove(POSTGRESQL)
                print("PostgreSQL is not installed here: its drills are left out.")
        print(LINE.format(*HEAD, "").rstrip())
        for drill in drills(postgres):
            if given.only in drill.name:
                for database in databases:
                    if database in drill.databases:
                        failed += _run(drill, database, postgres)
    return 1 if failed else 0


def _run(drill: Drill, database: str, postgres: OwnPostgres | None) -> int:
    url = postgres.fresh() if postgres and database == POSTGRESQL else ""
    with tempfile.TemporaryDirectory(prefix="helpcenter-drills-") as folder:
        try:
            verdict = drill.run(url, Path(folder))
        except CanNotRun as reason:
            print(LINE.format(drill.name, database, *("–",) * 7, f"not run: {reason}"), flush=True)
            return 0
        except (AssertionError, TimeoutError, RuntimeError, LookupError) as problem:
            print(LINE.format(drill.name, database, *("–",) * 7, f"BROKEN: {problem}"), flush=True)
            return 1
    broken = drill.broken(verdict)
    if drill.within_seconds and (verdict.recovery_seconds or 0) > drill.within_seconds:
        broken.append(f"promised: back within {drill.within_seconds:g} s")
    said = f"BROKEN: {'; '.join(broken)}" if broken else "kept"
    print(LINE.format(drill.name, database, *_figures(verdict), said), flush=True)
    return bool(broken)


def _figures(verdict: Verdict) -> tuple[str, ...]:
    counts = (verdict.acknowledged, verdict.lost, verdict.doubled, verdict.half_written, verdict.errors)
    times = (verdict.recovery_seconds, verdict.catch_up_seconds)
    return (*map(str, counts), *("–" if time is None else f"{time:.1f} s" for time in times))


if __name__ == "__main__":
    sys.exit(main())
