"""Finding things for a viewer: synonyms and pins on top of the engine, a second look into the database below it.

The engine filters by what the viewer may see, and everything it answers is asked about again, so an index that is older
than a permission never leaks. When the index can not answer, titles from the database do.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import clock, subjects
from helpcenter.search import outbox
from helpcenter.search.document import SubjectKey
from helpcenter.search.engine import Answers, Completions, Contribution, EngineDamaged, EngineError, Hit, Results
from helpcenter.search.engines import engine
from helpcenter.search.languages import LANGUAGES
from helpcenter.search.passage import Part
from helpcenter.search.pinning import pinned_first, pinned_for
from helpcenter.search.query import Query
from helpcenter.search.title_match import TitleMatch
from helpcenter.search.tuning import Tuning, tuning_now
from helpcenter.topics.audience import seen_by
from helpcenter.topics.tree import tree

ANY: frozenset[str] = frozenset()
PASSAGE_LENGTH = 220
# As one types, a passage is all that is read, so it is longer.
ANSWER_LENGTH = 400
MOST_SUGGESTED = 8
MOST_WAITING_ASKED = 100
STALE_AFTER = timedelta(minutes=10)
log = logging.getLogger("helpcenter.search")


def find(
    text: str,
    locale: str,
    viewer: Viewer,
    *,
    kinds: frozenset[str] = ANY,
    topics: frozenset[int] = frozenset(),
    tags: frozenset[str] = ANY,
    limit: int = 10,
    offset: int = 0,
    correct: bool = True,
    tuning: Tuning | None = None,
) -> Results:
    """What the viewer may read about a text, best first. Raises ValueError for a limit or language out of range.

    On the first page pinned results stand above the `limit` ranked ones, so that none of those is lost between two
    pages. `tuning` is what editors would like to try; without it what counts now is obeyed.

    `total` and `facets` are None when the second look took a hit away, when the index still holds what was hidden from
    the viewer a moment ago, or when only titles were asked: then they would say something about what is hidden, or
    nothing true. `is_degraded`: only titles, or an index that is long behind.
    """
    query = replace(
        query_of(text, locale, viewer),
        kinds=kinds,
        topics=topics,
        tags=tags,
        limit=limit,
        offset=offset,
        correct=correct,
    )
    state = outbox.waiting()
    try:
        if engine().applied() < state.applied:
            raise EngineDamaged("the index lacks changes that the database remembers as applied")
        results = looked_up_again(ranked(query, tuning or tuning_now(), engine()), query, viewer)
        if state.newest and _is_behind(query, viewer):
            results = replace(results, total=None, facets=None, correction=None)
    except EngineError as error:
        return _by_title(query, viewer, error)
    is_stale = state.oldest_at is not None and clock.now() - state.oldest_at > STALE_AFTER
    return replace(results, is_degraded=is_stale)


def suggest(text: str, locale: str, viewer: Viewer, limit: int = MOST_SUGGESTED) -> tuple[Hit, ...]:
    """The best for a text that is still being typed, each with the passage that may already answer."""
    query = replace(query_of(text, locale, viewer, unfinished=True), limit=limit, passage_length=ANSWER_LENGTH)
    try:
        return looked_up_again(ranked(query, tuning_now(), engine()), query, viewer).hits[:limit]
    except EngineError as error:
        return _by_title(query, viewer, error).hits


def answering(
    message: str, locale: str, viewer: Viewer, *, kinds: frozenset[str] = ANY, limit: int = 3
) -> tuple[Hit, ...]:
    """What the viewer may read and what may answer a message that is meant for a person; the best first.

    Nothing while the index is out of order: no title holds every word of a message.
    """
    query = replace(query_of(message, locale, viewer, is_message=True), kinds=kinds, limit=limit)
    try:
        hits = engine().answering(query, tuning_now().synonyms)
    except EngineError as error:
        _note(error)
        return ()
    return looked_up_again(Results(hits), query, viewer).hits


def complete(text: str, locale: str, viewer: Viewer, limit: int = MOST_SUGGESTED) -> Completions:
    """What a text that is still being typed may become.

    Nothing while the index is out of order, or still holds what was hidden from the viewer a moment ago.
    """
    query = replace(query_of(text, locale, viewer, unfinished=True), limit=limit)
    try:
        return Completions() if outbox.waiting().newest and _is_behind(query, viewer) else engine().complete(query)
    except EngineError as error:
        _note(error)
        return Completions()


def explain(text: str, locale: str, viewer: Viewer, subject: SubjectKey) -> list[Contribution]:
    """Why a thing ranks where it does for a text. Raises EngineError."""
    return engine().explain(query_of(text, locale, viewer), subject, tuning_now().synonyms)


def query_of(text: str, locale: str, viewer: Viewer, *, unfinished: bool = False, is_message: bool = False) -> Query:
    """A text as a question of this viewer: what may be seen is read from the database."""
    return Query(
        text,
        locale,
        visible_topics=tree().visible_ids(viewer),
        audience=frozenset(str(audience) for audience in seen_by(viewer)),
        unfinished=unfinished,
        is_message=is_message,
        passage_length=PASSAGE_LENGTH,
    )


def ranked(query: Query, tuning: Tuning, index: Answers) -> Results:
    """What an index finds, with the pinned results first. Raises EngineError."""
    results = index.search(query, tuning.synonyms)
    corrected = results.correction if results.correction and results.correction.is_used else None
    subjects_pinned = pinned_for(corrected.text if corrected else query.text, query.locale, tuning.pins)
    if not subjects_pinned:
        return results
    pinned = index.lookup(subjects_pinned, query)
    if query.offset:
        taken = {hit.subject for hit in pinned}
        return replace(results, hits=tuple(hit for hit in results.hits if hit.subject not in taken))
    hits = pinned_first(results.hits, pinned)
    return replace(results, hits=hits, total=max(results.total or 0, len(hits)))


def looked_up_again(
    results: Results, query: Query, viewer: Viewer, besides: frozenset[SubjectKey] = frozenset()
) -> Results:
    """The results without what the database hides from the viewer. `besides` is taken as shown."""
    visible = set(besides)
    for kind in {hit.kind for hit in results.hits}:
        ids = [hit.id for hit in results.hits if hit.kind == kind]
        visible.update((kind, id) for id in _visible(kind, ids, viewer, query.locale))
    hits = tuple(hit for hit in results.hits if hit.subject in visible)
    if len(hits) == len(results.hits):
        return results
    # A correction may have been made from what was just taken away.
    return replace(results, hits=hits, total=None, facets=None, correction=results.correction if hits else None)


def _is_behind(query: Query, viewer: Viewer) -> bool:
    """Whether the index would still show this viewer something that waits to be taken out of their sight.

    A count or a word can not be looked up again as a hit can; so it is asked of everything that waits, in any language.
    """
    waiting = outbox.next_batch(MOST_WAITING_ASKED + 1).subjects
    if len(waiting) > MOST_WAITING_ASKED:
        return True
    plain = replace(query, kinds=ANY, topics=frozenset(), tags=ANY)
    held = {hit.subject for locale in LANGUAGES for hit in engine().lookup(waiting, replace(plain, locale=locale))}
    visible: set[SubjectKey] = set()
    for kind in {kind for kind, _ in held}:
        visible.update(
            (kind, id) for id in _visible(kind, [id for one, id in held if one == kind], viewer, query.locale)
        )
    return not held <= visible


def _visible(kind: str, ids: Sequence[int], viewer: Viewer, locale: str) -> set[int]:
    try:
        return subjects.subject(kind).visible(ids, viewer, locale)
    except KeyError:
        return set()


def _by_title(query: Query, viewer: Viewer, error: EngineError) -> Results:
    """Titles from the database that hold every word, the kinds one after the other."""
    _note(error)
    hits: list[Hit] = []
    most = query.offset + query.limit
    for kind, subject in subjects.kinds():
        if query.text and len(hits) < most and (not query.kinds or kind in query.kinds):
            matches = subject.title_matches(query.text, query.locale, viewer, most - len(hits))
            hits += [_hit(kind, match) for match in matches if not query.topics or match.topic_id in query.topics]
    return Results(tuple(hits[query.offset : most]), total=None, facets=None, is_degraded=True)


def _hit(kind: str, match: TitleMatch) -> Hit:
    return Hit(
        kind=kind,
        id=match.id,
        locale=match.locale,
        score=0.0,
        title=match.title,
        passage=(Part(match.summary),) if match.summary else (),
        topic_id=match.topic_id,
        audience="",
        updated_at=match.updated_at,
        solved=match.solved,
    )


def _note(error: EngineError) -> None:
    log.warning("search answers from titles: %s", error)
    if isinstance(error, EngineDamaged):
        engine().doubt()
