"""What the forms of this package take, and what they refuse."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from itsdangerous import BadData
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from helpcenter.accounts.email_address import normalized
from helpcenter.accounts.fields import check_email, one_line
from helpcenter.accounts.user import LONGEST_NAME
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import clock, limits
from helpcenter.core.forms import Form, strip
from helpcenter.core.refusals import TooMany
from helpcenter.core.signing import signer
from helpcenter.files.picture import LARGEST_BYTES
from helpcenter.support import attachment
from helpcenter.support.attachment import Attachment, Taken
from helpcenter.support.message import LONGEST_MESSAGE
from helpcenter.topics.tree import tree

_PURPOSE = "support.form"
LEAST_SECONDS = 2
"""Nobody reads a form and writes to us in less."""
OTHER = "0"
FILES_OF_ADDRESS = "300 per hour"
LARGEST_FORM_BYTES = attachment.MOST * LARGEST_BYTES + 1024 * 1024
"""All files of a form and the words beside them."""


def _long_enough(_form: Any, field: Any) -> None:
    # Spaces without width and marks without a letter: nobody could read it, or press it as a title in a list.
    if all(unicodedata.category(sign)[0] in "CMZ" for sign in field.data or ""):
        raise ValidationError(_("Tell us what you need."))
    if len(field.data) > LONGEST_MESSAGE:
        raise ValidationError(_("That is too long: %(number)d characters at most.", number=LONGEST_MESSAGE))


class FilesForm(Form):
    """A form with files. What was taken in waits under keys that the form carries, until its message is sent."""

    files = MultipleFileField(_l("Files"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._taken: list[Taken] = []

    @property
    def waiting(self) -> Sequence[Attachment]:
        """The files that were sent with an earlier try, or taken back, and not taken off again."""
        return attachment.waiting(self.attached)

    @property
    def attached(self) -> list[str]:
        """The keys of what was sent with an earlier try; none of them waits any more once its message was sent."""
        return request.values.getlist("attached")

    def take_files(self) -> None:
        """Look at the files of this try; whatever can not be kept is said. Slow: before begin_write()."""
        sent = [one for one in request.files.getlist(self.files.name) if one.filename]
        if not sent:
            return
        try:
            limits.spend(FILES_OF_ADDRESS, "files", limits.address())
        except TooMany:
            self.refuse("files", _("Many files came from here just now. Please wait a few minutes and add them again."))
            return
        room = max(0, attachment.MOST - len(self.waiting))
        for one in sent[:room]:
            self._take(attachment.take(one.filename or "", one.stream.read(LARGEST_BYTES + 1)))
        if len(sent) > room:
            most = attachment.MOST
            self.refuse("files", ngettext("%(num)d file at most.", "%(num)d files at most.", most))

    def _take(self, taken: Taken) -> None:
        if taken.refused:
            self.refuse("files", f"{taken.name}: {attachment.told(taken.refused)}")
        else:
            self._taken.append(taken)

    @property
    def has_taken(self) -> bool:
        """Whether this try brought files that are still to be kept."""
        return bool(self._taken)

    def keep_files(self, by: int | None) -> list[Attachment]:
        """Every file of this form, each with its row. To be called after begin_write()."""
        before = list(self.waiting)
        new, self._taken = [attachment.keep(one, by=by) for one in self._taken], []
        return [*before, *new]


class ContactForm(FilesForm):
    """Who writes, about what, and the message. `website` is empty with everybody who sees the page."""

    message = TextAreaField(_l("What do you need?"), [_long_enough], filters=[strip])
    email = EmailField(_l("Email"), [check_email], filters=[strip])
    name = StringField(_l("Your name"), filters=[one_line])
    topic = SelectField(_l("What is it about?"), validate_choice=False)
    is_urgent = BooleanField(_l("This stops my work"))
    website = StringField(_l("Leave this empty"))
    began = HiddenField()
    shown = HiddenField()

    def __init__(self, viewer: Viewer, locale: str, **given: Any) -> None:
        super().__init__(**given)
        roots = [(str(node.id), node.text(locale).title) for node in tree().roots(viewer)]
        self.topic.choices = [(OTHER, _("Another topic")), *roots]
        if self.topic.data not in dict(self.topic.choices):
            self.topic.data = OTHER
        if not self.is_submitted():
            self.began.data = _begun_now()
            self.name.data, self.email.data = viewer.name, viewer.email

    def validate_name(self, field: Any) -> None:
        """Short enough to be shown in a list."""
        if len(field.data or "") > LONGEST_NAME:
            raise ValidationError(_("Use at most %(number)d characters.", number=LONGEST_NAME))

    def begin_with(self, topic_id: int | None) -> None:
        """Choose a topic beforehand, where it can be chosen."""
        if str(topic_id) in dict(self.topic.choices):
            self.topic.data = str(topic_id)

    @property
    def is_a_persons(self) -> bool:
        """Whether somebody who sees the page filled it in, in the time that takes."""
        submission, began_at = self._begun()
        return not self.website.data and bool(submission) and clock.now().timestamp() - began_at >= LEAST_SECONDS

    def check_person(self) -> None:
        """Refuse what a program sends; whoever is a person after all only has to send once more."""
        if self.is_a_persons:
            return
        submission, _began_at = self._begun()
        self.refuse(
            "message", _("That was faster than anyone types. Everything is still here: please send it once more.")
        )
        self.website.data = ""
        if not submission:
            self.began.data = _begun_now()

    def _begun(self) -> tuple[str, float]:
        """The name of the form and when its page was made, in seconds since 1970; '' for a form that is not ours."""
        try:
            submission, at = signer(_PURPOSE).loads(self.began.data or "")
            return str(submission), float(at)
        except (BadData, TypeError, ValueError):
            return "", 0.0

    @property
    def submission(self) -> str:
        """The name of what is sent: the same words twice from one form are one, other words are not."""
        return sha256(f"{self._begun()[0]}\n{self.message.data}".encode()).hexdigest()[:32]

    @property
    def address(self) -> str:
        """The e-mail address in its usual spelling."""
        return normalized(self.email.data or "") or ""

    @property
    def topic_id(self) -> int | None:
        """The root topic; None for something else."""
        return int(self.topic.data) if self.topic.data != OTHER else None

    @property
    def carried(self) -> list[str]:
        """What was left on to come along."""
        return request.form.getlist("carried")


class MessageForm(FilesForm):
    """One more message."""

    message = TextAreaField(_l("Your message"), [_long_enough], filters=[strip])


class ReplyForm(FilesForm):
    """What one of us writes: a reply, or a note among us."""

    message = TextAreaField(_l("Your reply"), [_long_enough], filters=[strip])


def _begun_now() -> str:
    return str(signer(_PURPOSE).dumps([secrets.token_hex(16), clock.now().timestamp()]))
