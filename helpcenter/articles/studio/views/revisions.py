"""The history of an edition: what it said, and saying it again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from helpcenter.accounts.names import names_of
from helpcenter.articles import rendering
from helpcenter.articles.folder import record
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.studio import comparison, draft
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.draft import Change
from helpcenter.articles.studio.history import chosen_from, history, revision_of
from helpcenter.articles.studio.opened import opened
from helpcenter.articles.studio.views.articles import to_editor
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import MarkdownRefused, words
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id, row_id_or_none


@studio.get("/studio/articles/<int:article_id>/<locale:language>/revisions")
def revisions(article_id: int, language: str) -> str:
    """Every revision, the newest first."""
    found = opened(article_id, language, editor())
    if found.edition is None:
        raise NotFound
    page = history(found.edition, request.args.get("after", type=row_id))
    return render_template(
        "studio/revisions.html",
        opened=found,
        language_name=LANGUAGES[language].endonym,
        page=page,
        next_url=_address(article_id, language, page.next_after) if page.next_after else None,
    )


@studio.get("/studio/articles/<int:article_id>/<locale:language>/revisions/<int:number>")
def revision(article_id: int, language: str, number: int) -> str:
    """One revision as readers saw it, or would have."""
    found = opened(article_id, language, editor())
    one = revision_of(found.edition, number)
    html = db.session.scalar(select(Rendering.html).where(Rendering.revision_id == one.id))
    return render_template(
        "studio/revision.html",
        opened=found,
        revision=one,
        html=Markup(html) if html is not None else None,  # noqa: S704 - stored by the renderer alone
        author=names_of([one.author_id]).get(one.author_id, "") if one.author_id else "",
        language_name=LANGUAGES[language].endonym,
        text_direction=LANGUAGES[language].direction,
    )


@studio.get("/studio/articles/<int:article_id>/<locale:language>/changes")
def compare(article_id: int, language: str) -> str:
    """What changed between two revisions, `?from=` and `?to=` by their numbers; without, in the last one.

    Without `from`: since the one before.
    """
    found = opened(article_id, language, editor())
    if found.edition is None or found.latest is None:
        raise NotFound
    new_number = request.args.get("to", found.latest.number, type=row_id)
    new = revision_of(found.edition, new_number)
    old = revision_of(found.edition, request.args.get("from", max(1, new_number - 1), type=row_id))
    return render_template(
        "studio/comparison.html",
        opened=found,
        old=old,
        new=new,
        entries=chosen_from(found.edition, old, new),
        comparison=comparison.compare(old, new),
        language_name=LANGUAGES[language].endonym,
        text_direction=LANGUAGES[language].direction,
    )


@studio.post("/studio/articles/<int:article_id>/<locale:language>/revisions/<int:number>/restoration")
def restore(article_id: int, language: str, number: int) -> Any:
    """Say again what a revision said, as a new draft; readers see it once it is published."""
    viewer = editor()
    old = revision_of(opened(article_id, language, viewer).edition, number)
    try:
        result = rendering.rendered(old.body, language, record.source_path_of(old.edition_id))
    except MarkdownRefused as refused:
        flash(words.refusal(refused), "error")
        return to_editor(article_id, language)
    begin_write()
    found = opened(article_id, language, viewer)
    change = Change(
        revision_of(found.edition, number).content,
        row_id_or_none(request.form.get("latest", "")),
        note=_("Restored revision %(number)d", number=number),
        slug=found.edition.slug if found.edition else "",
        source_revision_id=old.source_revision_id,
    )
    try:
        draft.save(article_id, language, change, result, by=viewer.id or 0)
    except draft.Overtaken:
        db.session.rollback()
        flash(
            _("Someone has saved this article in the meantime, so nothing was restored. Look at the history first."),
            "error",
        )
        return redirect(url_for("studio.revisions", article_id=article_id, language=language), 303)
    db.session.commit()
    flash(_("Revision %(number)d is the draft now. Publish it to show it to readers.", number=number), "success")
    return to_editor(article_id, language)


def _address(article_id: int, language: str, after: int) -> str:
    return url_for("studio.revisions", article_id=article_id, language=language, after=after)
