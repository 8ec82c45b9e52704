"""Notifications as lines: what happened several times to one thing is told once, with how often."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from helpcenter.accounts.names import names_of
from helpcenter.accounts.notifications.kind import Ref, kinds
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects

Mark = Callable[[str], str]


@dataclass(frozen=True)
class Gathered:
    """Rows of one kind about one thing, the newest first, all read or all unread."""

    rows: tuple[Notification, ...]

    @property
    def newest(self) -> Notification:
        """The row that gives the line its place."""
        return self.rows[0]


@dataclass(frozen=True)
class Line:
    """What is shown. `sentence` is markup for a page and plain for a letter; `key` is the id of the newest row."""

    key: int
    kind: str
    sentence: str
    url: str
    at: datetime
    is_read: bool
    count: int


@dataclass(frozen=True)
class Seen:
    """Rows that may be seen, as lines, with the ids of these rows; and how many unread ones may not be seen now."""

    lines: tuple[Line, ...]
    ids: frozenset[int]
    hidden: int


def gathered(rows: Iterable[Notification]) -> list[Gathered]:
    """One for each kind, thing and state among rows that come the newest first; in the order of their newest."""
    groups: dict[tuple[str, Ref, bool], list[Notification]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.about, row.read_at is not None), []).append(row)
    return [Gathered(tuple(group)) for group in groups.values()]


def seen(rows: Sequence[Notification], viewer: Viewer, locale: str, mark: Mark = str) -> Seen:
    """What this viewer may see of rows that come the newest first. `mark` makes a title or name part of a sentence."""
    visible = _visible({ref for row in rows for ref in (row.about, row.subject)}, viewer, locale)
    known = [row for row in rows if row.kind in kinds() and {row.about, row.subject} <= visible]
    groups = gathered(known)
    titles = _titles({ref for one in groups for ref in (one.newest.about, one.newest.subject)}, locale)
    names = names_of(one.newest.actor_id for one in groups)
    lines = tuple(_line(one, titles, names, locale, mark) for one in groups)
    ids = frozenset(row.id for row in known)
    return Seen(lines, ids, sum(row.read_at is None and row.id not in ids for row in rows))


def isolated(text: str) -> Markup:
    """A title or a name as a page shows it within a sentence of another language."""
    return Markup("<bdi>%s</bdi>") % escape(text)


def _line(one: Gathered, titles: Mapping[Ref, str], names: Mapping[int, str], locale: str, mark: Mark) -> Line:
    newest, count = one.newest, len(one.rows)
    kind = kinds()[newest.kind]
    title, what = (mark(titles.get(ref, "")) for ref in (newest.about, newest.subject))
    name = mark(names.get(newest.actor_id or 0, ""))
    sentence = kind.sentence(count=count, title=title, what=what, name=name)
    url = kind.place(newest.about, locale) if count > 1 else None
    if url is None:
        first = one.rows[-1].subject
        url = subjects.subject(first[0]).url(first[1], locale)
    return Line(newest.id, newest.kind, sentence, url, newest.created_at, newest.read_at is not None, count)


def _visible(refs: set[Ref], viewer: Viewer, locale: str) -> set[Ref]:
    known = dict(subjects.kinds())
    return {
        (kind, one)
        for kind, ids in _by_kind(refs).items()
        if kind in known
        for one in known[kind].visible(ids, viewer, locale)
    }


def _titles(refs: set[Ref], locale: str) -> dict[Ref, str]:
    return {
        (kind, one): title
        for kind, ids in _by_kind(refs).items()
        for one, title in subjects.subject(kind).titles(ids, locale).items()
    }


def _by_kind(refs: set[Ref]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for kind, one in sorted(refs):
        found.setdefault(kind, []).append(one)
    return found
