"""A comment, as people fill it in."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField, ValidationError

from helpcenter.community.comment import LONGEST_COMMENT
from helpcenter.community.form import PostForm, unix_lines
from helpcenter.core.forms import strip


class CommentForm(PostForm):
    """A few words."""

    text = TextAreaField(_l("Your comment"), filters=[unix_lines, strip])

    def validate_text(self, field: Any) -> None:
        """Something to read, and not much."""
        if not field.data:
            raise ValidationError(_("Write a few words first."))
        if len(field.data) > LONGEST_COMMENT:
            raise ValidationError(
                _("A comment has at most %(number)d characters. Write an answer instead.", number=LONGEST_COMMENT)
            )
