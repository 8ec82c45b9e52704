"""What one snapshot answers: search, completion, correction, explanation."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from helpcenter.search.analysis import stems, tokens
from helpcenter.search.completion import SHORTEST_PREFIX, completed
from helpcenter.search.correction import SHORTEST_CORRECTED, begun, guesses, split_in_two
from helpcenter.search.document import SubjectKey
from helpcenter.search.engine import Completions, Contribution, Correction, Facets, Hit, Results
from helpcenter.search.languages import LANGUAGES
from helpcenter.search.query import Query
from helpcenter.search.snippets import Marker
from helpcenter.search.stop_words import is_stop_word
from helpcenter.search.synonyms import NO_SYNONYMS, Synonyms
from helpcenter.search.terms import Group, finished_by, groups_of, last_word
from helpcenter.search.whoosh_engine.message import MARKED_WORDS, MessageScorer
from helpcenter.search.whoosh_engine.ranking import Candidate, Ranking
from helpcenter.search.whoosh_engine.scoring import Scorer
from helpcenter.search.whoosh_engine.snapshot import Snapshot
from helpcenter.search.whoosh_engine.vocabulary import Vocabulary
from helpcenter.search.whoosh_engine.writing import key_of

# A slip is likely but not certain: what was written counts more than what we think was meant.
CORRECTED_WEIGHT = {1: 0.8, 2: 0.6}
MOST_WORDS_COMPLETED = 12
# A text with more unknown words than this was not mistyped, and to guess costs more than all the rest of a search.
MOST_CORRECTED = 8
RARE = 50
Guessing = Callable[[str], list[tuple[tuple[str, ...], float]]]


@dataclass
class Reading:
    """Answers from one snapshot. The word lists are made when first needed, once for all threads."""

    snapshot: Snapshot
    _vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    _scorers: dict[str, Scorer] = field(default_factory=dict)
    _message_scorers: dict[str, MessageScorer] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def search(self, query: Query, synonyms: Synonyms) -> Results:
        """See Engine.search."""
        groups = groups_of(query, synonyms)
        scorer = self._scorer(query.locale)
        ranking = Ranking(self.snapshot, query)
        known, guess = len(groups), self._guessing(query)
        if query.correct:
            groups, known = self._corrected(query, groups, guess)
        groups = self._finished(query, groups)
        total, facets = ranking.counted(scorer.matching(groups))
        text = self._corrected_text(query, groups, guess) if known < len(groups) else None
        marker = Marker(scorer.weights(groups), query.locale)
        hits = tuple(ranking.hit(candidate, marker) for candidate in self._best(ranking, scorer, groups))
        correction = Correction(text, is_used=known == 0) if text and total else None
        return Results(hits, total, self._with_other_languages(facets, query, synonyms), correction)

    def answering(self, query: Query, synonyms: Synonyms) -> tuple[Hit, ...]:
        """See Engine.answering."""
        scorer, ranking = self._message_scorer(query.locale), Ranking(self.snapshot, query)
        words = scorer.words(query, synonyms)
        marker = Marker(scorer.weights(words[:MARKED_WORDS]), query.locale)
        scores = scorer.best([*words, *scorer.pairs(query)], ranking.passing(), query.limit)
        return tuple(ranking.hit(candidate, marker) for candidate in ranking.heaviest(scores, query.limit))

    def lookup(self, subjects: Sequence[SubjectKey], query: Query) -> list[Hit]:
        """See Engine.lookup."""
        ranking = Ranking(self.snapshot, query)
        passes = ranking.passing()
        groups = groups_of(query, NO_SYNONYMS)
        marker = Marker(self._scorer(query.locale).weights(groups), query.locale)
        return [
            ranking.hit(Candidate(0.0, number, document), marker)
            for subject in subjects
            for number, document in self.snapshot.keyed(key_of(subject))
            if passes[self.snapshot.segments[number].places[document]]
        ]

    def explain(self, query: Query, subject: SubjectKey, synonyms: Synonyms) -> list[Contribution]:
        """See Engine.explain."""
        scorer, ranking = self._scorer(query.locale), Ranking(self.snapshot, replace(query, offset=0, limit=50))
        groups = groups_of(query, synonyms)
        groups = self._finished(
            query, self._corrected(query, groups, self._guessing(query))[0] if query.correct else groups
        )
        for one in self._best(ranking, scorer, groups):
            if ranking.hit(one, Marker({}, query.locale)).subject == subject:
                break
        else:
            return []
        reasons = [
            Contribution(f"{group.word} → {term} in {name}", round(points, 4), name, group.word, term)
            for group in groups
            for term, name, points in scorer.contributions(group, one.segment, one.document)
        ]
        if one.bonus:
            reasons.append(Contribution("the words stand together", round(one.points * one.bonus, 4), "together"))
        if one.has_exact_title:
            reasons.append(Contribution("the query is the title: first", 0.0, "exact"))
        return sorted(reasons, key=lambda reason: -reason.points)

    def complete(self, query: Query) -> Completions:
        """See Engine.complete."""
        typed = last_word(query)
        allowed = self.snapshot.allowed(query)
        vocabulary = self._vocabulary(query.locale)
        texts: list[str] = []
        if len(typed) >= SHORTEST_PREFIX:
            may_show = vocabulary.shown_to(allowed)
            words = vocabulary.words.completions(typed, query.limit, may_show)
            if not words and typed not in vocabulary.words:
                words = begun(typed, vocabulary.words, query.locale, may_show, query.limit)
            texts = [completed(query.text, typed, word) for word in words]
        titles = vocabulary.titles(query.text, query.limit, allowed) if len(query.text) >= SHORTEST_PREFIX else []
        return Completions(tuple(texts), tuple(titles))

    def correct(self, query: Query) -> str | None:
        """See Engine.correct."""
        return self._corrected_text(query, groups_of(query, NO_SYNONYMS), self._guessing(query))

    def _best(self, ranking: Ranking, scorer: Scorer, groups: list[Group]) -> list[Candidate]:
        # A tag is no place: whom it leaves out is known only after scoring, so everybody is scored then.
        most = ranking.most if not ranking.query.tags else max(ranking.most, self.snapshot.document_count)
        return ranking.best(scorer.best(groups, ranking.passing(), most))

    def _corrected(self, query: Query, groups: list[Group], guess: Guessing) -> tuple[list[Group], int]:
        """The groups, unknown words also standing for what they were probably meant to be; and how many were known.

        Only the first MOST_CORRECTED unknown ones are guessed at.
        """
        result, known = [], 0
        for group in groups:
            if self._is_known(group, query):
                known += 1
                result.append(group)
            elif len(result) - known < MOST_CORRECTED:
                result.append(group.with_terms(self._meant(group, query, guess)))
            else:
                result.append(group)
        return result, known

    def _meant(self, group: Group, query: Query, guess: Guessing) -> Iterator[tuple[str, float]]:
        for words, weight in guess(group.word):
            for word in words:
                yield from ((stem, weight) for stem in stems(word, query.locale))

    def _guessing(self, query: Query) -> Guessing:
        """For one search, which asks about a word more than once: each word is guessed at once."""
        return cache(lambda word: self._guesses(word, query))

    def _guesses(self, word: str, query: Query) -> list[tuple[tuple[str, ...], float]]:
        """Known words for an unknown one, the likeliest first, each with its weight; two words count as one guess."""
        word = word.lower()
        vocabulary = self._vocabulary(query.locale)
        may_show = vocabulary.shown_to(self.snapshot.allowed(query))
        found = guesses(word, vocabulary.words, query.locale, may_show)
        words: list[tuple[tuple[str, ...], float]] = [((one.word,), CORRECTED_WEIGHT[one.slips]) for one in found]
        if query.unfinished and word == last_word(query):
            words += [((one,), CORRECTED_WEIGHT[1]) for one in begun(word, vocabulary.words, query.locale, may_show)]
        if words:
            return words
        pair = split_in_two(word, vocabulary.words, may_show)
        return [(pair, CORRECTED_WEIGHT[1])] if pair else []

    def _corrected_text(self, query: Query, groups: list[Group], guess: Guessing) -> str | None:
        unknown = {g.word for g in groups if g.is_whole_word and not self._is_known(_original(g, query), query)}
        wanted = [one.text for one in tokens(query.text) if one.text in unknown and len(one.text) >= SHORTEST_CORRECTED]
        text = query.text
        for word in wanted[:MOST_CORRECTED]:
            found = guess(word)
            if found:
                text = text.replace(word, " ".join(found[0][0]), 1)
        return text if text != query.text else None

    def _is_known(self, group: Group, query: Query) -> bool:
        """Whether any term of the group stands in a document the viewer may see. A common one surely does."""
        if is_stop_word(group.word, query.locale) or group.word.isdigit():
            return True
        if query.unfinished and group.word.lower() == last_word(query) and self._may_become_one(group.word, query):
            return True
        allowed = None
        scorer = self._scorer(query.locale)
        for term, _ in group.terms:
            frequency = scorer.frequency(term)
            if frequency > RARE:
                return True
            if frequency:
                allowed = allowed or self.snapshot.allowed(query)
                if self._stands_in(term, scorer, allowed):
                    return True
        return False

    def _may_become_one(self, typed: str, query: Query) -> bool:
        """Whether a known word begins so; what begins like none has a slip in it already."""
        return len(typed) < SHORTEST_CORRECTED or bool(self._completions(query)(typed.lower()))

    def _stands_in(self, term: str, scorer: Scorer, allowed: bytearray) -> bool:
        return any(
            allowed[segment.places[document]]
            for number, segment in enumerate(self.snapshot.segments)
            for document in scorer.documents(number, term)
        )

    def _finished(self, query: Query, groups: list[Group]) -> list[Group]:
        typed = last_word(query)
        if len(typed) < SHORTEST_PREFIX:
            return groups
        return finished_by(groups, typed, self._completions(query), query.locale)

    def _completions(self, query: Query) -> Callable[[str], list[str]]:
        vocabulary = self._vocabulary(query.locale)
        may_show = vocabulary.shown_to(self.snapshot.allowed(query))
        return lambda prefix: vocabulary.words.completions(prefix, MOST_WORDS_COMPLETED, may_show)

    def _with_other_languages(self, facets: Facets, query: Query, synonyms: Synonyms) -> Facets:
        """The facets with the number of documents each other language would find."""
        if query.unfinished:
            return facets
        counts = dict(facets.locales)
        for locale in LANGUAGES:
            if locale != query.locale and self.snapshot.has(locale):
                other = replace(query, locale=locale, topics=frozenset(), tags=frozenset())
                matching = self._scorer(locale).matching(groups_of(other, synonyms))
                total, _ = Ranking(self.snapshot, other).counted(matching)
                if total:
                    counts[locale] = total
        return replace(facets, locales=counts)

    def _scorer(self, locale: str) -> Scorer:
        with self._lock:
            if locale not in self._scorers:
                self._scorers[locale] = Scorer(self.snapshot, locale)
            return self._scorers[locale]

    def _message_scorer(self, locale: str) -> MessageScorer:
        with self._lock:
            if locale not in self._message_scorers:
                self._message_scorers[locale] = MessageScorer(self.snapshot, locale)
            return self._message_scorers[locale]

    def _vocabulary(self, locale: str) -> Vocabulary:
        with self._lock:
            if locale not in self._vocabularies:
                self._vocabularies[locale] = Vocabulary(self.snapshot, locale)
            return self._vocabularies[locale]


def _original(group: Group, query: Query) -> Group:
    """The group with only the terms of the word as written."""
    own = set(stems(group.word, query.locale)) | {group.word.lower()}
    return replace(group, terms=tuple(pair for pair in group.terms if pair[0] in own))
