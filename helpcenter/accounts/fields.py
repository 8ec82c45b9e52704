"""The fields that several forms about people share, with what each refuses."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import EmailField, PasswordField, StringField, ValidationError
from wtforms.widgets import PasswordInput

from helpcenter.accounts import email_address, password
from helpcenter.accounts.user import LONGEST_EMAIL, LONGEST_NAME
from helpcenter.core.forms import strip


def one_line(value: Any) -> Any:
    """A filter: without control characters, spaces joined, so that a name never breaks a line of a mail or a list."""
    if not isinstance(value, str):
        return value
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in value).split())


def check_name(_form: Any, field: Any) -> None:
    """A validator: some letters, not too many."""
    if not field.data:
        raise ValidationError(_("Tell us your name."))
    if len(field.data) > LONGEST_NAME:
        message = ngettext("Use at most %(num)d character.", "Use at most %(num)d characters.", LONGEST_NAME)
        raise ValidationError(message)


def check_email(_form: Any, field: Any) -> None:
    """A validator: something mail can be sent to."""
    if not email_address.normalized(field.data or ""):
        raise ValidationError(_("Enter an email address, such as ana@example.com."))


def check_new_password(form: Any, field: Any) -> None:
    """A validator: long enough, not one of the usual ones, not the person's own name or address."""
    others = [form[name].data or "" for name in ("name", "email") if name in form]
    objection = password.objection(field.data or "", *others, *getattr(form, "own_words", ()))
    if objection:
        raise ValidationError(objection)


def name_field() -> StringField:
    """How a person wants to be called."""
    return StringField(
        _l("Name"),
        [check_name],
        filters=[one_line],
        render_kw={"autocomplete": "name", "maxlength": LONGEST_NAME, "required": True},
    )


def email_field(label: Any = None) -> EmailField:
    """An address."""
    return EmailField(
        label or _l("Email address"),
        [check_email],
        filters=[strip],
        render_kw={"autocomplete": "email", "maxlength": LONGEST_EMAIL, "required": True, "dir": "ltr"},
    )


def new_password_field(label: Any = None) -> PasswordField:
    """A password to be chosen. It comes back empty when a form is refused, as browsers expect."""
    return PasswordField(
        label or _l("Password"),
        [check_new_password],
        widget=PasswordInput(hide_value=True),
        render_kw={"autocomplete": "new-password", "maxlength": password.LONGEST, "required": True, "dir": "ltr"},
    )


def own_password_field(label: Any = None) -> PasswordField:
    """The password a person has."""
    return PasswordField(
        label or _l("Password"),
        widget=PasswordInput(hide_value=True),
        render_kw={"autocomplete": "current-password", "required": True, "dir": "ltr"},
    )
