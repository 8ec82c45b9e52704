"""What a search finds now, with its reasons, for whoever tunes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core import subjects
from helpcenter.search import finding
from helpcenter.search.analysis import stems
from helpcenter.search.engine import Contribution, EngineError, Hit, Results
from helpcenter.search.query import shortened
from helpcenter.search.tuning import Tuning

MOST_TRIED = 10


@dataclass(frozen=True)
class Reason:
    """One reason in words, and its points."""

    words: str
    points: float


@dataclass(frozen=True)
class Tried:
    """A result with its address, its points in all and the reasons for them."""

    hit: Hit
    url: str
    points: float
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Trial:
    """What a text finds. `as_me`: as whoever asks; otherwise as somebody who is not signed in."""

    text: str
    results: Results
    items: Sequence[Tried]


def trial(text: str, locale: str, viewer: Viewer, *, as_me: bool = False) -> Trial | None:
    """What a text finds for readers now, and why; None without words."""
    text = shortened(text)
    if not text:
        return None
    asker = viewer if as_me else STRANGER
    results = finding.find(text, locale, asker, limit=MOST_TRIED)
    addresses = subjects.addresses((hit.kind, hit.id, hit.locale) for hit in results.hits)
    items = []
    for hit in results.hits:
        reasons = [] if results.is_degraded else _reasons(text, locale, asker, hit)
        points = sum(reason.points for reason in reasons)
        items.append(Tried(hit, addresses[hit.kind, hit.id, hit.locale], points, [_said(r, locale) for r in reasons]))
    return Trial(text, results, items)


def titles_found(text: str, locale: str, tuning: Tuning | None = None, most: int = 5) -> list[str]:
    """The first titles that a reader finds for a text, with a tuning in force."""
    return [hit.title for hit in finding.find(text, locale, STRANGER, limit=most, tuning=tuning).hits[:most]]


def _reasons(text: str, locale: str, asker: Viewer, hit: Hit) -> list[Contribution]:
    try:
        return finding.explain(text, locale, asker, hit.subject)
    except EngineError:
        return []


def _said(reason: Contribution, locale: str) -> Reason:
    if reason.field == "together":
        return Reason(_("The words are next to each other"), reason.points)
    if reason.field == "exact":
        return Reason(_("The search is the title"), reason.points)
    if reason.term in stems(reason.word, locale):
        names = {
            "title": _("“%(word)s” in the title", word=reason.word),
            "keyword": _("“%(word)s” in the search words", word=reason.word),
            "body": _("“%(word)s” in the text", word=reason.word),
        }
    else:
        words = {"word": reason.word, "term": reason.term}
        names = {
            "title": _("“%(word)s”, as “%(term)s”, in the title", **words),
            "keyword": _("“%(word)s”, as “%(term)s”, in the search words", **words),
            "body": _("“%(word)s”, as “%(term)s”, in the text", **words),
        }
    return Reason(names.get(reason.field, reason.reason), reason.points)
