"""The line below an article that only its editors see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.importers.imported_article import votes_before
from helpcenter.articles.stuck import StuckStep, stuck_steps
from helpcenter.articles.visibility import Reading
from helpcenter.feedback import tally
from helpcenter.search.leading import led_to
from helpcenter.search.wording import Wording


@dataclass(frozen=True)
class StaffLine:
    """Where to edit it, how its votes stand, what readers wrote, where they got stuck, what they searched for,
    how they voted before the article came here.
    """

    edit_url: str
    helpful_text: str
    feedback_url: str
    stuck: Sequence[StuckStep] = ()
    searches: Sequence[Wording] = ()
    before_text: str = ""

    @property
    def most_stuck(self) -> int:
        """The longest bar."""
        return max((row.people for row in self.stuck), default=0)


def staff_line(reading: Reading, viewer: Viewer) -> StaffLine | None:
    """The line for an editor; None for everyone else."""
    if not viewer.may("edit_articles"):
        return None
    votes = tally.of(("article", reading.article_id), reading.revision_id)
    return StaffLine(
        url_for("studio.edit", article_id=reading.article_id, language=reading.locale),
        _("%(yes)d yes, %(no)d no on this revision", yes=votes.yes, no=votes.no),
        url_for("feedback.index", subject=f"article:{reading.article_id}"),
        stuck_steps(reading.article_id, reading.revision_id),
        led_to(("article", reading.article_id), reading.locale),
        _before(reading.article_id),
    )


def _before(article_id: int) -> str:
    votes = votes_before(article_id)
    if votes is None:
        return ""
    said = _("before the move from %(system)s: %(yes)d yes, %(no)d no", system=votes.system, yes=votes.yes, no=votes.no)
    return str(said)
