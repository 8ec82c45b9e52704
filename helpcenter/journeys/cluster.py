"""Who has to be judged together: browsers and users that signing in or merging has ever tied to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.journeys.event import Event
from helpcenter.journeys.person import Person
from helpcenter.journeys.visitor import VisitorRow

PORTION = 500
Item = TypeVar("Item")
_SIGN_INS = select(Event.visitor_id, Event.user_id).where(Event.kind == "signed_in")


@dataclass(frozen=True)
class Cluster:
    """Visitors and users of which no other one can become the same person."""

    visitors: frozenset[str]
    users: frozenset[int]

    @property
    def people(self) -> set[Person]:
        """Everybody they may turn out to be."""
        return {Person(name, is_user=False) for name in self.visitors} | {
            Person(name, is_user=True) for name in self.users
        }


Tie = tuple[str | int | None, str | int | None]


class Ties:
    """Who is tied to whom: in memory as much as there were sign-ins in different browsers."""

    def __init__(self, ties: Iterable[Tie]) -> None:
        self._groups: dict[str | int, set[str | int]] = {}
        for one, other in ties:
            if one is not None and other is not None:
                self._tie(one, other)

    @classmethod
    def of_everybody(cls) -> Ties:
        """Every tie of the site."""
        rows = db.session.execute(_SIGN_INS.distinct())
        return cls([*_merges(), *((visitor, user) for visitor, user in rows)])

    @classmethod
    def around(cls, names: Iterable[str | int]) -> Ties:
        """The ties of these and of whoever is tied to them, however far; what others did is not read."""
        ties: set[Tie] = set(_merges())
        seen: set[str | int] = set()
        new = set(names)
        while new := new - seen:
            seen |= new
            tied = {name for tie in ties for name in tie if name is not None and not new.isdisjoint(tie)}
            for kind, column in ((str, Event.visitor_id), (int, Event.user_id)):
                for some in portions([name for name in new if isinstance(name, kind)]):
                    found = {(visitor, user) for visitor, user in db.session.execute(_SIGN_INS.where(column.in_(some)))}
                    ties |= found
                    tied |= {name for tie in found for name in tie if name is not None}
            new = tied
        return cls(sorted(ties, key=str))

    def _tie(self, one: str | int, other: str | int) -> None:
        groups = self._groups
        small, large = sorted((groups.setdefault(one, {one}), groups.setdefault(other, {other})), key=len)
        if small is not large:
            large |= small
            groups.update(dict.fromkeys(small, large))

    def cluster(self, one: str | int) -> Cluster:
        """The cluster of a visitor (text) or a user (number)."""
        group = self._groups.get(one, {one})
        visitors = frozenset(name for name in group if isinstance(name, str))
        return Cluster(visitors, frozenset(name for name in group if isinstance(name, int)))

    def clusters(self, ones: Iterable[str | int]) -> list[Cluster]:
        """The different clusters of these, in the order in which they are named."""
        return list(dict.fromkeys(self.cluster(one) for one in ones))

    def everybody(self) -> Iterator[Cluster]:
        """Every cluster of the site once; a few hundred in memory at a time."""
        seen = {id(group): name for name, group in reversed(self._groups.items())}
        yield from (self.cluster(name) for name in seen.values())
        for column in (VisitorRow.id, Event.user_id):
            yield from (self.cluster(one) for one in _walked(column) if one not in self._groups)


def _merges() -> Iterator[Tie]:
    merges = select(Event.user_id, Event.detail).where(Event.kind == "accounts_merged")
    yield from ((user, detail["into"]) for user, detail in db.session.execute(merges))


def _walked(column: Any) -> Iterator[Any]:
    last: Any = None
    while True:
        page = select(column).where(column.is_not(None)).distinct().order_by(column).limit(PORTION)
        found = db.session.scalars(page if last is None else page.where(column > last)).all()
        if not found:
            return
        yield from found
        last = found[-1]


def portions(items: Collection[Item]) -> Iterator[Sequence[Item]]:
    """The items in pieces that one statement takes."""
    listed = list(items)
    for start in range(0, len(listed), PORTION):
        yield listed[start : start + PORTION]
