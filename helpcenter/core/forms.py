"""The base of every form: no token (the origin check is the defence), named fields only, every word kept."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from typing import Any

from babel.support import Translations
from flask_babel import get_locale
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.i18n import messages_path

from helpcenter.core.typed_text import without_controls


class Form(FlaskForm):
    """A form that never raises: it carries its errors and what was typed."""

    class Meta(FlaskForm.Meta):
        csrf = False

        def get_translations(self, form: Any) -> Any:  # noqa: ARG002
            return _LIBRARY_WORDS

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            filters = [without_controls, *unbound_field.kwargs.get("filters", ())]
            return super().bind_field(form, unbound_field, {**options, "filters": filters})

    def refuse(self, field: str, message: str) -> None:
        """Add an error that only the act itself could find, such as a name already taken."""
        target: Field = self[field]
        target.errors = [*target.errors, message]

    @property
    def refused(self) -> list[tuple[Field, str]]:
        """Every error with its field, in the order of the page."""
        return [(field, message) for field in self for message in field.errors]


class LibraryWords:
    """What the library says by itself, in the language of the page. Its own way opens the file for each form."""

    def gettext(self, text: str) -> str:
        """A sentence of the library."""
        return _catalogue(str(get_locale())).gettext(text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """A sentence of the library about so many."""
        return _catalogue(str(get_locale())).ngettext(one, many, count)


_LIBRARY_WORDS = LibraryWords()


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(messages_path(), [language], domain="wtforms")


def strip(value: Any) -> Any:
    """A filter for fields: text without space around it."""
    return value.strip() if isinstance(value, str) else value
