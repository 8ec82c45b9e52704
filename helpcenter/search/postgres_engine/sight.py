"""Which places a viewer sees, as arrays of their numbers in the form the database reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from helpcenter.search.postgres_engine.state import State
from helpcenter.search.query import Query


class Sight:
    """What the viewer of one query may be shown of one state. A place that is not listed is not shown."""

    def __init__(self, state: State, query: Query) -> None:
        self._state, self._query = state, query

    @cached_property
    def allowed(self) -> str:
        """The places whose documents the viewer may see, in any language."""
        return array(self.numbers)

    @cached_property
    def passing(self) -> str:
        """Those whose documents may be on the page."""
        query, places = self._query, self._state.places
        return array(number for number in self.numbers if places[number - 1].is_let_through(query))

    @cached_property
    def here(self) -> str:
        """Those in the language of the query."""
        locale, places = self._query.locale, self._state.places
        return array(number for number in self.numbers if places[number - 1].locale == locale)

    @cached_property
    def numbers(self) -> list[int]:
        """The places the viewer may see, by their numbers."""
        return [number for number, place in enumerate(self._state.places, 1) if place.is_seen_by(self._query)]


def array(numbers: Iterable[int]) -> str:
    """Numbers as PostgreSQL writes them: a list of Python would be taken apart and put together one by one."""
    return "{" + ",".join(map(str, numbers)) + "}"
