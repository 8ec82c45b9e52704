"""Run as a process of its own: types a code at a given moment, and leaves with 0 when it was let in, else with 1."""

from __future__ import annotations

import sys
from pathlib import Path

from config import Settings
from helpcenter.app import create_app
from tests.accounts.second_step.phone import PATH

SECRET = "a secret that only the tests know, long enough"


def main(data_dir: str, database_url: str, cookie: str, typed: str, start: str) -> None:
    """Wait until the other process has begun too, then send the form."""
    import time

    from helpcenter.accounts.second_step.entrance import COOKIE

    app = create_app(
        Settings(
            data_dir=Path(data_dir),
            database_url=database_url,
            secret_key=SECRET,
            base_url="http://localhost",
            limits_enabled=False,
        )
    )
    browser = app.test_client()
    browser.set_cookie(COOKIE, cookie)
    Path(start).with_suffix(f".{cookie[:8].replace('/', '_')}").touch()
    while not Path(start).exists():
        time.sleep(0.002)
    answer = browser.post(PATH, data={"code": typed})
    sys.exit(0 if answer.status_code == 303 and answer.location == "/" else 1)
