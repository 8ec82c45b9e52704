"""What a weekly letter tells besides: sections that upper packages give, such as questions that wait for an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from helpcenter.accounts.viewer import Viewer


@dataclass(frozen=True)
class Link:
    """A title and where it leads; the address is a path of this site."""

    title: str
    url: str


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    title: str
    links: Sequence[Link]


Source = Callable[[Viewer, str], Section | None]


def add(app: Flask, source: Source) -> None:
    """Ask `source(viewer, locale)` for every weekly letter; None for nothing to tell."""
    app.extensions.setdefault("weekly_sections", []).append(source)


def sections(viewer: Viewer, locale: str) -> list[Section]:
    """Everything that a weekly letter to this person tells besides."""
    sources: list[Source] = current_app.extensions.get("weekly_sections", [])
    return [section for source in sources if (section := source(viewer, locale)) is not None]
