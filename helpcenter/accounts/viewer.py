"""Whoever looks at a page: a small value read once a request, not a row that drags its session along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import g

from helpcenter.accounts import permissions
from helpcenter.accounts.role import STAFF, Role


@dataclass(frozen=True)
class Viewer:
    """A person, or a stranger (id None). `time_zone` is an IANA name, '' follows the site.

    `unread` counts what they were told and have not read. `second_step_due` is when the site wants them to log in with
    two steps, None for whoever does or need not; from then on their roles of the team are `withheld`.
    """

    id: int | None = None
    name: str = ""
    email: str = ""
    roles: frozenset[Role] = frozenset()
    locale: str = ""
    time_zone: str = ""
    theme: str = "auto"
    shortcuts: bool = True
    is_confirmed: bool = False
    session_id: int | None = None
    last_seen_at: datetime | None = None
    unread: int = 0
    second_step_due: datetime | None = None
    withheld: frozenset[Role] = frozenset()

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.id is not None

    @property
    def is_staff(self) -> bool:
        """Editor, agent or admin."""
        return bool(self.roles & STAFF)

    @property
    def reads_as_staff(self) -> bool:
        """Whether their reading is not a customer's, also while their roles wait."""
        return bool((self.roles | self.withheld) & STAFF)

    @property
    def is_held_back(self) -> bool:
        """Whether roles of theirs wait until they log in with two steps."""
        return bool(self.withheld)

    @property
    def is_partner(self) -> bool:
        """Whether what they say bears the badge of a partner: nobody of the team."""
        return Role.PARTNER in self.roles and not self.is_staff

    def may(self, verb: str) -> bool:
        """Whether the permissions table lets this viewer do it. Raises KeyError for a verb it does not know."""
        return permissions.allows(self, verb)


STRANGER = Viewer()


def current_viewer() -> Viewer:
    """Whoever makes this request; a stranger outside of one."""
    return g.get("viewer") or STRANGER
