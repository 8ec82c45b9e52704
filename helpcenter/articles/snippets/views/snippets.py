"""The pages on which editors keep snippets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.folder.record import snippet_paths
from helpcenter.articles.snippets import changing, proposal, use
from helpcenter.articles.snippets.changing import InUse, NameTaken
from helpcenter.articles.snippets.form import SnippetForm, form_for
from helpcenter.articles.snippets.snippet import Snippet, every, found, said_by, texts_of
from helpcenter.articles.studio.blueprint import editor, keep_private
from helpcenter.core import site
from helpcenter.core.db import begin_write, db, lock_row
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.refusals import NotFound
from helpcenter.core.word_diff import diff

blueprint = Blueprint("snippets", __name__, url_prefix="/studio/snippets")
blueprint.after_request(keep_private)


@dataclass(frozen=True)
class Said:
    """What a page says besides the form: `met` are the words that others saved meanwhile, by language."""

    met: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


@blueprint.get("")
def index() -> str:
    """Every snippet, with its languages and how many articles show it."""
    editor()
    rows = every()
    texts, counts = texts_of([row.id for row in rows]), use.counts([row.name for row in rows])
    return render_template(
        "studio/snippets/index.html",
        rows=[(row, texts[row.id], counts.get(row.name, 0)) for row in rows],
        names={code: one.endonym for code, one in LANGUAGES.items()},
    )


@blueprint.get("/new")
def new() -> str:
    """An empty form."""
    viewer = editor("publish_articles")
    return _page(form_for(None, is_sent=False), viewer)


@blueprint.post("")
def create() -> Any:
    """Keep a new snippet."""
    viewer, form = editor("publish_articles"), form_for(None, is_sent=True)
    form.is_fine(is_new=True, others=False)
    texts = form.prepared([code for code in form.codes if form.typed(code)], {})
    if form.errors:
        return _page(form, viewer), 422
    begin_write()
    try:
        snippet, is_done = proposal.create(form.name.data or "", texts, by=viewer.id)
    except NameTaken:
        db.session.rollback()
        form.refuse("name", _("There is already a snippet with this name."))
        return _page(form, viewer), 422
    db.session.commit()
    flash(_("The snippet has been saved.") if is_done else _waits(), "success")
    return redirect(url_for("snippets.edit", snippet_id=snippet.id), 303)


@blueprint.get("/<int:snippet_id>")
def edit(snippet_id: int) -> str:
    """What it says, and the articles that show it."""
    viewer = editor()
    snippet = found(snippet_id)
    return _page(form_for(proposal.latest(snippet), is_sent=False), viewer, snippet)


@blueprint.post("/<int:snippet_id>")
def update(snippet_id: int) -> Any:
    """Change what it says. What a colleague saved meanwhile in the same language comes back with the form."""
    viewer, form = editor("publish_articles"), form_for(None, is_sent=True)
    snippet = found(snippet_id)
    form.is_fine(is_new=False, others=bool(said_by(snippet).keys() - set(form.codes)))
    changed = form.changed()
    texts = form.prepared(changed, snippet_paths(snippet.name))
    if form.errors:
        return _page(form, viewer, snippet), 422
    begin_write()
    snippet = locked(snippet_id)
    latest = proposal.latest(snippet)
    met = form.show(latest)
    if met:
        db.session.rollback()
        return _page(form, viewer, found(snippet_id), Said(met)), 409
    texts = {code: one for code, one in texts.items() if (one.text if one else "") != latest.get(code, "")}
    if not texts:
        db.session.rollback()
        flash(_("Nothing was changed, so nothing new was saved."), "success")
        return redirect(url_for("snippets.edit", snippet_id=snippet_id), 303)
    count = _readers_see(snippet)
    is_done = proposal.save(snippet, texts, by=viewer.id)
    db.session.commit()
    flash(_told(count) if is_done else _waits(), "success")
    return redirect(url_for("snippets.edit", snippet_id=snippet_id), 303)


@blueprint.post("/<int:snippet_id>/removal")
def destroy(snippet_id: int) -> Any:
    """Delete it, unless an article shows it."""
    viewer = editor("publish_articles")
    begin_write()
    try:
        name = locked(snippet_id).name
        changing.delete(locked(snippet_id), by=viewer.id)
    except InUse as refused:
        db.session.rollback()
        snippet = found(snippet_id)
        refusal = ngettext(
            "It was not deleted: %(num)d text shows it. Take it out there first.",
            "It was not deleted: %(num)d texts show it. Take it out there first.",
            len(refused.shown),
        )
        return _page(form_for(proposal.latest(snippet), is_sent=False), viewer, snippet, Said(refusal=refusal)), 409
    db.session.commit()
    flash(_("The snippet “%(name)s” has been deleted.", name=name), "success")
    return redirect(url_for("snippets.index"), 303)


def locked(snippet_id: int) -> Snippet:
    """A snippet that nobody else changes until the commit. To be called after begin_write(). Raises NotFound."""
    row: Snippet | None = lock_row(select(Snippet).where(Snippet.id == snippet_id))
    if row is None:
        raise NotFound(snippet_id)
    return row


def _waits() -> str:
    return str(_("Saved. Someone who did not write it has to approve it before readers see it."))


def _told(count: int) -> str:
    if not count:
        return str(_("The snippet has been saved."))
    return str(
        ngettext(
            "Saved. %(num)d article that shows it changes within a minute.",
            "Saved. %(num)d articles that show it change within a minute.",
            count,
        )
    )


def _readers_see(snippet: Snippet) -> int:
    """How many published articles show it."""
    return len({one.article_id for one in use.shown_in(snippet.name) if one.is_published})


def _page(form: SnippetForm, viewer: Viewer, snippet: Snippet | None = None, said: Said | None = None) -> str:
    shown = use.shown_in(snippet.name) if snippet else []
    return render_template(
        "studio/snippets/edit.html",
        form=form,
        snippet=snippet,
        said=said or Said(),
        by_code=LANGUAGES,
        first=site.current().default_locale,
        shown=shown,
        count=len({one.article_id for one in shown if one.is_published}),
        is_read_only=not viewer.may("publish_articles"),
        needs_second_person=bool(snippet and proposal.is_needed(snippet.name)),
        waiting=_waiting(snippet, viewer) if snippet else None,
    )


def _waiting(snippet: Snippet, viewer: Viewer) -> dict[str, Any] | None:
    """A change that nobody approved yet: by whom, and what it makes of each language."""
    one = proposal.of(snippet)
    if one is None:
        return None
    now = said_by(snippet)
    return {
        "by": names_of([one.by_id]).get(one.by_id or 0, ""),
        "at": one.at,
        "seen": proposal.name_of(snippet, one),
        "may_approve": viewer.may("publish_articles") and proposal.may_approve(one, viewer.id),
        "changes": [
            (LANGUAGES[code], diff(now.get(code, ""), prepared.text if prepared else ""))
            for code, prepared in one.texts.items()
        ],
    }
