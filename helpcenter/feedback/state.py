"""What became of something a reader said: the few states that votes and suggestions share, with their names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class State(StrEnum):
    """new: nobody has looked; planned: it will be done; done; declined: it will not be."""

    NEW = "new"
    PLANNED = "planned"
    DONE = "done"
    DECLINED = "declined"


ENDS = frozenset({State.DONE, State.DECLINED})
"""After these nothing more is to be heard."""
NAMES: Mapping[State, LazyString] = {
    State.NEW: _l("New"),
    State.PLANNED: _l("Planned"),
    State.DONE: _l("Done"),
    State.DECLINED: _l("Declined"),
}


def state_in(text: str) -> State | None:
    """The state of this name; None for a word that is none."""
    return State(text) if text in {one.value for one in State} else None
