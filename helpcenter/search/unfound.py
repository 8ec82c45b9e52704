"""Searches that found nothing: the words of at least two people, for editors to answer."""

from __future__ import annotations

from helpcenter.search import asked
from helpcenter.search.wording import Wording

MOST_SHOWN = 20


def unfound(locale: str) -> list[Wording]:
    """What at least two people searched for in a language within 28 days without a result, the most people first.

    Staff and crawlers are left out. One statement.
    """
    return [one.wording for one in asked.in_vain(locale, MOST_SHOWN)]
