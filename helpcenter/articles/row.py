"""An article as a row of a list."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.articles.visibility import Listed, url
from helpcenter.core.locale import LANGUAGES


@dataclass(frozen=True)
class Row:
    """What a list shows; `is_other_language` when the reader asked for another one."""

    title: str
    summary: str
    minutes: int
    url: str
    locale: str
    locale_name: str
    is_other_language: bool


def row_of(listed: Listed, locale: str) -> Row:
    """A listed article as a row of a page in this language."""
    return Row(
        listed.title,
        listed.summary,
        minutes_of(listed.reading_seconds),
        url(listed, locale),
        listed.locale,
        LANGUAGES[listed.locale].endonym,
        listed.locale != locale,
    )


def minutes_of(reading_seconds: int) -> int:
    """A reading time in whole minutes, at least one."""
    return max(1, round(reading_seconds / 60))
