"""Small programs in place of the processes of a site."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from config import ROOT
from helpcenter.cli import supervisor

Begin = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts a program; what is left of it ends with the test."""
    begun: list[subprocess.Popen[bytes]] = []

    def program(text: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", text, *words]
        begun.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT))
        return begun[-1]

    yield program
    for process in begun:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # What was written to it may still be in the way.
            with suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr]


@pytest.fixture
def starts(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """With which words something was started; all of it is a program that waits."""
    asked: list[tuple[str, ...]] = []

    def start(*words: str, **_more: object) -> subprocess.Popen[bytes]:
        asked.append(words)
        return begin("import time; time.sleep(60)")

    monkeypatch.setattr(supervisor, "start", start)
    return asked
