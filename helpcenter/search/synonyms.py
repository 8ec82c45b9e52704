"""Other words for the same thing, applied to the query and never to the index, so that an edit counts at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from helpcenter.search.analysis import stems, tokens

# What a reader wrote counts more than what we think it also means.
SYNONYM_WEIGHT = 0.7
LONGEST_PHRASE = 5


@dataclass(frozen=True)
class Synonym:
    """Who writes one of `phrases` also looks for the others; with `to` only for those, and not the other way round."""

    locale: str
    phrases: tuple[str, ...]
    to: tuple[str, ...] = ()

    @property
    def is_one_way(self) -> bool:
        """Whether it leads from `phrases` to `to` only."""
        return bool(self.to)


Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Synonyms:
    """Every synonym of the site. Two of them never chain: expansion is one step, or a slip would pull in everything."""

    entries: tuple[Synonym, ...] = ()

    @cached_property
    def _by_locale(self) -> dict[str, dict[Phrase, tuple[Phrase, ...]]]:
        table: dict[str, dict[Phrase, tuple[Phrase, ...]]] = {}
        for entry in self.entries:
            of_locale = table.setdefault(entry.locale, {})
            for source in entry.phrases:
                others = entry.to or tuple(phrase for phrase in entry.phrases if phrase != source)
                key = phrase_of(source, entry.locale)
                targets = tuple(phrase_of(other, entry.locale) for other in others)
                added = tuple(target for target in targets if target and target != key)
                if key and len(key) <= LONGEST_PHRASE:
                    of_locale[key] = tuple(dict.fromkeys((*of_locale.get(key, ()), *added)))
        return table

    def expansions(self, query: Phrase, locale: str) -> list[tuple[int, int, Phrase]]:
        """For each phrase found in a query: where it begins, how many words it has, and one other way to say it."""
        table = self._by_locale.get(locale)
        if not table:
            return []
        return [
            (start, size, other)
            for start in range(len(query))
            for size in range(1, min(LONGEST_PHRASE, len(query) - start) + 1)
            for other in table.get(query[start : start + size], ())
        ]


NO_SYNONYMS = Synonyms()


def phrase_of(text: str, locale: str) -> Phrase:
    """The stems of a phrase in order, small words among them: "sign in" is not "sign"."""
    return tuple(stems(token.text, locale)[0] if token.is_plain else token.text.lower() for token in tokens(text))


def synonyms_of(entries: Iterable[Synonym]) -> Synonyms:
    """The synonyms of a site from its entries."""
    return Synonyms(tuple(entries))
