"""A folder as an argument of a command: what can not be meant is told in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class CalledWrongly(click.ClickException):
    """What was typed can not be meant: one line, and 2 as the command ends."""

    exit_code = 2


class Folder(click.ParamType[Path]):
    """A folder; with `exists` one that is there, without it one that can be made."""

    name = "folder"

    def __init__(self, *, exists: bool = True) -> None:
        self.exists = exists

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ARG002
        """The folder as a path. Raises CalledWrongly for a file, and for what is not there."""
        path = Path(value)
        if path.exists() and not path.is_dir():
            raise CalledWrongly(f"{path} is a file; a folder is needed")
        if self.exists and not path.exists():
            raise CalledWrongly(f"there is no folder {path}")
        return path
