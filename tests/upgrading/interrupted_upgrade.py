"""An upgrade in a process of its own, which may be killed in the middle."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from sqlalchemy import event

from config import Settings
from helpcenter import upgrading
from helpcenter.app import create_app
from helpcenter.core.db import db


def main(data_dir: str, database_url: str, moment: str = "", number: int = 0, said: str = "/dev/null") -> None:
    """Upgrade, and die at the `number`th time of a moment: a "statement", a "commit", or a step of the "backup".

    What is told goes into the file `said`.
    """
    settings = Settings(data_dir=Path(data_dir), database_url=database_url, secret_key="x" * 40, log_level="ERROR")
    app = create_app(settings)
    with app.app_context(), Path(said).open("a") as told:
        count = 0

        def pass_by(*_: object) -> None:
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)

        def say(words: str) -> None:
            print(words, file=told, flush=True)
            if moment == "statement" and words.startswith("A backup"):
                event.listen(db.engine, "before_cursor_execute", pass_by)
            if moment == "commit" and words.startswith("A backup"):
                event.listen(db.engine, "commit", pass_by)

        upgrading.upgrade_tables(app, say, progress=pass_by if moment == "backup" else lambda *_: None)
        upgrading.renew_texts(lambda *_: None)
