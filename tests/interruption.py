"""Ends a process in the middle of its work, as a power cut would."""

from __future__ import annotations

import os
import signal

from sqlalchemy import event
from sqlalchemy.orm import Session

from helpcenter.core.db import is_writing


def die_at(commit: int, moment: str) -> None:
    """Kill this process `before` or `after` the commit of that number, counted from 1."""
    count = 0

    def die(session: Session) -> None:
        nonlocal count
        if moment == "after" or is_writing(session):
            count += 1
            if count == commit:
                os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Session, f"{moment}_commit", die)
