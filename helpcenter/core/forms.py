"""The base of every form: no token (the origin check is the defence), named fields only, every word kept."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from helpcenter.core.typed_text import without_controls


class Form(FlaskForm):
    """A form that never raises: it carries its errors and what was typed."""

    class Meta(FlaskForm.Meta):
        csrf = False

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


def strip(value: Any) -> Any:
    """A filter for fields: text without space around it."""
    return value.strip() if isinstance(value, str) else value
