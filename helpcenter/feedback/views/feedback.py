"""The list of what readers wrote, for editors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from helpcenter.accounts.names import names_of
from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import locale, subjects
from helpcenter.core.paging import page_of
from helpcenter.core.row_id import row_id
from helpcenter.feedback import done, reason
from helpcenter.feedback.done import FeedbackDone
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.reason import REASONS
from helpcenter.feedback.tally import Subject
from helpcenter.feedback.written import Filter, written

PAGE_ROWS = 30
blueprint = Blueprint("feedback", __name__, url_prefix="/studio/feedback")


@dataclass(frozen=True)
class Row:
    """One thing a reader wrote. `url` is None where the subject's package is gone; `done_by` is a name."""

    vote: HelpfulVote
    title: str
    url: str | None
    subject: str
    reason: LazyString | None
    done: FeedbackDone | None
    done_by: str


@blueprint.get("")
def index() -> str:
    """What readers wrote, newest first."""
    require(current_viewer(), "read_feedback")
    wanted = Filter.of(request.args)
    page = page_of(written(wanted), HelpfulVote.id, request.args.get("after", type=row_id), PAGE_ROWS)
    older = wanted.as_query(after=page.next_after)
    return render_template(
        "feedback/index.html",
        rows=_rows(page.rows),
        wanted=wanted,
        reasons=reason.choices(),
        subject_title=_titles({wanted.subject}).get(wanted.subject, "") if wanted.subject else "",
        older_url=url_for("feedback.index", **older) if page.next_after else None,
    )


def _rows(votes: Sequence[HelpfulVote]) -> list[Row]:
    marks = done.marks_of(vote.id for vote in votes)
    names = names_of(mark.done_by for mark in marks.values())
    about = {vote.subject for vote in votes}
    titles = _titles(about)
    urls = {subject: _url(subject) for subject in about}
    return [
        Row(
            vote,
            titles.get(vote.subject) or _("Something that is no longer here"),
            urls[vote.subject],
            f"{vote.subject_kind}:{vote.subject_id}",
            REASONS.get(vote.reason or ""),
            mark := marks.get(vote.id),
            names.get(mark.done_by or 0, "") if mark else "",
        )
        for vote in votes
    ]


def _titles(about: set[Subject]) -> dict[Subject, str]:
    known = dict(subjects.kinds())
    found: dict[Subject, str] = {}
    for kind in {kind for kind, _number in about} & known.keys():
        numbers = [number for each, number in about if each == kind]
        found |= {(kind, number): title for number, title in known[kind].titles(numbers, locale.current()).items()}
    return found


def _url(subject: Subject) -> str | None:
    known = dict(subjects.kinds())
    kind, number = subject
    return known[kind].url(number, locale.current()) if kind in known else None
