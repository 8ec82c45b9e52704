"""Who may use which route: the words in which each package's routes.py says it.

A row is one line: `"people.index": only("admin")`. What an address needs is made anew for each person by `args`, and a
form is sent by `data`; without it a POST is empty, so whoever may pass is told 422 or whatever the view answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.cast import Cast

# The person of the cast who stands for each word. Ben is the member to whom things belong, Cleo any other.
PEOPLE: dict[str, str | None] = {
    "stranger": None,
    "member": "ben",
    "other": "cleo",
    "editor": "ada",
    "agent": "sam",
    "moderator": "mia",
    "admin": "root",
}
TEAM = ("editor", "agent", "moderator", "admin")


def _nothing(_cast: Cast) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Route:
    """The status for each person; REFUSED is 403, and for a stranger the way to log in (303, a POST 401)."""

    statuses: Mapping[str, int]
    args: Callable[[Cast], Mapping[str, Any]] = field(default=_nothing)
    data: Callable[[Cast], Mapping[str, Any]] = field(default=_nothing)
    query: Mapping[str, str] = field(default_factory=dict)

    def but(self, **statuses: int) -> Route:
        """The same, with another status for some people."""
        return replace(self, statuses={**self.statuses, **statuses})


REFUSED = 0


def everyone(status: int = 200, **more: Any) -> Route:
    """The same for all, signed in or not."""
    return Route(dict.fromkeys(PEOPLE, status), **more)


def signed_in(status: int = 200, **more: Any) -> Route:
    """Whoever has an account."""
    return only(*(who for who in PEOPLE if who != "stranger"), status=status, **more)


def only(*who: str, status: int = 200, otherwise: int = REFUSED, **more: Any) -> Route:
    """Some people. `otherwise=404` is for what the others may not know of."""
    return Route({one: status if one in who else otherwise for one in PEOPLE}, **more)
