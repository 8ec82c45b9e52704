"""The registry through which lower packages ask upper ones, so that imports only fall.

A package registers each kind of thing it owns when the app is made. Search re-checks its results here, the sitemap and
notifications ask what may be seen, a deleted topic moves what it held, an erased person is forgotten everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app

# Whoever looks: accounts.viewer.Viewer, which this layer can not name.
Viewer = Any


@dataclass(frozen=True)
class PublicPage:
    """A page for the sitemap: its address in each language and when it last changed (UTC)."""

    urls: Mapping[str, str]
    updated_at: datetime


@dataclass(frozen=True)
class Author:
    """Whoever wrote something, as others see them. `url` is None for a former member."""

    name: str
    url: str | None


@dataclass(frozen=True)
class Card:
    """What is shown of a thing somewhere else: its title and what it is about, in `locale`, and its address."""

    title: str
    lead: str
    url: str
    locale: str


@dataclass(frozen=True)
class Quote:
    """A text that rests on a thing of another kind: `id` names it, `of_id` that thing, `since` when it was last right.

    `name` is what it is called in a sentence, such as 'The accepted answer to "Refunds"'; `locale` is its language.
    `action` is what a link to it says, such as 'Look at the answer'.
    """

    id: int
    of_id: int
    locale: str
    name: str
    url: str
    since: datetime
    action: str


@dataclass(frozen=True)
class Overtaken:
    """A quote that is older than what it names, which changed at `changed_at`."""

    quote: Quote
    changed_at: datetime


def _nothing(*_: Any, **__: Any) -> Any:
    return []


@dataclass(frozen=True)
class Subject:
    """What a kind can be asked. `documents` and `titles` return what the search package defines.

    `authors` are whoever wrote each of these, `made_from` what was made from a thing of another kind. `quoting` are the
    texts that people rely on and that name things of another kind: of these ids, or of any where None is given.
    `overtaken` are those of the quotes of a kind that name one of these things as it was before it changed.
    `audience_changed`: others may see what hangs on these topics now.
    `is_private`: the files it shows are for those alone who may see it, not for whoever looks after pictures.
    """

    url: Callable[[int, str], str]
    titles: Callable[[Sequence[int], str], Mapping[int, str]]
    visible: Callable[[Iterable[int], Viewer, str], set[int]]
    urls: Callable[[Sequence[int], str], Mapping[int, str]] | None = None
    documents: Callable[[Sequence[int]], Sequence[Any]] = field(default=_nothing)
    document_ids: Callable[[], Sequence[int]] = field(default=_nothing)
    title_matches: Callable[[str, str, Viewer, int], Sequence[Any]] = field(default=_nothing)
    public_pages: Callable[[], Iterable[PublicPage]] = field(default=_nothing)
    cards: Callable[[Sequence[int], Viewer, str], Mapping[int, Card]] = field(default=lambda _ids, _who, _locale: {})
    root_topic: Callable[[int], int | None] = field(default=lambda _id: None)
    export: Callable[[int], Mapping[str, Any]] = field(default=lambda _user_id: {})
    erase: Callable[[int], None] = field(default=lambda _user_id: None)
    move_topic: Callable[[int, int], int] = field(default=lambda _from, _to: 0)
    audience_changed: Callable[[Sequence[int]], None] = field(default=lambda _topic_ids: None)
    authors: Callable[[Sequence[int], str], Mapping[int, Author]] = field(default=lambda _ids, _locale: {})
    made_from: Callable[[str, int], Sequence[int]] = field(default=_nothing)
    quoting: Callable[[str, Sequence[int] | None], Sequence[Quote]] = field(default=_nothing)
    overtaken: Callable[[str, Sequence[Quote]], Sequence[Overtaken]] = field(default=_nothing)
    is_private: bool = False


def pageless(
    export: Callable[[int], Mapping[str, Any]], erase: Callable[[int], None] = lambda _user_id: None
) -> Subject:
    """A kind that nothing links to: known only so that a person can take it along, or be forgotten in it."""
    return Subject(
        url=lambda _id, _locale: "",
        titles=lambda _ids, _locale: {},
        visible=lambda _ids, _viewer, _locale: set(),
        export=export,
        erase=erase,
    )


def register(app: Flask, kind: str, subject: Subject) -> None:
    """Make a kind known to the app. Raises ValueError when it is already."""
    registry: dict[str, Subject] = app.extensions.setdefault("subjects", {})
    if kind in registry:
        raise ValueError(f"{kind} is registered already")
    registry[kind] = subject


def subject(kind: str) -> Subject:
    """The subject of a kind. Raises KeyError for an unknown one."""
    found: Subject = current_app.extensions["subjects"][kind]
    return found


def kinds() -> Iterator[tuple[str, Subject]]:
    """Every kind with its subject, in the order of registration."""
    yield from current_app.extensions.get("subjects", {}).items()


def addresses(wanted: Iterable[tuple[str, int, str]]) -> dict[tuple[str, int, str], str]:
    """The address of each (kind, id, locale), asked for in as few questions as its kind allows."""
    groups: dict[tuple[str, str], list[int]] = {}
    for kind, subject_id, locale in wanted:
        groups.setdefault((kind, locale), []).append(subject_id)
    found = {}
    for (kind, locale), ids in groups.items():
        one = subject(kind)
        urls = one.urls(ids, locale) if one.urls else {subject_id: one.url(subject_id, locale) for subject_id in ids}
        found.update({(kind, subject_id, locale): urls[subject_id] for subject_id in ids})
    return found
