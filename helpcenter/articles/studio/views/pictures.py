"""Uploading a picture with the words for those who do not see it; what comes back is the Markdown that shows it."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField, ValidationError

from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.core.forms import Form, strip
from helpcenter.files import upload
from helpcenter.files.file import File
from helpcenter.files.picture import LARGEST_BYTES, PictureRefused

LONGEST_ALT = 300


class PictureForm(Form):
    """A picture and its description."""

    file = FileField(_l("Picture"), render_kw={"accept": "image/png,image/jpeg,image/webp,image/gif", "required": True})
    alt = StringField(
        _l("Description"), filters=[strip], render_kw={"maxlength": LONGEST_ALT, "required": True, "dir": "auto"}
    )

    def validate_alt(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Describe what the picture shows, for people who cannot see it."))
        if len(field.data) > LONGEST_ALT:
            raise ValidationError(_("Describe it in at most %(number)d characters.", number=LONGEST_ALT))


@studio.get("/studio/pictures/new")
def new_picture() -> str:
    """The form, for browsers without scripts and for those who like a page of its own."""
    editor("upload_pictures")
    return _page(PictureForm(formdata=None))


@studio.post("/studio/pictures")
def create_picture() -> Any:
    """Keep a picture. Answers JSON with `url`, `markdown`, `width`, `height` (or `error`) where that is wanted."""
    viewer, form = editor("upload_pictures"), PictureForm()
    kept: File | None = None
    if form.validate():
        try:
            kept = upload.store_picture(_bytes_of(form), by=viewer.id)
        except PictureRefused as refused:
            form.refuse("file", refused.message)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return _as_json(form, kept)
    return _page(form, kept), 201 if kept else 422


def markdown_of(file: File, alt: str) -> str:
    """What shows the picture in a text."""
    words = " ".join(alt.replace("\\", "").replace("[", "(").replace("]", ")").split())
    return f"![{words}]({file.url})"


def _bytes_of(form: PictureForm) -> bytes:
    # One byte more than may be: enough to be refused, however much was sent.
    sent = form.file.data
    return sent.stream.read(LARGEST_BYTES + 1) if sent else b""


def _as_json(form: PictureForm, kept: File | None) -> Any:
    if kept is None:
        return jsonify(error=" ".join(message for _field, message in form.refused)), 422
    markdown = markdown_of(kept, form.alt.data)
    return jsonify(url=kept.url, markdown=markdown, width=kept.width, height=kept.height), 201


def _page(form: PictureForm, kept: File | None = None) -> str:
    markdown = markdown_of(kept, form.alt.data) if kept else ""
    return render_template("studio/picture.html", form=form, kept=kept, markdown=markdown)
