"""Articles, questions and answers by the names a reader of the report knows: in their language where there is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.articles.edition import Edition
from helpcenter.core import locale as locales
from helpcenter.core import site, subjects
from helpcenter.core.db import db


@dataclass(frozen=True)
class Title:
    """The last title of an article and the language it is in; also of an archived one."""

    article_id: int
    text: str
    locale: str


def titles_of(article_ids: Collection[int], wanted: str = "") -> Mapping[int, Title]:
    """The title of each article that ever was: in the wanted language, else that of the page, else that of the site.

    One statement; none without ids. A translation that was never published has no title here: not everybody who reads
    the report may read drafts.
    """
    if not article_ids:
        return {}
    order = [wanted, locales.current(), *site.current().locales]
    rows = db.session.execute(
        select(Edition.article_id, Edition.title, Edition.locale)
        .where(Edition.article_id.in_(list(article_ids)), Edition.published_revision_id.is_not(None))
        .order_by(Edition.id)
    )
    found: dict[int, Title] = {}
    for article_id, text, locale in rows:
        held = found.get(article_id)
        if held is None or _place(order, locale) < _place(order, held.locale):
            found[article_id] = Title(article_id, text, locale)
    return found


def _place(order: list[str], locale: str) -> int:
    return order.index(locale) if locale in order else len(order)


About = tuple[str, int]
"""A kind of subject and the number of one, as ("article", 12)."""


def by_kind(about: Iterable[About]) -> Mapping[str, set[int]]:
    """The numbers of each kind that has a title here. Conversations are told without theirs."""
    known = {kind for kind, _subject in subjects.kinds()} - {"conversation"}
    found: defaultdict[str, set[int]] = defaultdict(set)
    for kind, number in about:
        if kind in known:
            found[kind].add(number)
    return found


def titles_by_subject(about: Iterable[About]) -> Mapping[About, str]:
    """What each of these is called on this page, a statement a kind."""
    found: dict[About, str] = {}
    for kind, numbers in by_kind(about).items():
        titles = subjects.subject(kind).titles(sorted(numbers), locales.current())
        found |= {(kind, number): title for number, title in titles.items()}
    return found
