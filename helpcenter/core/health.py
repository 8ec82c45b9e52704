"""What a package knows about its own health, asked by /readyz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask, current_app

from helpcenter.core import logs

Check = Callable[[], str | None]


@dataclass(frozen=True)
class Problem:
    """What is wrong with one part, in a few plain words. `is_vital`: without it the site can not do its work."""

    name: str
    words: str
    is_vital: bool


def check(app: Flask, name: str, function: Check, *, is_vital: bool = True) -> None:
    """Have `function` asked whether the site is ready: None for yes, a few plain words for what is wrong.

    An exception counts as wrong. With `is_vital=False` the site stays ready and only says so: for what the site can do
    without for a while. Raises ValueError when the name is taken.
    """
    checks: dict[str, tuple[Check, bool]] = app.extensions.setdefault("health_checks", {})
    if name in checks:
        raise ValueError(f"a health check {name} is registered already")
    checks[name] = function, is_vital


def problems() -> Iterator[Problem]:
    """Each check that is not content, with its words."""
    for name, (function, is_vital) in current_app.extensions.get("health_checks", {}).items():
        try:
            words = function()
        except Exception:
            logs.failure("health check %s failed", name)
            words = "does not answer"
        if words:
            yield Problem(name, words, is_vital)
