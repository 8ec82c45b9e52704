"""Uploading a picture with the words for those who do not see it; what comes back is the Markdown that shows it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.files import upload
from helpcenter.files.file import File
from helpcenter.files.picture import PictureRefused
from helpcenter.files.picture_form import PictureForm, markdown_of


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
            kept = upload.store_picture(form.sent, by=viewer.id)
        except PictureRefused as refused:
            form.refuse("file", refused.message)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return form.as_json(kept)
    return _page(form, kept), 201 if kept else 422


def _page(form: PictureForm, kept: File | None = None) -> str:
    markdown = markdown_of(kept, form.alt.data) if kept else ""
    return render_template("studio/picture.html", form=form, kept=kept, markdown=markdown)
