"""A folder is brought in when it changed and nobody is in the middle of saving."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpcenter.articles.folder.watching import Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en").mkdir()
    write(tmp_path, "One.")
    return tmp_path


def write(folder: Path, text: str, at: int = 1) -> None:
    """Save the file, at a second since 1970: a test is quicker than the clock of a disk."""
    path = folder / "en" / "refunds.md"
    path.write_text(text)
    os.utime(path, (at, at))


def test_it_is_taken_once_when_it_came_to_rest(folder: Path) -> None:
    watch = Watch(folder)
    assert [watch.has_changed(), watch.has_changed()] == [False, True]
    assert not watch.is_settled
    watch.take()
    assert watch.is_settled
    assert not watch.has_changed()


@pytest.mark.parametrize("change", ["edit", "add", "delete"])
def test_a_change_is_noticed_at_the_second_look(folder: Path, change: str) -> None:
    watch = Watch(folder)
    watch.has_changed()
    watch.take()
    if change == "edit":
        write(folder, "Two.", at=2)
    elif change == "add":
        (folder / "en" / "more.md").write_text("More.")
    else:
        (folder / "en" / "refunds.md").unlink()
    assert [watch.has_changed(), watch.has_changed()] == [False, True]


def test_a_file_that_is_still_being_written_is_waited_for(folder: Path) -> None:
    watch = Watch(folder)
    watch.has_changed()
    write(folder, "Half", at=2)
    assert not watch.has_changed()
    write(folder, "Half and half.", at=3)
    assert [watch.has_changed(), watch.has_changed()] == [False, True]


def test_what_no_import_would_open_is_no_change(folder: Path) -> None:
    watch = Watch(folder)
    watch.has_changed()
    watch.take()
    (folder / ".swap").write_text("x")
    (folder / "en" / ".refunds.md.swp").write_text("x")
    assert [watch.has_changed(), watch.has_changed()] == [False, False]
