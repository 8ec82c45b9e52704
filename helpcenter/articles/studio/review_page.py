"""What whoever looks at an article sees: the text line by line, what is new in it, and what was said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.names import names_of
from helpcenter.accounts.role import Role
from helpcenter.accounts.user import User
from helpcenter.articles import remark, review
from helpcenter.articles.remark import Remark
from helpcenter.articles.review import Review
from helpcenter.articles.revision import Revision
from helpcenter.articles.studio.opened import Opened
from helpcenter.core.db import db
from helpcenter.core.line_matches import matches


@dataclass(frozen=True)
class Said:
    """A remark as the page shows it."""

    id: int
    author: str
    text: str
    quote: str
    at: datetime
    is_settled: bool


@dataclass(frozen=True)
class Line:
    """A line of the text, from 1; `is_new` where readers do not see it yet."""

    number: int
    text: str
    is_new: bool
    remarks: Sequence[Said]


@dataclass(frozen=True)
class ReviewPage:
    """`lost` are remarks whose line is gone; `review` is the one asked for last."""

    lines: Sequence[Line]
    lost: Sequence[Said]
    review: Review | None
    names: Mapping[int, str]
    is_approved: bool
    waiting: int


def review_page(opened: Opened, latest: Revision) -> ReviewPage:
    """Everything on the page for the latest words."""
    assert opened.edition is not None
    placed = remark.placed(opened.edition, latest.body)
    last = review.last_of(opened.edition.id)
    people = [last.asked_by, last.reviewer_id, last.decided_by] if last else []
    names = names_of([*people, *(one.author_id for _line, one in placed)])
    lines = latest.body.split("\n")
    live = opened.live
    stayed = set(matches(live.body.split("\n"), lines).values()) if live else set()
    by_line: dict[int, list[Said]] = {}
    lost = []
    for place, one in placed:
        said = _said(one, names)
        if place is None:
            lost.append(said)
        else:
            by_line.setdefault(place, []).append(said)
    return ReviewPage(
        [
            Line(number, text, number - 1 not in stayed and bool(live), by_line.get(number, ()))
            for number, text in enumerate(lines, start=1)
        ],
        lost,
        last,
        names,
        review.is_approved(opened.edition, latest),
        sum(1 for _line, one in placed if one.settled_at is None),
    )


def _said(one: Remark, names: Mapping[int, str]) -> Said:
    author = names.get(one.author_id, "")
    return Said(one.id, author, one.text, one.quote, one.created_at, one.settled_at is not None)


def reviewers(but: int | None) -> list[tuple[str, str]]:
    """Whom one can ask, by name, and first nobody in particular."""
    editors = [user.holders(role).with_only_columns(User.id) for role in (Role.EDITOR, Role.ADMIN)]
    wanted = select(User.id, User.name).where(User.id.in_(editors[0].union(editors[1])), User.id != (but or 0))
    rows = db.session.execute(wanted.order_by(User.name, User.id))
    return [("", _("Whoever has time")), *((str(row.id), row.name) for row in rows)]
