"""What a package knows about its own health, asked by /readyz."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Flask, current_app

from helpcenter.core import logs

Check = Callable[[], str | None]


def check(app: Flask, name: str, function: Check) -> None:
    """Have `function` asked whether the site is ready: None for yes, a few plain words for what is wrong.

    An exception counts as wrong. Raises ValueError when the name is taken.
    """
    checks: dict[str, Check] = app.extensions.setdefault("health_checks", {})
    if name in checks:
        raise ValueError(f"a health check {name} is registered already")
    checks[name] = function


def problems() -> Iterator[tuple[str, str]]:
    """Each check that is not content, with its words."""
    for name, function in current_app.extensions.get("health_checks", {}).items():
        try:
            problem = function()
        except Exception:
            logs.failure("health check %s failed", name)
            problem = "does not answer"
        if problem:
            yield name, problem
