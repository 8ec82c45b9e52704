"""The titles most like a text, by the runs of three letters they share: for when nothing was found.

Only what the index brings for the words of the text, or for words that begin like them, is compared, so it costs about
the same however many titles there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import site
from helpcenter.search import finding
from helpcenter.search.document import SubjectKey
from helpcenter.search.engine import Hit
from helpcenter.search.folding import cleaned, folded

LEAST_LIKENESS = 0.12
MOST_COMPARED = 20
MOST_WORDS = 6
SHORTEST_BEGINNING = 3
MOST_OF_A_BEGINNING = 4


def closest(text: str, locale: str, viewer: Viewer, most: int = 5) -> list[Hit]:
    """What the viewer may read whose title is most like the text, the most alike first; none that is hardly like it.

    All in one language: in this one, else in the first of the site's others that has any.
    """
    languages = dict.fromkeys((locale, *site.current().locales))
    # A slip is looked for in one language only: to guess at words costs most of a search.
    return next((found for code in languages if (found := _closest(text, code, viewer, most, code == locale))), [])


def _closest(text: str, locale: str, viewer: Viewer, most: int, correct: bool) -> list[Hit]:
    wanted = _runs(text, locale)
    alike: dict[SubjectKey, tuple[float, Hit]] = {}
    for words in _wordings(text, locale, viewer):
        results = finding.find(words, locale, viewer, limit=MOST_COMPARED, correct=correct)
        scored = [(_likeness(wanted, _runs(hit.title, locale)), hit) for hit in results.hits]
        alike.update((hit.subject, (likeness, hit)) for likeness, hit in scored if likeness >= LEAST_LIKENESS)
        if len(alike) >= most or results.is_degraded:
            break
    ordered = sorted(alike.values(), key=lambda row: -row[0])
    return [hit for _, hit in ordered[:most]]


def _wordings(text: str, locale: str, viewer: Viewer) -> Iterator[str]:
    """The text, then the commonest words that begin like its words: like two thirds of each, else like its start."""
    yield text
    words: list[str] = []
    for word in folded(cleaned(text), locale).split()[:MOST_WORDS]:
        for size in (len(word) * 2 // 3, SHORTEST_BEGINNING):
            beginning = word[: max(size, SHORTEST_BEGINNING)]
            found = finding.complete(beginning, locale, viewer, limit=MOST_OF_A_BEGINNING).texts
            words += found
            if found:
                break
    if words:
        yield " ".join(words)


def _likeness(wanted: frozenset[str], own: frozenset[str]) -> float:
    """Dice's coefficient, 0.0 to 1.0."""
    return 2 * len(wanted & own) / (len(wanted) + len(own)) if wanted and own else 0.0


def _runs(text: str, locale: str) -> frozenset[str]:
    padded = [f" {word} " for word in folded(text, locale).split()]
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))
