"""How a command reaches the app."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask


@contextmanager
def reading_code() -> Iterator[None]:
    """Look for nothing to throw away while code is read, all of which stays; looking takes a fifth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def app_of(context: click.Context) -> Flask:
    """The app of this call: the one a test gave as `obj`, else made on the settings of the environment."""
    root = context.find_root()
    if root.obj is None:
        with reading_code():
            from helpcenter.app import create_app

            root.obj = create_app()
    app: Flask = root.obj
    return app


def with_app(function: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator for commands, below @click.command: run inside the context of the app."""

    def run(*args: Any, **kwargs: Any) -> Any:
        with app_of(click.get_current_context()).app_context():
            return function(*args, **kwargs)

    return update_wrapper(run, function)
