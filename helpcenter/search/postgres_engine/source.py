"""What the tables answer to the rules of searching."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection

from helpcenter.search.document import SubjectKey
from helpcenter.search.folding import cleaned, folded
from helpcenter.search.guessing import RARE
from helpcenter.search.known_words import KnownWords
from helpcenter.search.place import Place
from helpcenter.search.postgres_engine import statements
from helpcenter.search.postgres_engine.errors import IndexMoved
from helpcenter.search.postgres_engine.figures import (
    UNKNOWN,
    Figures,
    Posting,
    Term,
    message_factors,
    message_parameters,
)
from helpcenter.search.postgres_engine.sight import Sight, array
from helpcenter.search.postgres_engine.state import State
from helpcenter.search.postgres_engine.statements import LAST_CHARACTER, of_slot
from helpcenter.search.postgres_engine.tables import LARGEST_ID
from helpcenter.search.postgres_engine.words import TableWords
from helpcenter.search.query import Query, shortened
from helpcenter.search.ranking import JUDGED_FOR_TITLE
from helpcenter.search.source import Candidate, Found, Key, Shown
from helpcenter.search.terms import Group

NO_GROUP = -1


class Wanted(NamedTuple):
    """A term to be found: its number, its group, and the factors of its points."""

    term: int
    group: int
    factors: tuple[float, ...]


class TableSource:
    """See Source. A document's key is its number. Made for one query on one state of the index.

    `without` are documents of the tables that are taken as gone.
    """

    def __init__(self, connection: Connection, state: State, query: Query, without: Sequence[int] = ()) -> None:
        self._connection, self._state, self._query = connection, state, query
        self._sight = Sight(state, query)
        self._without, self._lacks_some = array(without), bool(without)
        self._terms: dict[tuple[str, str], Term] = {}
        self._shown: dict[Key, Shown] = {}
        self._bodies: dict[Key, str] = {}

    @cached_property
    def words(self) -> KnownWords:
        """See Source.words."""
        return TableWords(self._connection, self._state.slot, self._query.locale, self._sight.allowed)

    def languages(self) -> Collection[str]:
        """See Source.languages."""
        return [locale for locale, one in self._state.statistics.items() if one.documents]

    def expect(self, terms: Mapping[str, Collection[str]]) -> None:
        """See Source.expect. One statement for all that were not asked about before."""
        wanted = self._unasked(terms)
        if not wanted:
            return
        self._terms.update(dict.fromkeys(wanted, UNKNOWN))
        locales, names = zip(*wanted, strict=True)
        given = {"locales": list(locales), "terms": list(names), "rare": RARE, "allowed": self._sight.allowed}
        given["without"] = self._without
        for locale, term, number, title, keyword, body, is_seen in self._asked(statements.TERMS, given):
            self._terms[locale, term] = Term(number, (title, keyword, body), is_seen)

    def frequency(self, term: str) -> int:
        """See Source.frequency."""
        return self._term(term).frequency

    def count(self) -> int:
        """See Source.count."""
        return self._figures.documents

    def is_seen(self, term: str) -> bool:
        """See Source.is_seen."""
        return self._term(term).is_seen

    def found(self, groups: Sequence[Group], others: Mapping[str, Sequence[Group]], most: int) -> Found:
        """See Source.found."""
        self.expect({self._query.locale: {term for group in groups for term, _ in group.terms}})
        rows = self._wanted(groups, lambda _, known, weight: self._figures.factors(known, weight))
        # What other languages find is counted only.
        elsewhere = {
            known.number
            for locale, found in others.items()
            for group in found
            for term, _ in group.terms
            if (known := self._terms[locale, term]).number
        }
        return self._scored(rows, elsewhere, statements.SEARCH_POINTS, self._figures.parameters, most)

    def about(self, groups: Sequence[Group], most: int) -> list[Candidate]:
        """See Source.about."""
        rows = self._wanted(groups, lambda term, known, weight: message_factors(self.count(), term, known, weight))
        parameters = message_parameters(self._state.of(self._query.locale))
        return list(self._scored(rows, (), statements.MESSAGE_POINTS, parameters, most).candidates)

    def titled(self, keys: Collection[Key], terms: Sequence[str]) -> Collection[Key]:  # noqa: ARG002
        """See Source.titled. To ask would take longer than to look at the few."""
        return keys

    def shown(self, keys: Collection[Key]) -> Mapping[Key, Shown]:
        """See Source.shown. Whoever gave a key was told then what is shown of its document."""
        return {key: self._shown[key] for key in keys}

    def bodies(self, keys: Collection[Key]) -> Mapping[Key, str]:
        """See Source.bodies."""
        missing = [key[0] for key in keys if key not in self._bodies]
        if missing:
            self._bodies |= {(id,): body for id, body in self._asked(statements.BODIES, {"ids": array(missing)})}
        return {key: self._bodies[key] for key in keys if key in self._bodies}

    def keys(self, subjects: Sequence[SubjectKey]) -> list[Key]:
        """See Source.keys."""
        wanted = [(kind, id) for kind, id in subjects if 0 < id <= LARGEST_ID]
        if not wanted:
            return []
        kinds, ids = zip(*wanted, strict=True)
        given = {"kinds": list(kinds), "ids": list(ids), "locale": self._query.locale, "passing": self._sight.passing}
        return self._show(self._asked(statements.KEYS, given))

    def contributions(self, group: Group, key: Key) -> list[tuple[str, str, float]]:
        """See Source.contributions."""
        known = {term: self._term(term) for term, _ in group.terms}
        by_number = {one.number: term for term, one in known.items() if one.number}
        rows = self._asked(statements.POSTINGS, {"document": key[0], "terms": array(by_number)})
        postings = {by_number[row[0]]: Posting(tuple(row[1:4]), tuple(row[4:7])) for row in rows}
        return self._figures.best(group, known, postings)

    def titles(self, text: str, limit: int) -> list[str]:
        """See Source.titles."""
        wanted = folded(cleaned(text), self._query.locale)
        given = {"locale": self._query.locale, "first": wanted, "last": wanted + LAST_CHARACTER, "limit": limit}
        rows = self._asked(statements.TITLES, {**given, "allowed": self._sight.allowed})
        return list(dict.fromkeys(title for _, title in rows))

    def _wanted(
        self, groups: Sequence[Group], factors: Callable[[str, Term, float], tuple[float, ...]]
    ) -> list[Wanted]:
        """The terms of groups that the tables hold."""
        found = []
        for number, group in enumerate(groups):
            held = [(term, known, weight) for term, weight in group.terms if (known := self._term(term)).number]
            of_group = number if len(held) > 1 else NO_GROUP
            found += [Wanted(known.number, of_group, factors(term, known, weight)) for term, known, weight in held]
        return found

    def _scored(
        self, rows: list[Wanted], elsewhere: Iterable[int], points: str, parameters: Mapping[str, float], most: int
    ) -> Found:
        rows = [*rows, *(Wanted(number, NO_GROUP, (0.0, 0.0, 0.0)) for number in elsewhere)]
        if not rows:
            return Found((), {})
        title, keyword, body = (list(column) for column in zip(*(row.factors for row in rows), strict=True))
        given = {
            **{"terms": array(row.term for row in rows), "groups": array(row.group for row in rows)},
            **{"title": title, "keyword": keyword, "body": body, "most": most, "bodies": JUDGED_FOR_TITLE},
            **{"allowed": self._sight.allowed, "passing": self._sight.passing, "without": self._without, **parameters},
        }
        if self._query.tags:
            given |= {"tags": sorted(plain_tags(self._query.tags)), "here": self._sight.here}
        statement = statements.finding(
            self._state.slot,
            points,
            has_several=any(row.group != NO_GROUP for row in rows),
            is_tagged=bool(self._query.tags),
            lacks_some=self._lacks_some,
        )
        return self._read(self._connection.exec_driver_sql(statement, given).all())

    def _read(self, rows: Sequence[Any]) -> Found:
        places: dict[Place, int] = {}
        best: list[Candidate] = []
        build = 0
        for what, id, points, *head, body in rows:
            if what == 0:
                places[self._state.place(id)] = int(points)
            elif what == 1:
                best.append(Candidate(points, (id,)))
                self._show([(id, *head)])
                if body is not None:
                    self._bodies[id,] = body
            else:
                build = id
        if build != self._state.build:
            raise IndexMoved
        return Found(sorted(best, key=lambda one: (-one.points, one.key)), places)

    def _show(self, rows: Iterable[Any]) -> list[Key]:
        keys: list[Key] = []
        for id, place, subject_id, title, updated_at, solved in rows:
            self._shown[id,] = Shown(self._state.place(place), subject_id, title, updated_at, solved)
            keys.append((id,))
        return keys

    def _unasked(self, terms: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
        wanted = ((locale, term) for locale, some in terms.items() for term in some)
        return [one for one in wanted if one not in self._terms]

    def _term(self, term: str) -> Term:
        key = self._query.locale, term
        if key not in self._terms:
            self.expect({self._query.locale: (term,)})
        return self._terms[key]

    def _asked(self, statement: str, given: Mapping[str, Any]) -> Sequence[Any]:
        return self._connection.exec_driver_sql(of_slot(statement, self._state.slot), given).all()

    @cached_property
    def _figures(self) -> Figures:
        return Figures(self._state.of(self._query.locale))


def plain_tags(tags: Iterable[str]) -> set[str]:
    """Tags as the table has them. One that the database could not even be asked about is one that nothing has."""
    return {shortened(tag.lower()) for tag in tags}
