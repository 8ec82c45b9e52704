"""The kinds of things people are told of. Each belongs to an upper package, which registers it with its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask, current_app

from helpcenter.accounts.viewer import Viewer

LONGEST_KIND = 20
Ref = tuple[str, int]
"""A kind of core.subjects with an id."""


class Sentence(Protocol):
    """Says what happened how often: `title` is what it is about, `what` the newest thing, `name` who did that.

    The words may be markup, and stand in the sentence as they are.
    """

    def __call__(self, *, count: int, title: str, what: str, name: str) -> str: ...


@dataclass(frozen=True)
class Kind:
    """`label` stands beside its switches. `place` is where several of them are read; None: at the first of them.

    `verb` names what somebody must be allowed to do for it to concern them; '' for everybody.
    """

    name: str
    label: Any
    sentence: Sentence
    place: Callable[[Ref, str], str | None] = lambda _about, _locale: None
    verb: str = ""


def register(app: Flask, kind: Kind) -> None:
    """Make a kind known. Raises ValueError when it is already, or its name is too long for the table."""
    known: dict[str, Kind] = app.extensions.setdefault("notification_kinds", {})
    if kind.name in known or len(kind.name) > LONGEST_KIND:
        raise ValueError(f"{kind.name} can not be registered")
    known[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order of registration."""
    known: dict[str, Kind] = current_app.extensions.get("notification_kinds", {})
    return known


def register_letter(app: Flask, name: str, label: Any, *, verb: str = "") -> None:
    """Make a letter known that its package writes by itself: it has a switch, and nothing of it stands on a page.

    With `verb` it goes to those alone who may do that, and nobody else sees the switch.
    Raises ValueError as register() does.
    """
    known: dict[str, Any] = app.extensions.setdefault("notification_letters", {})
    if name in known or name in app.extensions.get("notification_kinds", {}) or len(name) > LONGEST_KIND:
        raise ValueError(f"{name} can not be registered")
    known[name] = label
    app.extensions.setdefault("notification_letter_verbs", {})[name] = verb


def letters() -> dict[str, Any]:
    """What each of these letters is called, in the order of registration."""
    known: dict[str, Any] = current_app.extensions.get("notification_letters", {})
    return known


def concerning(viewer: Viewer) -> frozenset[str]:
    """The names of everything that this person can be told of."""
    mine = [name for name, kind in kinds().items() if not kind.verb or viewer.may(kind.verb)]
    return frozenset([*mine, *letters_for(viewer)])


def letters_for(viewer: Viewer) -> dict[str, Any]:
    """The same, of those that this viewer may get."""
    verbs: dict[str, str] = current_app.extensions.get("notification_letter_verbs", {})
    return {name: label for name, label in letters().items() if not verbs[name] or viewer.may(verbs[name])}


def labels() -> dict[str, Any]:
    """What everything is called that can be switched: the kinds, then the letters."""
    return {**{name: kind.label for name, kind in kinds().items()}, **letters()}
