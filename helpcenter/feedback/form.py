"""The form of a vote: yes or no, then why, then words; bound to the revision the reader saw."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import AnyOf, Length
from wtforms.validators import Optional as MayBeEmpty

from helpcenter.accounts import email_address
from helpcenter.accounts.fields import check_email
from helpcenter.core.forms import Form, strip
from helpcenter.feedback import ballot
from helpcenter.feedback.ballot import BadBallot
from helpcenter.feedback.helpful_vote import LONGEST_COMMENT
from helpcenter.feedback.reason import REASONS
from helpcenter.feedback.tally import Subject
from helpcenter.journeys import page_token
from helpcenter.journeys.page_token import BadToken

STALE = _l("This page is no longer the one you opened. Please reload it and vote again.")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def _plain(value: Any) -> Any:
    """Line ends as one character, as the browser counts them, and nothing that a database can not keep."""
    return _UNPRINTABLE.sub("", value.replace("\r\n", "\n")) if isinstance(value, str) else value


class VoteForm(Form):
    """Reads `answer` (yes, no), `revision_id` (a ballot), `token` (of the page, if it has one), `reason`, `comment`.

    `email` is where a reader may be thanked, if they like.
    """

    answer = StringField(validators=[AnyOf(("yes", "no"), _l("Choose yes or no."))])
    revision_id = StringField()
    token = StringField()
    reason = StringField(validators=[MayBeEmpty(), AnyOf(tuple(REASONS), _l("Choose one of the reasons."))])
    comment = StringField(
        filters=[_plain, strip],
        validators=[
            Length(
                max=LONGEST_COMMENT,
                message=_l("Please keep it to %(max)d characters; everything you wrote is still here."),
            ),
        ],
    )

    email = StringField(filters=[strip])

    def __init__(self, subject: Subject, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._subject = subject
        self.revision = 0

    def validate_email(self, field: Any) -> None:
        """Left empty, or an address."""
        if field.data:
            check_email(self, field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be counted; sets `revision`, the revision the reader saw."""
        is_valid: bool = bool(super().validate(extra_validators))
        try:
            self.revision = ballot.revision_of(self.revision_id.data or "", self._subject)
            self._check_page()
        except (BadBallot, BadToken):
            self.refuse("revision_id", str(STALE))
            is_valid = False
        return is_valid

    @property
    def helpful(self) -> bool:
        """The answer."""
        return bool(self.answer.data == "yes")

    @property
    def address(self) -> str:
        """The address in its usual spelling; '' for none."""
        return email_address.normalized(self.email.data or "") or ""

    @property
    def said_reason(self) -> str | None:
        """The reason as the form had it, '' for none; None when the form did not ask."""
        return (self.reason.data or "") if self.reason.raw_data else None

    @property
    def said_comment(self) -> str | None:
        """The comment as the form had it; None when the form did not ask."""
        return (self.comment.data or "") if self.comment.raw_data else None

    def _check_page(self) -> None:
        if not self.token.data:
            return
        seen = page_token.read(self.token.data)
        if seen.subject != self._subject or (seen.revision_id or 0) != self.revision:
            raise BadBallot("the page was about something else")
