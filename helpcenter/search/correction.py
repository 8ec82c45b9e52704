"""What an unknown word was probably meant to be: one slip away, or two in a long word.

The words one slip away (a letter lost, added, changed, or two swapped) are made and looked up. A dictionary of
deletions would be a little faster, but keeps ten entries for each word in each process; the look-up needs nothing but
the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpcenter.search.analysis import stems
from helpcenter.search.known_words import KnownWords

ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz0123456789",
    "es": "abcdefghijklmnopqrstuvwxyzáéíóúüñ0123456789",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
}
SHORTEST_CORRECTED = 3
SHORTEST_BEGINNING = 4
SHORTEST_WITH_TWO_SLIPS = 8
SHORTEST_WITH_OTHER_ENDING = 6
SHORTEST_STEM = 4
MOST_COMPARED = 4_000
MOST_OF_A_STEM = 10


@dataclass(frozen=True)
class Guess:
    """A known word and how many slips away it is."""

    word: str
    slips: int


def guesses(word: str, known: KnownWords, locale: str, limit: int = 3) -> list[Guess]:
    """The likeliest known words for an unknown one: fewest slips, then same first letter, then most documents."""
    if len(word) < SHORTEST_CORRECTED:
        return []
    found = _likeliest(known.counts(one_slip_away(word, _alphabet(word, locale))), word, 1, limit)
    if not found and len(word) >= SHORTEST_WITH_TWO_SLIPS:
        far = [candidate for candidate in _similar(word, known) if slips_between(word, candidate, 2) <= 2]
        found = _likeliest(known.counts(far), word, 2, limit)
    return found or _likeliest(known.counts(_of_similar_stem(word, known, locale)), word, 2, limit)


def begun(beginning: str, known: KnownWords, locale: str, limit: int = 4) -> list[str]:
    """The likeliest known words that are, or begin, like this with one slip in it; for what no known word begins with.

    A forgotten letter is thought of first and a letter too much last: the longer what is meant, the fewer words have
    it, so the surer it is.
    """
    if len(beginning) < SHORTEST_BEGINNING:
        return []
    near = known.begun(set(one_slip_away(beginning, _alphabet(beginning, locale))))
    length = max((len(one) for one in near), default=0)
    longest = [one for one in near if len(one) == length]
    whole = known.counts(longest)
    found: dict[str, None] = {}
    for one in sorted(longest, key=lambda one: (one[0] != beginning[0], one)):
        itself = [one] if one in whole else []
        found.update(dict.fromkeys([*itself, *known.completions(one, limit)]))
    return list(found)[:limit]


def split_in_two(word: str, known: KnownWords) -> tuple[str, str] | None:
    """Two known words that were written as one, the rarer of them as frequent as can be; None when there are none."""
    pairs = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    counts = known.counts({part for pair in pairs for part in pair}) if pairs else {}
    found = [pair for pair in pairs if all(part in counts for part in pair)]
    return max(found, key=lambda pair: min(counts[part] for part in pair), default=None)


def one_slip_away(word: str, alphabet: str) -> Iterator[str]:
    """Every text that differs from the word by one letter lost, added or changed, or by two neighbours swapped."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in alphabet:
            yield head + letter + tail
            if tail and letter != tail[0]:
                yield head + letter + tail[1:]


def slips_between(one: str, other: str, most: int) -> int:
    """The least number of slips that leads from one word to the other; more than `most` is given as most + 1.

    The distance of optimal string alignment: Boytsov 2011, ACM JEA 16, 1.1.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, counterpart in enumerate(other, 1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != counterpart))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == counterpart:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, above = above, current
    return min(above[-1], most + 1)


def _likeliest(candidates: Mapping[str, int], word: str, slips: int, limit: int) -> list[Guess]:
    ordered = sorted(candidates, key=lambda one: (one[0] != word[0], -candidates[one], one))
    return [Guess(candidate, slips) for candidate in ordered[:limit]]


def _similar(word: str, known: KnownWords) -> Iterator[str]:
    """Known words worth comparing: the same first letter, nearly as long, most letters shared."""
    letters = set(word)
    compared = 0
    for candidate in known.beginning_with(word[0], range(len(word) - 2, len(word) + 3)):
        if len(letters.symmetric_difference(candidate)) <= 4:
            yield candidate
            compared += 1
            if compared == MOST_COMPARED:
                return


def _of_similar_stem(word: str, known: KnownWords, locale: str) -> set[str]:
    """Known words whose stem is one slip away from the word's: "invritation" where only "invite" is known."""
    if len(word) < SHORTEST_WITH_OTHER_ENDING:
        return set()
    near = one_slip_away(stems(word, locale)[0], _alphabet(word, locale))
    likely = {stem for stem in near if len(stem) >= SHORTEST_STEM}
    return {word for stem, word in known.first_of_each(likely, MOST_OF_A_STEM) if stem in stems(word, locale)}


def _alphabet(word: str, locale: str) -> str:
    return ALPHABETS["en" if word.isascii() and locale != "es" else locale]
