"""Where what editors expect stands now, and where it would stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core import subjects
from helpcenter.search import finding
from helpcenter.search.document import SubjectKey
from helpcenter.search.expectation import Expectation
from helpcenter.search.tuning import Tuning

DEPTH = 10


@dataclass(frozen=True)
class Placed:
    """An expectation and its place, 1 for the first; None: not among the first ten. `after` with the candidate."""

    row: Expectation
    now: int | None
    after: int | None

    @property
    def is_better(self) -> bool:
        """Whether the candidate lifts it."""
        return (self.after or DEPTH + 1) < (self.now or DEPTH + 1)

    @property
    def is_worse(self) -> bool:
        """Whether the candidate lowers it."""
        return (self.after or DEPTH + 1) > (self.now or DEPTH + 1)


def placed(rows: Sequence[Expectation], viewer: Viewer, candidate: Tuning | None = None) -> list[Placed]:
    """Each expectation with its place now, and with a candidate in force (the same without one).

    Asked as somebody who is not signed in; what such a person may not read, as the viewer.
    """
    public = _public([row.subject for row in rows])
    result = []
    for row in rows:
        asker = STRANGER if row.subject in public else viewer
        now = place_of(row, asker)
        result.append(Placed(row, now, place_of(row, asker, candidate) if candidate else now))
    return result


def place_of(row: Expectation, viewer: Viewer, tuning: Tuning | None = None) -> int | None:
    """The place of what is expected, 1 for the first; None: not among the first ten."""
    hits = finding.find(row.phrase, row.locale, viewer, limit=DEPTH, tuning=tuning).hits[:DEPTH]
    return next((place for place, hit in enumerate(hits, 1) if hit.subject == row.subject), None)


def _public(wanted: Sequence[SubjectKey]) -> set[SubjectKey]:
    known = dict(subjects.kinds())
    found: set[SubjectKey] = set()
    for kind in {kind for kind, _ in wanted} & known.keys():
        ids = [id for one, id in wanted if one == kind]
        found |= {(kind, id) for id in known[kind].visible(ids, STRANGER, "")}
    return found
