"""What somebody fills in who suggests an improvement: words, or the text itself, each refusal beside its field."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import EmailField, HiddenField, StringField, TextAreaField, ValidationError

from helpcenter.accounts import email_address
from helpcenter.accounts.fields import check_email
from helpcenter.articles.edition import Edition
from helpcenter.articles.revision import Revision
from helpcenter.articles.studio.article_form import unix_lines
from helpcenter.articles.suggestion import LONGEST_WORDS, MOST_ADDED
from helpcenter.articles.visibility import Reading
from helpcenter.core import form_moment
from helpcenter.core.db import db
from helpcenter.core.forms import Form, strip
from helpcenter.feedback import ballot
from helpcenter.feedback.ballot import BadBallot


class SuggestionForm(Form):
    """`revision` is the signed name of what the page was opened with, `began` when; `website` is for machines."""

    words = TextAreaField(_l("What would make it better?"), filters=[unix_lines, strip])
    text = TextAreaField(_l("Text"), filters=[unix_lines])
    email = EmailField(_l("Email address"), filters=[strip])
    website = StringField(_l("Leave this empty"))
    revision = HiddenField()
    began = HiddenField()

    def __init__(self, reading: Reading, **given: Any) -> None:
        super().__init__(**given)
        self._subject = ("article", reading.article_id)
        self._shown = reading.revision_id
        self.base: Revision = self._opened_with()

    def validate_words(self, field: Any) -> None:
        """Not too long."""
        if len(field.data or "") > LONGEST_WORDS:
            raise ValidationError(
                ngettext("Use at most %(num)d character.", "Use at most %(num)d characters.", LONGEST_WORDS)
            )

    def validate_text(self, field: Any) -> None:
        """Not much longer than it was."""
        if len(field.data or "") > len(self.base.body) + MOST_ADDED:
            raise ValidationError(_("That is much longer than the article. Tell us above what you have in mind."))

    def validate_email(self, field: Any) -> None:
        """Left empty, or an address."""
        if field.data:
            check_email(self, field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether there is something to keep that a person wrote about this article."""
        is_valid: bool = bool(super().validate(extra_validators))
        if not self._is_ours():
            self.refuse(
                "words", _("The article has changed in the meantime. Everything is still here: please send it again.")
            )
            self.revision.data = ballot.make(self._subject, self._shown)
        elif not self.words.data and self.proposed is None and not self.text.errors:
            self.refuse("words", _("Say what would make it better, or change the text: there is nothing new so far."))
        elif is_valid and (self.website.data or form_moment.is_too_fast(self.began.data or "")):
            self.refuse(
                "words", _("That was faster than anyone types. Everything is still here: please send it once more.")
            )
            self.website.data, self.began.data = "", form_moment.now()
        return not self.errors

    @property
    def proposed(self) -> str | None:
        """The text as the reader wants it, ending as it did; None where they left it alone."""
        text, body = (self.text.data or "").rstrip(), self.base.body
        return None if not text or text.strip() == body.strip() else text + body[len(body.rstrip()) :]

    @property
    def address(self) -> str:
        """The address in its usual spelling; '' for none."""
        return email_address.normalized(self.email.data or "") or ""

    @property
    def locale(self) -> str:
        """The language of what the page was opened with: a translation may have been published since."""
        return db.session.get_one(Edition, self.base.edition_id).locale

    def _is_ours(self) -> bool:
        try:
            return ballot.revision_of(self.revision.data or "", self._subject) == self.base.id
        except BadBallot:
            return False

    def _opened_with(self) -> Revision:
        try:
            seen = db.session.get(Revision, ballot.revision_of(self.revision.data or "", self._subject))
        except BadBallot:
            seen = None
        return seen or db.session.get_one(Revision, self._shown)


def fresh(reading: Reading) -> SuggestionForm:
    """The form as the page is opened: the text as it stands, and nothing said yet."""
    signed = ballot.make(("article", reading.article_id), reading.revision_id)
    given = {"text": reading.body, "revision": signed, "began": form_moment.now()}
    return SuggestionForm(reading, formdata=None, data=given)
