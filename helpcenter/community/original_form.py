"""Which question was asked before: the form, and what it offers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from helpcenter.accounts.viewer import Viewer
from helpcenter.community import suggestion
from helpcenter.community.duplicate import Loop
from helpcenter.community.moderation.merging import NotAlike
from helpcenter.community.question import SUBJECT, Question
from helpcenter.community.suggestion import Suggestion
from helpcenter.community.visibility import readable
from helpcenter.core.forms import Form, strip
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id_or_none

MOST_SIMILAR = 6
_NUMBER = re.compile(r"(?:.*/questions/)?(\d+)(?:-[^/]*)?/?")


class OriginalForm(Form):
    """Which question was asked before: its address or its number."""

    original = StringField(_l("The question that was asked before"), filters=[strip])

    def question(self, viewer: Viewer) -> Question | None:
        """The question that is meant; None, with the reason in the form, where there is none."""
        found = _NUMBER.fullmatch((self.original.data or "").partition("?")[0].partition("#")[0])
        number = row_id_or_none(found[1]) if found else None
        try:
            row = readable(number or 0, viewer)
        except NotFound:
            self.refuse("original", _("There is no such question. Give its address, or its number."))
            return None
        if not row.can_be_solved:
            self.refuse("original", _("That is an experience. Choose a question."))
            return None
        return row

    def refuse_for(self, problem: ValueError) -> None:
        """Say why a question can not point to the one that was chosen."""
        if isinstance(problem, Loop):
            self.refuse("original", _("That is this question, or one that points here."))
        elif isinstance(problem, NotAlike):
            self.refuse(
                "original", _("That one is in another language. Both would be on one page, so they need the same one.")
            )
        else:
            self.refuse("original", _("Not everyone who can read this question can read that one."))


def similar_questions(row: Question, viewer: Viewer) -> Sequence[Suggestion]:
    """What may be the same question, the likeliest first."""
    found = suggestion.suggestions(row.title, row.plain_text, row.locale, viewer, 2 * MOST_SIMILAR)
    return [one for one in found if one.kind == SUBJECT and one.id != row.id][:MOST_SIMILAR]
