"""Naming people: whoever wrote to the same question by their name, anybody who ever wrote by what their page is called.

Names are not unique and change, so a text keeps the number: the link is made when the text is posted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Select, exists, or_, select

from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import Viewer
from helpcenter.community.answer import Answer
from helpcenter.community.question import Question
from helpcenter.core.db import db
from helpcenter.core.markdown import Named
from helpcenter.core.subjects import Author
from helpcenter.core.text import slug_of

MOST = 10
"""People who can be named in one text."""
MOST_OF_THREAD = 200
MOST_HANDLES = 30
_HANDLE = re.compile(r"@([1-9][0-9]{0,17})-([^\s@]{1,90})")


def people_for(text: str, locale: str, question_id: int | None = None) -> dict[str, Named]:
    """Everybody who can be named in this text, by what stands after the @. No @, no query."""
    if "@" not in text:
        return {}
    found = _by_handle(text, locale)
    if question_id is not None:
        found |= _of_thread(question_id, locale)
    return found


def handle(user_id: int, name: str) -> str:
    """What stands after the @ for exactly this person, everywhere."""
    return f"{user_id}-{slug_of(name)}"


def offered(people: Mapping[int, Author], viewer: Viewer) -> list[str]:
    """What to write after an @ for each of these people but the viewer: their name, or more where two bear it."""
    others = {one: author.name for one, author in people.items() if author.url and one != viewer.id}
    alike = Counter(author.name.lower() for author in people.values())
    return [name if alike[name.lower()] == 1 else handle(one, name) for one, name in others.items()]


def _by_handle(text: str, locale: str) -> dict[str, Named]:
    ids = [int(number) for number, _slug in _HANDLE.findall(text)[:MOST_HANDLES]]
    if not ids:
        return {}
    # Nobody is found out by their number: who never wrote has no page either.
    wrote = or_(exists().where(Question.author_id == User.id), exists().where(Answer.author_id == User.id))
    rows = db.session.execute(_people().where(User.id.in_(ids), wrote))
    return {handle(row.id, row.name).lower(): _named(row.id, row.name, locale) for row in rows}


def _of_thread(question_id: int, locale: str) -> dict[str, Named]:
    asker = select(Question.author_id).where(Question.id == question_id)
    answered = select(Answer.author_id).where(Answer.question_id == question_id)
    rows = db.session.execute(_people().where(or_(User.id.in_(asker), User.id.in_(answered))).limit(MOST_OF_THREAD))
    return _unlike((row.name.lower(), _named(row.id, row.name, locale)) for row in rows)


def _unlike(people: Iterable[tuple[str, Named]]) -> dict[str, Named]:
    """Without those who bear the same name: nobody could tell who is meant."""
    found: dict[str, Named | None] = {}
    for name, named in people:
        found[name] = None if name in found else named
    return {name: named for name, named in found.items() if named is not None}


def _people() -> Select[int, str]:
    return select(User.id, User.name).where(User.erased_at.is_(None), User.name != "")


def _named(user_id: int, name: str, locale: str) -> Named:
    # The page finds its own last part; a name in it would be an old one some day.
    return Named(user_id, name, f"/{locale}/people/{user_id}")
