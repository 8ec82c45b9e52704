"""A picture with the words for those who do not see it: the form, and the Markdown that shows it."""

from __future__ import annotations

from typing import Any

from flask import jsonify
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField, ValidationError

from helpcenter.core.forms import Form, strip
from helpcenter.files.file import File
from helpcenter.files.picture import LARGEST_BYTES

LONGEST_ALT = 300
KINDS = "image/png,image/jpeg,image/webp,image/gif"


class PictureForm(Form):
    """A picture and its description."""

    file = FileField(_l("Picture"), render_kw={"accept": KINDS, "required": True})
    alt = StringField(
        _l("Description"), filters=[strip], render_kw={"maxlength": LONGEST_ALT, "required": True, "dir": "auto"}
    )

    def validate_alt(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Describe what the picture shows, for people who cannot see it."))
        if len(field.data) > LONGEST_ALT:
            raise ValidationError(_("Describe it in at most %(number)d characters.", number=LONGEST_ALT))

    @property
    def sent(self) -> bytes:
        """What was sent: at most one byte more than may be, enough to be refused however much came."""
        sent = self.file.data
        return sent.stream.read(LARGEST_BYTES + 1) if sent else b""

    def as_json(self, kept: File | None) -> Any:
        """The answer to a script: `url`, `markdown`, `width`, `height`, or `error`."""
        if kept is None:
            return jsonify(error=" ".join(message for _field, message in self.refused)), 422
        markdown = markdown_of(kept, self.alt.data)
        return jsonify(url=kept.url, markdown=markdown, width=kept.width, height=kept.height), 201


def markdown_of(file: File, alt: str) -> str:
    """What shows the picture in a text."""
    words = " ".join(alt.replace("\\", "").replace("[", "(").replace("]", ")").split())
    return f"![{words}]({file.url})"
