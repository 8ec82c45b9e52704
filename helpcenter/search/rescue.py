"""What a document would change for readers: which of their failed searches would find it, and what it would push down.

Words are told only when three people or more searched for them: whoever writes reads them while they are new, and of
two people the one may know what the other asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpcenter.accounts.role import Role
from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core import subjects
from helpcenter.search import asked, finding
from helpcenter.search.document import Document
from helpcenter.search.engine import Hit
from helpcenter.search.leading import led_to
from helpcenter.search.missing_words import Vocabulary
from helpcenter.search.supposing import Supposition, supposing
from helpcenter.search.wording import Askers, Wording
from helpcenter.topics.audience import Audience

FEWEST_PEOPLE = 3
WITHIN = 5
"""Results that most readers look at: what stands further down was not found by them."""
MOST_FAILED = 40
MOST_FREQUENT = 20
MOST_ABSENT = 6


@dataclass(frozen=True)
class Displaced:
    """A frequent search, and what is first for it until the document is there."""

    wording: Wording
    hit: Hit


@dataclass(frozen=True)
class Rescue:
    """What would change. `people` are all those of the rescued searches, each counted once.

    `unhelped` are failed searches that still would not find it; `absent` words that readers used for what it is about
    and that stand nowhere in it.
    """

    rescued: Sequence[Wording]
    people: int
    unhelped: Sequence[Wording]
    displaced: Sequence[Displaced]
    absent: Sequence[str]


def rescue(document: Document, viewer: Viewer) -> Rescue:
    """What this document would change, told to a viewer, who may read what it names. Raises EngineError,
    DocumentRefused.

    At most 40 failed and 20 frequent searches are made, and some of them twice.
    """
    locale, supposed, reader = document.locale, supposing(document), _reader(document, viewer)
    failed = [
        one
        for one in asked.in_vain(locale, MOST_FAILED, FEWEST_PEOPLE)
        if not finding.find(one.words, locale, reader, limit=1).hits
    ]
    rescued = [one for one in failed if _place(supposed, one, locale, reader) is not None]
    frequent = asked.with_results(locale, MOST_FREQUENT, FEWEST_PEOPLE)
    places = {one.words: _place(supposed, one, locale, reader) for one in frequent}
    near = [one.words for one in frequent if places[one.words] is not None]
    return Rescue(
        rescued=[one.wording for one in rescued],
        people=len(frozenset[int | str]().union(*(one.people for one in rescued))),
        unhelped=[one.wording for one in failed if one not in rescued],
        displaced=list(_displaced([one for one in frequent if places[one.words] == 1], document, reader, viewer)),
        absent=_absent(document, supposed, near)[:MOST_ABSENT],
    )


def _absent(document: Document, supposed: Supposition, near: Iterable[str]) -> list[str]:
    """Words of searches that led to it, and the one word that is missing for a search which it all but answers."""
    said = Vocabulary(document, supposed.tuning.synonyms)
    came = [one.words for one in led_to(document.subject, document.locale, FEWEST_PEOPLE)]
    return said.missing([*came, *(text for text in near if len(said.missing([text])) == 1)])


def _place(supposed: Supposition, one: Askers, locale: str, reader: Viewer) -> int | None:
    """Where the search would find it, 1 for the first; None: not where anybody looks."""
    hits = supposed.find(one.words, locale, reader, WITHIN).hits[:WITHIN]
    return next((place for place, hit in enumerate(hits, 1) if hit.subject == supposed.subject), None)


def _displaced(won: Iterable[Askers], document: Document, reader: Viewer, viewer: Viewer) -> Iterable[Displaced]:
    for one in won:
        hits = finding.find(one.words, document.locale, reader, limit=1).hits[:1]
        if hits and hits[0].subject != document.subject and _may_see(viewer, hits[0]):
            yield Displaced(one.wording, hits[0])


def _may_see(viewer: Viewer, hit: Hit) -> bool:
    return hit.id in subjects.subject(hit.kind).visible([hit.id], viewer, hit.locale)


def _reader(document: Document, viewer: Viewer) -> Viewer:
    """Somebody of those it is for: a stranger where everyone may read it, and the viewer where only the team may."""
    if document.audience == Audience.EVERYONE:
        return STRANGER
    return Viewer(roles=frozenset({Role.MEMBER})) if document.audience == Audience.MEMBERS else viewer
