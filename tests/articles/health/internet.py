"""Other sites that answer as a test wants, and time that passes when it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from helpcenter.articles.health.looking import look_at_due
from helpcenter.core import clock
from helpcenter.core.outside.look import Answer, Look

NOON = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
GONE, FINE, DEAD = Look(Answer.GONE, 404), Look(Answer.FINE, 200), Look(Answer.NO_CONNECTION)


class Internet:
    """Stands for other sites: says of each address what the test told it, and remembers who was asked."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self.is_cut_off = False
        self.asked: list[str] = []
        self.agents: set[str] = set()

    def __call__(self, url: str, agent: str) -> Look:
        self.asked.append(url)
        self.agents.add(agent)
        return DEAD if self.is_cut_off else self.looks.get(url, FINE)

    def look(self) -> list[str]:
        """Do what the job does once; what was asked."""
        before = len(self.asked)
        look_at_due(self)
        return self.asked[before:]


@pytest.fixture
def internet(app: Flask) -> Iterator[Internet]:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, check_outside_links=True)
    yield Internet()
    app.config["SETTINGS"] = settings


@pytest.fixture
def travel() -> Iterator[Callable[..., None]]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield lambda **passed: traveller.move_to(clock.now() + timedelta(**passed))
