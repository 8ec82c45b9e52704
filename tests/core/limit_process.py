"""Run as a process of its own: spends as often as it is told and prints how often it was let through."""

from __future__ import annotations

import sys
from pathlib import Path

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import limits
from helpcenter.core.refusals import TooMany


def main(data_dir: str, database_url: str, times: str, rate: str) -> None:
    """Spend for one key."""
    secret = "a secret that only the tests know, long enough"
    app = create_app(Settings(data_dir=Path(data_dir), database_url=database_url, secret_key=secret))
    passed = 0
    with app.app_context():
        for _ in range(int(times)):
            try:
                limits.spend(rate, "shared", "somebody")
                passed += 1
            except TooMany:
                pass
    sys.stdout.write(str(passed))


if __name__ == "__main__":
    main(*sys.argv[1:])
