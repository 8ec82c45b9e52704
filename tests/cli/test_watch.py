"""A folder that is watched while it can not be taken in."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from helpcenter.articles.folder import sync
from helpcenter.articles.folder.lock import Busy
from helpcenter.articles.folder.reading import FolderRefused
from helpcenter.articles.folder.watching import Watch
from helpcenter.cli import commands
from tests.articles.folder.conftest import article, shown

LOOKS = 8


@pytest.fixture
def old_signals() -> Iterator[None]:
    """Whoever ends the process of the tests ends it afterwards as before."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "docs" / "en" / "billing" / "refunds.md"
    path.parent.mkdir(parents=True)
    path.write_text(article("Refunds", "From the file."))
    return tmp_path / "docs"


def watched(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    """What the command says that is ended after some looks."""
    look, looks = Watch.has_changed, []

    def counted(watch: Watch) -> bool:
        looks.append(watch)
        if len(looks) == LOOKS:
            os.kill(os.getpid(), signal.SIGTERM)
        return look(watch)

    monkeypatch.setattr(Watch, "has_changed", counted)
    return CliRunner().invoke(commands, ["content", "watch", str(folder), "--every", "0.1", *words], obj=app)


def refusing(monkeypatch: pytest.MonkeyPatch, problem: Exception, times: int) -> None:
    """Let the first imports fail."""
    take_in, tried = sync.import_folder, []

    def failing(*given: Any, **more: Any) -> Any:
        tried.append(given)
        if len(tried) <= times:
            raise problem
        return take_in(*given, **more)

    monkeypatch.setattr(sync, "import_folder", failing)


@pytest.mark.parametrize("words", [[], ["--both"]])
def test_what_was_saved_while_another_import_was_at_work_is_taken_in_afterwards(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch, old_signals: None, words: list[str]
) -> None:
    refusing(monkeypatch, Busy("another import or export is at work"), times=2)
    told = watched(app, folder, monkeypatch, *words)
    assert told.exit_code == 0, told.output
    assert told.stderr.count("another import or export is at work") == 2
    assert "1 imported." in told.stdout and told.stdout.endswith("Not watching any more.\n")
    assert "From the file." in shown("Refunds")


def test_a_folder_that_is_refused_is_told_once(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch, old_signals: None
) -> None:
    refusing(monkeypatch, FolderRefused("this folder is laid out in another way"), times=LOOKS)
    told = watched(app, folder, monkeypatch)
    assert told.exit_code == 0 and told.stderr == "this folder is laid out in another way\n"


def test_a_topic_for_all_needs_a_language_for_all(app: Flask, folder: Path) -> None:
    told = CliRunner().invoke(commands, ["content", "watch", str(folder), "--topic", "billing"], obj=app)
    assert told.exit_code == 2 and "--topic needs --locale as well" in told.output
