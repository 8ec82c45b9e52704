"""What the forms of this package take, and what they refuse."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

from flask import current_app, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeSerializer
from wtforms import BooleanField, EmailField, HiddenField, SelectField, StringField, TextAreaField, ValidationError

from helpcenter.accounts.email_address import normalized
from helpcenter.accounts.fields import check_email, one_line
from helpcenter.accounts.user import LONGEST_NAME
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import clock
from helpcenter.core.forms import Form, strip
from helpcenter.support.message import LONGEST_MESSAGE
from helpcenter.topics.tree import tree

LEAST_SECONDS = 2
"""Nobody reads a form and writes to us in less."""
OTHER = "0"


def _long_enough(_form: Any, field: Any) -> None:
    if not field.data:
        raise ValidationError(_("Write what you need."))
    if len(field.data) > LONGEST_MESSAGE:
        raise ValidationError(_("That is too long: %(number)d letters at most.", number=LONGEST_MESSAGE))


class ContactForm(Form):
    """Who writes, about what, and the message. `website` is empty with everybody who sees the page."""

    message = TextAreaField(_l("What do you need?"), [_long_enough], filters=[strip])
    email = EmailField(_l("E-mail"), [check_email], filters=[strip])
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

    def check_person(self) -> None:
        """Refuse what a program sends; whoever is a person after all only has to send once more."""
        submission, began_at = self._begun()
        if not self.website.data and submission and clock.now().timestamp() - began_at >= LEAST_SECONDS:
            return
        self.refuse("message", _("That went faster than people type. Everything is still here: send it once more."))
        self.website.data = ""
        if not submission:
            self.began.data = _begun_now()

    def _begun(self) -> tuple[str, float]:
        """The name of the form and when its page was made, in seconds since 1970; '' for a form that is not ours."""
        try:
            submission, at = _signer().loads(self.began.data or "")
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


class MessageForm(Form):
    """One more message."""

    message = TextAreaField(_l("Your message"), [_long_enough], filters=[strip])


class ReplyForm(Form):
    """What one of us writes: a reply, or a note among us."""

    message = TextAreaField(_l("Your reply"), [_long_enough], filters=[strip])


def _begun_now() -> str:
    return str(_signer().dumps([secrets.token_hex(16), clock.now().timestamp()]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="support.form")
