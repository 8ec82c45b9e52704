"""Lets upper packages hear what a page reports, in the transaction that records it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app

Listener = Callable[[str, tuple[str, int] | None], None]


def hear(app: Flask, listener: Listener) -> None:
    """Call `listener(act, subject)` for everything that a beacon reports."""
    app.extensions.setdefault("beacon_listeners", []).append(listener)


def told(act: str, subject: tuple[str, int] | None) -> None:
    """A page reported this. To be called after begin_write()."""
    listeners: list[Listener] = current_app.extensions.get("beacon_listeners", [])
    for listener in listeners:
        listener(act, subject)
