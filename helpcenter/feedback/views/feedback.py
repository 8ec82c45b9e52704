"""The list of what readers wrote, for editors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _

from helpcenter.accounts.names import names_of
from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import locale, subjects
from helpcenter.core.paging import page_of
from helpcenter.core.row_id import row_id
from helpcenter.feedback import dealt_with, part, reason, thanks, vote_address
from helpcenter.feedback.dealt_with import FeedbackState
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.part import Bar, Part
from helpcenter.feedback.reason import REASONS
from helpcenter.feedback.state import NAMES
from helpcenter.feedback.subject import titles_of
from helpcenter.feedback.tally import Subject
from helpcenter.feedback.written import Filter, reasons_of, written

PAGE_ROWS = 30
blueprint = Blueprint("feedback", __name__, url_prefix="/studio/feedback")


@dataclass(frozen=True)
class Row:
    """One thing a reader wrote. `url` is None where the subject's package is gone; `set_by` is a name.

    `may_thank`: there is a way to the reader, who was not thanked yet.
    """

    vote: HelpfulVote
    title: str
    url: str | None
    subject: str
    reason: LazyString | None
    state: FeedbackState | None
    set_by: str
    may_thank: bool


@blueprint.get("")
def index() -> str:
    """What readers wrote, newest first."""
    require(current_viewer(), "read_feedback")
    wanted = Filter.of(request.args)
    kept, after = request.args.get("kept", type=row_id), request.args.get("after", type=row_id)
    page = page_of(written(wanted, kept), HelpfulVote.id, after, PAGE_ROWS)
    older = wanted.as_query(after=page.next_after)
    return render_template(
        "feedback/index.html",
        rows=_rows(page.rows),
        wanted=wanted,
        after=after,
        states=NAMES,
        parts=_parts(wanted.subject) if wanted.subject else [],
        reasons=reason.choices(),
        subject_title=titles_of([wanted.subject], locale.current()).get(wanted.subject, "") if wanted.subject else "",
        older_url=url_for("feedback.index", **older) if page.next_after else None,
    )


def _rows(votes: Sequence[HelpfulVote]) -> list[Row]:
    states = dealt_with.states_of(vote.id for vote in votes)
    addresses = vote_address.beside(vote.id for vote in votes)
    names = names_of(one.set_by for one in states.values())
    about = {vote.subject for vote in votes}
    titles = titles_of(about, locale.current())
    urls = {subject: _url(subject) for subject in about}
    return [
        Row(
            vote,
            titles.get(vote.subject) or _("Something that is no longer here"),
            urls[vote.subject],
            f"{vote.subject_kind}:{vote.subject_id}",
            REASONS.get(vote.reason or ""),
            state := states.get(vote.id),
            names.get(state.set_by or 0, "") if state else "",
            (vote.id in addresses or thanks.user_of(vote) is not None) and not (state and state.is_thanked),
        )
        for vote in votes
    ]


def _parts(subject: Subject) -> list[Part]:
    counts = reasons_of(subject)
    bars = [
        Bar(str(label), counts[code], ngettext("%(num)d reader", "%(num)d readers", counts[code]))
        for code, label in REASONS.items()
        if code in counts
    ]
    own = [Part(_("Why it did not help"), bars)] if bars else []
    return [*own, *part.parts_of(subject)]


def _url(subject: Subject) -> str | None:
    known = dict(subjects.kinds())
    kind, number = subject
    return known[kind].url(number, locale.current()) if kind in known else None
