"""What an index answers: search, completion, correction, explanation; the same whatever engine holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from helpcenter.search.completion import SHORTEST_PREFIX, completed
from helpcenter.search.correction import begun
from helpcenter.search.document import SubjectKey
from helpcenter.search.engine import Completions, Contribution, Correction, Hit, Results
from helpcenter.search.guessing import Guessing
from helpcenter.search.message import MARKED_WORDS, pairs_of, words_of
from helpcenter.search.place import counted
from helpcenter.search.query import MOST_RESULTS, Query
from helpcenter.search.ranking import Ranking
from helpcenter.search.snippets import Marker
from helpcenter.search.source import Candidate, Source
from helpcenter.search.synonyms import NO_SYNONYMS, Synonyms
from helpcenter.search.terms import Group, groups_of, last_word
from helpcenter.search.weighing import rarity


@dataclass(frozen=True)
class Reading:
    """Answers from one state of an index, `source` making what is asked about a query."""

    source: Callable[[Query], Source]

    def search(self, query: Query, synonyms: Synonyms) -> Results:
        """See Engine.search."""
        source = self.source(query)
        groups, others = groups_of(query, synonyms), _in_other_languages(query, synonyms, source)
        source.expect({query.locale: _terms(groups), **{locale: _terms(found) for locale, found in others.items()}})
        known, guessing = len(groups), Guessing(query, source)
        if query.correct:
            groups, known = guessing.corrected(groups)
        groups = guessing.finished(groups)
        text = guessing.text(groups) if known < len(groups) else None
        ranking = Ranking(source, query)
        found = source.found(groups, others, ranking.most)
        total, facets = counted(found.places, query)
        hits = ranking.hits(ranking.page(found.candidates), _marker(groups, query, source))
        return Results(hits, total, facets, Correction(text, is_used=known == 0) if text and total else None)

    def answering(self, query: Query, synonyms: Synonyms) -> tuple[Hit, ...]:
        """See Engine.answering."""
        source = self.source(query)
        words = words_of(query, synonyms, source)
        ranking = Ranking(source, query)
        # Twice as many: of those that are equal at the end of the list, the same stand in it in every index.
        candidates = ranking.first(source.about([*words, *pairs_of(query, source)], 2 * query.limit))
        return ranking.hits(candidates, _marker(words[:MARKED_WORDS], query, source))

    def lookup(self, subjects: Sequence[SubjectKey], query: Query) -> list[Hit]:
        """See Engine.lookup."""
        source, groups = self.source(query), groups_of(query, NO_SYNONYMS)
        keys = source.keys(subjects)
        if not keys:
            return []
        source.expect({query.locale: _terms(groups)})
        candidates = [Candidate(0.0, key) for key in keys]
        return list(Ranking(source, query).hits(candidates, _marker(groups, query, source)))

    def explain(self, query: Query, subject: SubjectKey, synonyms: Synonyms) -> list[Contribution]:
        """See Engine.explain."""
        query = replace(query, offset=0, limit=MOST_RESULTS)
        source, groups = self.source(query), groups_of(query, synonyms)
        source.expect({query.locale: _terms(groups)})
        guessing, ranking = Guessing(query, source), Ranking(source, query)
        groups = guessing.finished(guessing.corrected(groups)[0] if query.correct else groups)
        page = ranking.page(source.found(groups, {}, ranking.most).candidates)
        shown = source.shown([one.key for one in page])
        one = next((one for one in page if one.key in shown and shown[one.key].subject == subject), None)
        return _reasons(one, groups, source) if one else []

    def complete(self, query: Query) -> Completions:
        """See Engine.complete."""
        source, typed = self.source(query), last_word(query)
        texts: list[str] = []
        if len(typed) >= SHORTEST_PREFIX:
            words = source.words.completions(typed, query.limit)
            if not words and not source.words.counts([typed]):
                words = begun(typed, source.words, query.locale, query.limit)
            texts = [completed(query.text, typed, word) for word in words]
        titles = source.titles(query.text, query.limit) if len(query.text) >= SHORTEST_PREFIX else []
        return Completions(tuple(texts), tuple(titles))

    def correct(self, query: Query) -> str | None:
        """See Engine.correct."""
        source, groups = self.source(query), groups_of(query, NO_SYNONYMS)
        source.expect({query.locale: _terms(groups)})
        return Guessing(query, source).text(groups)


def _in_other_languages(query: Query, synonyms: Synonyms, source: Source) -> Mapping[str, list[Group]]:
    """The groups in each other language: how many documents it would find is said beside the results."""
    if query.unfinished:
        return {}
    others = (locale for locale in source.languages() if locale != query.locale)
    return {locale: groups_of(replace(query, locale=locale), synonyms) for locale in others}


def _terms(groups: Sequence[Group]) -> set[str]:
    return {term for group in groups for term, _ in group.terms}


def _marker(groups: Sequence[Group], query: Query, source: Source) -> Marker:
    """Marks what the groups look for, each known term by how telling it is, its weight in the group included."""
    weights: dict[str, float] = {}
    for group in groups:
        for term, weight in group.terms:
            frequency = source.frequency(term)
            if frequency:
                weights[term] = max(weights.get(term, 0.0), weight * rarity(source.count(), frequency))
    return Marker(weights, query.locale)


def _reasons(one: Candidate, groups: Sequence[Group], source: Source) -> list[Contribution]:
    reasons = [
        Contribution(f"{group.word} → {term} in {name}", round(points, 4), name, group.word, term)
        for group in groups
        for term, name, points in source.contributions(group, one.key)
    ]
    if one.bonus:
        reasons.append(Contribution("the words stand together", round(one.points * one.bonus, 4), "together"))
    if one.has_exact_title:
        reasons.append(Contribution("the query is the title: first", 0.0, "exact"))
    return sorted(reasons, key=lambda reason: -reason.points)
