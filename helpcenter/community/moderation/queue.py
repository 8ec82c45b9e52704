"""The queue as moderators see it: every entry with all that is needed to decide. Constant queries, paged by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.role import TEAM
from helpcenter.accounts.viewer import Viewer
from helpcenter.community import trust
from helpcenter.community.author import authors
from helpcenter.community.moderation import flag, log, reason
from helpcenter.community.moderation.flag import Flag
from helpcenter.community.moderation.post import KINDS
from helpcenter.community.moderation.review import Because, ReviewEntry
from helpcenter.community.trust import Facts
from helpcenter.core import subjects
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.subjects import Author

PAGE_ENTRIES = 20
BECAUSE: Mapping[Because, Any] = {
    Because.LINK: _l("The first link of a newcomer"),
    Because.FAST: _l("Sent faster than anyone types"),
    Because.STOP_WORD: _l("Contains one of your stop words"),
    Because.FLAGS: _l("Flagged by members"),
    Because.REPORT: _l("Reported by members"),
}


@dataclass(frozen=True)
class Said:
    """One flag: why, in which words, and by whom."""

    reason: str
    words: str
    by: Author
    has_weight: bool


@dataclass(frozen=True)
class Entry:
    """`html` and `title` are those of a post; `direction` is that of its language. `writer` is whom it is about."""

    id: int
    kind: str
    number: int
    because: str
    opened_at: datetime
    state: str
    title: str
    url: str
    html: Markup
    locale: str
    direction: str
    writer_id: int
    writer: Author
    facts: Facts
    flags: Sequence[Said]
    can_be_cleaned_up: bool


@dataclass(frozen=True)
class Page:
    """Some entries, the oldest first, and the number after which the next page begins."""

    entries: Sequence[Entry]
    next_after: int | None


def page(after: int, viewer: Viewer, locale: str) -> Page:
    """One page of what waits, from the entry after this number on."""
    wanted = select(ReviewEntry).where(ReviewEntry.settled_act_id.is_(None), ReviewEntry.id > after)
    rows = list(db.session.scalars(wanted.order_by(ReviewEntry.id).limit(PAGE_ENTRIES + 1)))
    more, rows = len(rows) > PAGE_ENTRIES, rows[:PAGE_ENTRIES]
    posts = _posts(rows)
    writers = {row.id: _writer_id(row, posts) for row in rows}
    flags = flag.waiting(row.subject for row in rows)
    people = authors({*writers.values(), *(one.user_id for some in flags.values() for one in some)}, locale)
    facts, roles = trust.facts_of(set(writers.values())), user.roles_of(writers.values())
    titles, urls = _names(rows, locale)
    entries = [
        _entry(
            row,
            posts.get(row.subject),
            (titles.get(row.subject, ""), urls.get(row.subject, "")),
            (writers[row.id], people[writers[row.id]], facts.get(writers[row.id], Facts())),
            [_said(one, people) for one in flags.get(row.subject, ())],
            not roles[writers[row.id]] & TEAM and writers[row.id] != viewer.id,
        )
        for row in rows
    ]
    return Page(entries, rows[-1].id if more else None)


def count() -> int:
    """How many wait, up to a hundred: nobody needs to know more."""
    wanted = select(ReviewEntry.id).where(ReviewEntry.settled_act_id.is_(None)).limit(100)
    return len(db.session.scalars(wanted).all())


def _entry(
    row: ReviewEntry,
    post: Any,
    name: tuple[str, str],
    writer: tuple[int, Author, Facts],
    flags: Sequence[Said],
    can_be_cleaned_up: bool,
) -> Entry:
    writer_id, author, facts = writer
    locale = getattr(post, "locale", "") or ""
    return Entry(
        row.id,
        row.subject_kind,
        row.subject_id,
        str(BECAUSE[Because(row.because)]),
        row.opened_at,
        post.state if post is not None else "",
        name[0] or author.name,
        name[1] or author.url or "",
        Markup(post.html) if post is not None else Markup(""),  # noqa: S704 - the renderer makes it safe
        locale,
        LANGUAGES[locale].direction if locale in LANGUAGES else "auto",
        writer_id,
        author,
        facts,
        flags,
        can_be_cleaned_up,
    )


def _posts(rows: Sequence[ReviewEntry]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for name, known in KINDS.items():
        ids = [row.subject_id for row in rows if row.subject_kind == name]
        if ids:
            found |= {(name, one.id): one for one in db.session.scalars(select(known.row).where(known.row.id.in_(ids)))}
    return found


def _writer_id(row: ReviewEntry, posts: Mapping[tuple[str, int], Any]) -> int:
    return row.subject_id if row.subject_kind == log.PERSON else int(posts[row.subject].author_id)


def _names(rows: Sequence[ReviewEntry], locale: str) -> tuple[dict[tuple[str, int], str], dict[tuple[str, int], str]]:
    titles: dict[tuple[str, int], str] = {}
    urls: dict[tuple[str, int], str] = {}
    for kind in {row.subject_kind for row in rows} & KINDS.keys():
        ids = [row.subject_id for row in rows if row.subject_kind == kind]
        titles |= {(kind, one): title for one, title in subjects.subject(kind).titles(ids, locale).items()}
        found = subjects.addresses((kind, one, locale) for one in ids)
        urls |= {(kind, one): url for (_kind, one, _locale), url in found.items()}
    return titles, urls


def _said(one: Flag, people: Mapping[int, Author]) -> Said:
    return Said(reason.name(one.reason), one.words, people[one.user_id], one.has_weight)
