"""How far a command has come, on the terminal's error stream so that what it prints can be piped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpcenter.articles.folder.report import Progress


@dataclass
class Counted:
    """Passes progress on, and remembers how much there was."""

    inner: Progress
    total: int = 0

    def __call__(self, step: str, done: int, total: int) -> None:
        self.total = total
        self.inner(step, done, total)

    def __str__(self) -> str:
        return f"{self.total} article{'' if self.total == 1 else 's'}"


@contextmanager
def bars(is_quiet: bool) -> Iterator[Progress]:
    """A bar for each step; none where nobody watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    tasks: dict[str, Any] = {}
    with Progress(*columns, console=console, disable=is_quiet or not console.is_terminal, transient=True) as shown:

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = shown.add_task(step.capitalize(), total=total)
            shown.update(tasks[step], completed=done, total=total)

        yield show
