"""How many found it helpful: one row a revision, always counted anew from the votes, never added up.

Public pages show a count from five votes on. They are kept by content version, so a vote does not make them cold: a
job raises the version once for all counts that changed since.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, ScalarSelect, String, Table, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, begin_write, db, upsert
from helpcenter.feedback import wilson
from helpcenter.feedback.helpful_vote import VOTE

SHOWN_FROM = 5
Subject = tuple[str, int]


class HelpfulTally(Model):
    """`carried_to` is the revision that took over the votes of this one; `shown_…` is what public pages were told."""

    __tablename__ = "helpful_tally"
    subject_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    yes: Mapped[int] = mapped_column(default=0)
    no: Mapped[int] = mapped_column(default=0)
    shown_yes: Mapped[int] = mapped_column(default=0)
    shown_no: Mapped[int] = mapped_column(default=0)
    carried_to: Mapped[int | None]


@dataclass(frozen=True)
class Tally:
    """The votes on a revision."""

    yes: int = 0
    no: int = 0

    @property
    def total(self) -> int:
        """All votes."""
        return self.yes + self.no

    @property
    def show_counts(self) -> bool:
        """Whether there are enough votes to say how many; a share of fewer says nothing."""
        return self.total >= SHOWN_FROM

    @property
    def share(self) -> float | None:
        """The share of yes, 0.0 to 1.0; None where there are too few votes for one."""
        return self.yes / self.total if self.show_counts else None

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends of the 95 % Wilson interval for the share of yes."""
        return wilson.interval(self.yes, self.total)


def of(subject: Subject, revision_id: int) -> Tally:
    """The votes on a revision; for a subject without revisions that is 0."""
    row = db.session.execute(_READ, key_of(subject, revision_id)).first()
    return Tally(row.yes, row.no) if row else Tally()


def of_many(subject_kind: str, revisions: Collection[tuple[int, int]]) -> dict[tuple[int, int], Tally]:
    """The votes on many revisions of a kind, each given and answered as subject id and revision id. One query."""
    rows = db.session.execute(
        select(HelpfulTally.subject_id, HelpfulTally.revision_id, HelpfulTally.yes, HelpfulTally.no).where(
            HelpfulTally.subject_kind == subject_kind,
            HelpfulTally.subject_id.in_({subject_id for subject_id, _ in revisions}),
            HelpfulTally.revision_id.in_({revision_id for _, revision_id in revisions}),
        )
    )
    found = {(row.subject_id, row.revision_id): Tally(row.yes, row.no) for row in rows}
    return {key: found.get(key, Tally()) for key in revisions}


def lock(subject: Subject, revision_id: int) -> int:
    """Lock the tally whose votes these are, until the commit; its revision, which is another after a carry-over.

    Every change of a vote begins with this lock: on PostgreSQL two recounts at once would each miss the other's vote.
    """
    key = key_of(subject, revision_id)
    target: int | None = db.session.execute(_LOCK, key).scalar()
    if target is None:
        row = upsert(HelpfulTally).values(subject_kind=subject[0], subject_id=subject[1], revision_id=revision_id)
        db.session.execute(row.on_conflict_do_nothing())
        target = db.session.execute(_LOCK, key).scalar()
    return revision_id if target in (None, revision_id) else lock(subject, target)


def recount(subject: Subject, revision_id: int) -> Tally:
    """Count the votes of a locked tally."""
    row = db.session.execute(_RECOUNT, key_of(subject, revision_id)).one()
    return Tally(row.yes, row.no)


def show_changes() -> bool:
    """Let public pages show what changed since the last time, with one raise for all; whether there was anything.

    Commits. Counts that no page shows do not make pages cold.
    """
    changed = or_(HelpfulTally.yes != HelpfulTally.shown_yes, HelpfulTally.no != HelpfulTally.shown_no)
    on_pages = or_(
        HelpfulTally.yes + HelpfulTally.no >= SHOWN_FROM, HelpfulTally.shown_yes + HelpfulTally.shown_no >= SHOWN_FROM
    )
    if db.session.execute(select(HelpfulTally.subject_id).where(changed, on_pages).limit(1)).first() is None:
        return False
    begin_write()
    # A row that a vote holds right now waits for the next time: holding some while waiting for others could deadlock.
    key = (HelpfulTally.subject_kind, HelpfulTally.subject_id, HelpfulTally.revision_id)
    free = select(*key).where(changed, on_pages).with_for_update(skip_locked=True)
    for kind, number, revision_id in db.session.execute(free).all():
        db.session.execute(_SHOWN, key_of((kind, number), revision_id))
    content_changed()
    db.session.commit()
    return True


def key_of(subject: Subject, revision_id: int) -> dict[str, str | int]:
    """The parameters of a statement about the votes on one revision."""
    return {"kind": subject[0], "number": subject[1], "revision": revision_id}


def about(table: Table) -> ColumnElement[bool]:
    """Rows of a table that are about the subject and revision given as `key_of` does."""
    return and_(
        table.c.subject_kind == bindparam("kind"),
        table.c.subject_id == bindparam("number"),
        table.c.revision_id == bindparam("revision"),
    )


def _count(helpful: bool) -> ScalarSelect[int]:
    return select(func.count()).where(about(VOTE), VOTE.c.helpful.is_(helpful)).scalar_subquery()


_TALLY = cast(Table, HelpfulTally.__table__)
_READ = select(_TALLY.c.yes, _TALLY.c.no).where(about(_TALLY))
_LOCK = select(func.coalesce(_TALLY.c.carried_to, _TALLY.c.revision_id)).where(about(_TALLY)).with_for_update()
_RECOUNT = (
    update(_TALLY).where(about(_TALLY)).values(yes=_count(True), no=_count(False)).returning(_TALLY.c.yes, _TALLY.c.no)
)
_SHOWN = update(_TALLY).where(about(_TALLY)).values(shown_yes=_TALLY.c.yes, shown_no=_TALLY.c.no)
