"""The answering passage of a text: where the most telling words of the query stand closest together.

Only what begins like a stem is looked at and only that is stemmed, so a long article costs microseconds, not a walk
over all its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from helpcenter.search.analysis import stems
from helpcenter.search.folding import folded, kept_places, lowered, without_marks
from helpcenter.search.passage import Part, marked

MOST_PLACES_PER_TERM = 60
FURTHEST_SENTENCE = 90
LEAD_IN = 30
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[^\W_]+\Z")
_SENTENCE_END = re.compile(r"[.!?؟…]\s+|\n+")


class Place(NamedTuple):
    """Where a term stands in a text, and which term it is."""

    start: int
    end: int
    term: str


@dataclass(frozen=True)
class Marker:
    """Finds the terms of a query in texts of one language. `weights` says how telling each term is."""

    weights: Mapping[str, float]
    locale: str

    def places(self, text: str) -> list[Place]:
        """Every place of every term in a text free of vowel and stress marks, in order, none inside another."""
        low = lowered(text)
        plain = folded(low, self.locale)
        found = [place for term, needle in self._needles for place in self._places_of(term, needle, low, plain)]
        found.sort(key=lambda place: (place.start, -place.end))
        kept: list[Place] = []
        for place in found:
            if not kept or place.start >= kept[-1].end:
                kept.append(place)
        return kept

    def passage(self, text: str, length: int) -> tuple[Part, ...]:
        """About `length` characters around the best matches, cut at words; the beginning when nothing matches."""
        clean = without_marks(text)
        places = self.places(clean)
        start, end = _window(clean, *self._best(places, length), length)
        spans = [(p.start, p.end) for p in places if start <= p.start and p.end <= end]
        cut = _original([(start, end)], text)[0] if end > start else (0, 0)
        parts = marked(text, *cut, _original(spans, text))
        before = (Part("… "),) if start > 0 and clean[:start].strip() else ()
        after = (Part(" …"),) if clean[end:].strip() else ()
        return (*before, *parts, *after)

    @cached_property
    def _needles(self) -> list[tuple[str, str]]:
        """Each term with what its words begin with; empty for a code-like term, which stands as it is.

        A stemmer writes y as i ("reply", "repli"), so the last letter of such a stem is not looked for.
        """
        return [
            (term, "" if not _PLAIN.match(term) else term[:-1] if term.endswith("i") and len(term) > 2 else term)
            for term in self.weights
        ]

    def _places_of(self, term: str, needle: str, low: str, plain: str) -> list[Place]:
        if not needle:
            return _literal_places(term, plain)
        found: list[Place] = []
        at = plain.find(needle)
        while at >= 0 and len(found) < MOST_PLACES_PER_TERM:
            start = _word_start(plain, at) if self.locale == "ar" else at
            match = _WORD.match(plain, start)
            end = match.end() if match else at + len(needle)
            if (start == 0 or not plain[start - 1].isalnum()) and self._is(term, low[start:end]):
                found.append(Place(start, end, term))
            at = plain.find(needle, max(end, at + 1))
        return found

    def _is(self, term: str, word: str) -> bool:
        return term in stems(word, self.locale)

    def _best(self, places: list[Place], length: int) -> tuple[int, int]:
        """First and last character of the group of matches with the most telling different terms; the earliest wins."""
        best = (0.0, 0, 0)
        room = length - LEAD_IN
        for index, first in enumerate(places):
            seen: dict[str, float] = {}
            end = first.end
            for place in places[index:]:
                if place.end - first.start > room:
                    break
                seen[place.term] = self.weights[place.term] if place.term not in seen else seen[place.term] * 1.05
                end = place.end
            score = sum(seen.values())
            if score > best[0]:
                best = (score, first.start, end)
        return best[1], best[2]


def _literal_places(term: str, plain: str) -> list[Place]:
    found: list[Place] = []
    at = plain.find(term)
    while at >= 0 and len(found) < MOST_PLACES_PER_TERM:
        end = at + len(term)
        if (at == 0 or not plain[at - 1].isalnum()) and (end == len(plain) or not plain[end].isalnum()):
            found.append(Place(at, end, term))
        at = plain.find(term, end)
    return found


def _word_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isalnum():
        at -= 1
    return at


def _window(text: str, first: int, last: int, length: int) -> tuple[int, int]:
    """Where a passage that holds first..last begins and ends: at a sentence if one is near, else at a word."""
    start = _sentence_start(text, first)
    if last - start > length:
        start = _next_word(text, max(0, min(first, last - length + LEAD_IN) - LEAD_IN))
        start = min(start, first)
    end = max(last, min(len(text), start + length))
    if end < len(text) and end > last:
        cut = max(text.rfind(" ", last, end), text.rfind("\n", last, end))
        end = cut if cut > last else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentence_start(text: str, at: int) -> int:
    near = max(0, at - FURTHEST_SENTENCE)
    start = 0 if near == 0 else _next_word(text, max(0, at - LEAD_IN))
    for match in _SENTENCE_END.finditer(text, near, at):
        start = match.end()
    return min(start, at)


def _next_word(text: str, at: int) -> int:
    if at == 0 or text[at - 1].isspace():
        return at
    match = _SPACE.search(text, at)
    return match.end() if match else at


def _original(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Places in the text without marks as places in the text with them."""
    kept = kept_places(text)
    if kept is None:
        return spans
    ends = [*kept[1:], len(text)]
    return [(kept[start], ends[end - 1]) for start, end in spans]
