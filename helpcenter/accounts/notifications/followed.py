"""The things that can be followed, as the list of somebody's own shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app

from helpcenter.accounts.notifications.following import Follow
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects


@dataclass(frozen=True)
class Row:
    """`kind_name` is what kind of thing it is, in the language of the page."""

    kind: str
    id: int
    kind_name: str
    title: str
    url: str


def offer(app: Flask, kind: str, name: Any) -> None:
    """A kind of subject can be followed; `name` is what people call one of it."""
    app.extensions.setdefault("followed_kinds", {})[kind] = name


def kinds() -> dict[str, Any]:
    """Which kinds can be followed, with their names."""
    known: dict[str, Any] = current_app.extensions.get("followed_kinds", {})
    return known


def rows_of(follows: Sequence[Follow], viewer: Viewer, locale: str) -> list[Row]:
    """Those that the viewer may see, in their order. A few queries for each kind among them."""
    found: dict[tuple[str, int], Row] = {}
    for kind, name in kinds().items():
        ids = [row.subject_id for row in follows if row.subject_kind == kind]
        if not ids:
            continue
        visible = subjects.subject(kind).visible(ids, viewer, locale)
        titles = subjects.subject(kind).titles(sorted(visible), locale)
        urls = subjects.addresses((kind, one, locale) for one in visible)
        for one in visible:
            found[kind, one] = Row(kind, one, str(name), titles.get(one, ""), urls[kind, one, locale])
    return [found[row.subject_kind, row.subject_id] for row in follows if (row.subject_kind, row.subject_id) in found]
