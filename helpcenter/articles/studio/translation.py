"""How the languages of an article keep up with the one it was written in first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.revision import Revision, Significance
from helpcenter.articles.studio.comparison import Comparison, compare
from helpcenter.articles.studio.opened import Opened
from helpcenter.core import site
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES


@dataclass(frozen=True)
class Version:
    """A language of an article in the studio's list; `status` is 'missing' where nobody wrote it yet."""

    code: str
    endonym: str
    status: str
    is_current: bool
    is_outdated: bool


def versions(opened: Opened) -> list[Version]:
    """Every language of the site and every other one the article has."""
    held = {edition.locale: edition for edition in opened.editions}
    codes = [*site.current().locales, *(code for code in held if code not in site.current().locales)]
    source = opened.editions[0] if opened.editions else None
    return [
        Version(
            code,
            LANGUAGES[code].endonym,
            held[code].status if code in held else "missing",
            code == opened.language,
            code in held and source is not None and is_outdated(held[code], source),
        )
        for code in codes
    ]


def is_outdated(edition: Edition, source: Edition) -> bool:
    """Whether readers of the source were given more than corrected typos since this edition last matched it."""
    if edition.id == source.id or edition.status == Status.ARCHIVED or source.published_revision_id is None:
        return False
    matched = db.session.scalar(select(Revision.source_revision_id).where(Revision.id == edition.latest_revision_id))
    newer = select(Revision.id).where(
        Revision.edition_id == source.id,
        Revision.id > (matched or 0),
        Revision.id <= source.published_revision_id,
        Revision.significance != Significance.TYPO,
    )
    return matched is not None and db.session.scalar(newer.limit(1)) is not None


@dataclass(frozen=True)
class Source:
    """What a translator has beside their text. `changes`: of the original since the translation matched it, if it did.

    `text` is what readers of the original have; before they have anything, what was written last.
    """

    text: Revision
    locale: str
    is_outdated: bool
    changes: Comparison | None


def source_of(opened: Opened) -> Source | None:
    """The original of this translation; None where this is the original."""
    edition = opened.source
    text = db.session.get(Revision, edition.published_revision_id or edition.latest_revision_id) if edition else None
    if edition is None or text is None:
        return None
    outdated = opened.edition is not None and is_outdated(opened.edition, edition)
    matched_id = opened.latest.source_revision_id if outdated and opened.latest else None
    matched = db.session.get(Revision, matched_id) if matched_id else None
    return Source(text, edition.locale, outdated, compare(matched, text) if matched else None)


def source_revision_id(opened: Opened, *, matches_now: bool, seen_id: int | None = None) -> int | None:
    """The revision of the source that a text about to be saved says the same as.

    A new translation is taken to match what its translator had beside it (`seen_id`, else what the source says now);
    later only the editor's word (`matches_now`) moves it.
    """
    if opened.source is None:
        return None
    if opened.latest is None or matches_now or opened.latest.source_revision_id is None:
        seen = select(Revision.id).where(Revision.edition_id == opened.source.id, Revision.id == seen_id)
        if seen_id is not None and db.session.scalar(seen) is not None:
            return seen_id
        return opened.source.published_revision_id or opened.source.latest_revision_id
    return opened.latest.source_revision_id
