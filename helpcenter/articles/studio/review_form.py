"""What an editor says when they ask for a review, decide about one, or make a remark."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from helpcenter.articles import remark, review
from helpcenter.articles.review import Decision
from helpcenter.articles.studio.article_form import unix_lines
from helpcenter.core.forms import Form, strip
from helpcenter.core.row_id import row_id_or_none


class AskingForm(Form):
    """Whom, and what they should look at."""

    reviewer = SelectField(_l("Who should review it"), validate_choice=True)
    words = TextAreaField(
        _l("What should they look at?"), [Length(max=review.LONGEST_WORDS)], filters=[strip, unix_lines]
    )

    @property
    def reviewer_id(self) -> int | None:
        """None: whoever has the time."""
        return row_id_or_none(self.reviewer.data or "")


class DecisionForm(Form):
    """`revision` is what they looked at."""

    answer = TextAreaField(_l("Your verdict"), [Length(max=review.LONGEST_WORDS)], filters=[strip, unix_lines])
    revision = HiddenField()

    def decision_of(self, said: Any, *, has_remarks: bool) -> Decision | None:
        """The decision of the button that was pressed; None where the form says what is wrong."""
        decision = Decision(said) if said in (Decision.APPROVED, Decision.CHANGES, Decision.WITHDRAWN) else None
        if decision is Decision.CHANGES and not self.answer.data and not has_remarks:
            self.refuse("answer", _("Say what should change, here or as a remark on a line."))
        return None if self.errors else decision


class RemarkForm(Form):
    """A remark on a line of a revision."""

    text = TextAreaField(
        _l("Remark"),
        [DataRequired(_l("Write the remark first.")), Length(max=remark.LONGEST_TEXT)],
        filters=[strip, unix_lines],
    )
    line = HiddenField()
    revision = HiddenField()
