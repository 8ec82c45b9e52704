"""The log as members read it: who did what to which post, and why. A title stands only where its post may be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import aliased

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.author import authors
from helpcenter.community.moderation import act, reason, words
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.core import paging, subjects
from helpcenter.core.db import db
from helpcenter.core.subjects import Author

PERSON = "user"
PAGE_ACTS = 50


@dataclass(frozen=True)
class Entry:
    """`title` is '' for what the reader may not see; `by` None where flags of trusted members did it."""

    id: int
    at: datetime
    by: Author | None
    kind: str
    number: int
    title: str
    url: str
    done: str
    reason: str
    may_undo: bool


@dataclass(frozen=True)
class Page:
    """Some acts, the newest first, and the number after which the next page begins."""

    entries: Sequence[Entry]
    next_after: int | None


def page(after: int | None, viewer: Viewer, locale: str) -> Page:
    """One page of the log."""
    found = paging.page_of(select(ModerationAct), ModerationAct.id, after, PAGE_ACTS)
    rows: Sequence[ModerationAct] = found.rows
    people = authors(
        {row.by_id for row in rows if row.by_id} | {row.subject_id for row in rows if row.subject_kind == PERSON},
        locale,
    )
    titles = _titles(rows, viewer, locale)
    undone = _undone(rows) if viewer.may("moderate") else frozenset(row.id for row in rows)
    return Page([_entry(row, people, titles, undone, locale) for row in rows], found.next_after)


def last_of(user_id: int, viewer: Viewer, locale: str) -> Entry | None:
    """What somebody did last, if it can still be undone by name of the act."""
    wanted = select(ModerationAct).where(ModerationAct.by_id == user_id, ModerationAct.undoes_id.is_(None))
    row = db.session.scalars(wanted.order_by(ModerationAct.id.desc()).limit(1)).first()
    if row is None or act.is_undone(row.id):
        return None
    people = authors({user_id} | ({row.subject_id} if row.subject_kind == PERSON else set()), locale)
    return _entry(row, people, _titles([row], viewer, locale), frozenset(), locale)


def _entry(
    row: ModerationAct,
    people: Mapping[int, Author],
    titles: Mapping[tuple[str, int], tuple[str, str]],
    undone: frozenset[int],
    locale: str,  # noqa: ARG001
) -> Entry:
    if row.subject_kind == PERSON:
        person = people[row.subject_id]
        title, url = person.name, person.url or ""
    else:
        title, url = titles.get(row.subject, ("", ""))
    return Entry(
        row.id,
        row.at,
        people[row.by_id] if row.by_id else None,
        row.subject_kind,
        row.subject_id,
        title,
        url,
        str(words.DONE[Act(row.kind)]),
        reason.name(row.reason),
        row.id not in undone and Act(row.kind) in act.UNDONE_BY,
    )


def _titles(rows: Sequence[ModerationAct], viewer: Viewer, locale: str) -> dict[tuple[str, int], tuple[str, str]]:
    """Title and address of every post that the reader may see."""
    found = {}
    for kind in {row.subject_kind for row in rows} - {PERSON}:
        known = subjects.subject(kind)
        ids = {row.subject_id for row in rows if row.subject_kind == kind}
        seen = ids if viewer.may("moderate") else known.visible(ids, viewer, locale)
        titles = known.titles(sorted(seen), locale)
        urls = subjects.addresses((kind, one, locale) for one in seen)
        found.update({(kind, one): (titles.get(one, ""), urls[kind, one, locale]) for one in seen})
    return found


def _undone(rows: Sequence[ModerationAct]) -> frozenset[int]:
    undoing = aliased(ModerationAct)
    ids = [row.id for row in rows]
    return frozenset(
        one for one in db.session.scalars(select(undoing.undoes_id).where(undoing.undoes_id.in_(ids))) if one
    )


def target_name(kind: str) -> str:
    """What a kind of subject is called where it has no title to show."""
    names = {"question": _("Question"), "answer": _("Answer"), "comment": _("Comment"), PERSON: _("Person")}
    return str(names.get(kind, kind))
