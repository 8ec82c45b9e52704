"""The page on which an editor finds what waits for them."""

from __future__ import annotations

from flask import render_template

from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.mine import parts_for


@studio.get("/studio/mine")
def mine() -> str:
    """Overdue first."""
    return render_template("studio/mine.html", parts=parts_for(editor()))
