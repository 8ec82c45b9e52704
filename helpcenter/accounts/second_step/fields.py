"""The two fields in which somebody shows that they have the phone, or the paper."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from helpcenter.accounts.second_step import code
from helpcenter.core.forms import Form, strip


def _check_typed(_form: Any, field: Any) -> None:
    if not field.data:
        raise ValidationError(_("Type the code."))


def code_field() -> StringField:
    """A code of the app. Phones offer it by themselves and show a keyboard of digits; spaces may be typed."""
    return _field(_l("Code from your app"), autocomplete="one-time-code", inputmode="numeric")


def recovery_code_field() -> StringField:
    """A recovery code, in small or capital letters, with hyphens or without."""
    return _field(_l("Recovery code"), autocomplete="off", autocapitalize="none")


def either_field() -> StringField:
    """The one or the other; a keyboard of digits would not do for the second."""
    return _field(_l("Code from your app, or a recovery code"), autocomplete="one-time-code", autocapitalize="none")


def _field(label: Any, **attributes: Any) -> StringField:
    always = {"maxlength": code.LONGEST_TYPED, "required": True, "spellcheck": "false", "dir": "ltr"}
    return StringField(
        label, [_check_typed], filters=[strip], render_kw={**always, **attributes, "class": "one-time-code"}
    )


class CodeForm(Form):
    code = code_field()


class RecoveryForm(Form):
    code = recovery_code_field()
