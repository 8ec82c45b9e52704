"""The saved replies of the team: the list, and writing one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts import permissions
from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core import journal, locale, site, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.refusals import Conflict, NotFound
from helpcenter.support.replies import article_choice, article_link, quoting, saved_reply, use, variable
from helpcenter.support.replies.form import SavedReplyForm, field_of, form_for
from helpcenter.support.replies.saved_reply import SUBJECT, NameTaken, SavedReply

blueprint = Blueprint("saved_replies", __name__, url_prefix=quoting.PAGE)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Nothing of these pages is kept by a cache."""
    response.cache_control.no_store = True
    response.cache_control.private = True
    return response


@blueprint.get("")
def index() -> str:
    """All of them, by name: in which languages, how often they go out, and what changed since."""
    _writer()
    rows, texts, used = saved_reply.every(), saved_reply.texts_of(), use.usage()
    outdated = {reply_id: _changed(found) for reply_id, found in quoting.outdated().items()}
    return render_template(
        "inbox/replies/index.html",
        rows=[(row, texts.get(row.id, {}), used.get(row.id, use.Usage()), outdated.get(row.id, [])) for row in rows],
        endonyms={code: one.endonym for code, one in LANGUAGES.items()},
        directions={code: one.direction for code, one in LANGUAGES.items()},
        first=site.current().default_locale,
    )


@blueprint.get("/new")
def new() -> str:
    """An empty form."""
    _writer()
    return _page(form_for(is_sent=False))


@blueprint.post("")
def create() -> Any:
    """Keep a new one."""
    viewer, form = _writer(), form_for(is_sent=True)
    if not _is_valid(form):
        return _page(form), 422
    begin_write()
    try:
        row = saved_reply.add(form.name.data or "", form.texts(), by=viewer.id)
    except NameTaken:
        return _taken(form, None)
    journal.note("saved_reply_added", by=viewer.id, subject=(SUBJECT, row.id))
    db.session.commit()
    flash(_("The reply has been saved. Everyone who answers finds it next to the answer field."), "success")
    return redirect(url_for("saved_replies.index"), 303)


@blueprint.get("/<int:reply_id>")
def edit(reply_id: int) -> str:
    """The form with what it says."""
    _writer()
    row = saved_reply.found(reply_id)
    return _page(form_for(row, saved_reply.texts_of([row.id]).get(row.id, {}), is_sent=False), row)


@blueprint.post("/<int:reply_id>")
def update(reply_id: int) -> Any:
    """Change it; where somebody else did meanwhile, both come back and nothing is overwritten."""
    viewer, form = _writer(), form_for(is_sent=True)
    row = db.session.get(SavedReply, reply_id)
    if row is None:
        return _deleted(form)
    if not _is_valid(form):
        return _page(form, row), 422
    begin_write()
    try:
        saved_reply.change(
            reply_id,
            form.name.data or "",
            form.texts(),
            seen=form.seen_version,
            by=viewer.id,
            all_right=bool(form.all_right.data),
        )
    except NameTaken:
        return _taken(form, row)
    except (Conflict, NotFound):
        return _overtaken(form, reply_id)
    journal.note("saved_reply_changed", by=viewer.id, subject=(SUBJECT, reply_id))
    db.session.commit()
    flash(_("The reply has been saved."), "success")
    return redirect(url_for("saved_replies.index"), 303)


@blueprint.post("/<int:reply_id>/removal")
def destroy(reply_id: int) -> Any:
    """Delete it. What was sent stays sent."""
    viewer = _writer()
    begin_write()
    row = saved_reply.remove(reply_id)
    journal.note("saved_reply_deleted", by=viewer.id, subject=(SUBJECT, reply_id))
    db.session.commit()
    flash(_("“%(name)s” has been deleted. What was sent with it stays as it is.", name=row.name), "success")
    return redirect(url_for("saved_replies.index"), 303)


@blueprint.get("/articles")
def articles() -> Response:
    """Articles with the words of `?q=` in their title, as a saved reply links to them."""
    viewer = _writer()
    found = article_choice.by_title(request.args.get("q", ""), locale.current(), viewer)
    return jsonify(choices=[one.as_choice(article_link.written(one.id, one.title)) for one in found])


def _writer() -> Viewer:
    viewer = current_viewer()
    permissions.require(viewer, quoting.EDITS)
    return viewer


def _is_valid(form: SavedReplyForm) -> bool:
    form.validate()
    form.check_texts()
    return not form.errors


def _taken(form: SavedReplyForm, row: SavedReply | None) -> Any:
    db.session.rollback()
    form.refuse("name", _("Another saved reply already has this name."))
    return _page(form, row), 422


def _overtaken(form: SavedReplyForm, reply_id: int) -> Any:
    """Their words beside the writer's own; what is sent next was written with them in sight."""
    db.session.rollback()
    theirs = db.session.get(SavedReply, reply_id)
    if theirs is None:
        return _deleted(form)
    texts = saved_reply.texts_of([theirs.id]).get(theirs.id, {})
    form.seen.data = str(theirs.version)
    return _page(form, theirs, {code: one.text for code, one in texts.items()}), 409


def _deleted(form: SavedReplyForm) -> Any:
    """What was typed comes back as a new one."""
    form.refuse("name", _("Someone deleted this reply while you were writing. Save yours to keep it as a new one."))
    return _page(form), 409


def _page(form: SavedReplyForm, row: SavedReply | None = None, theirs: Mapping[str, str] | None = None) -> str:
    own = form.texts()
    differing = [
        (form[field_of(code)].label.text, code, theirs.get(code, ""))
        for code in own
        if theirs is not None and theirs.get(code, "") != own[code]
    ]
    by = row.changed_by if row and theirs is not None else None
    return render_template(
        "inbox/replies/edit.html",
        form=form,
        row=row,
        name=row.name if row else "",
        fields=[form[field_of(code)] for code in own],
        variables=variable.VARIABLES,
        outdated=_changed(quoting.outdated().get(row.id, [])) if row else [],
        is_overtaken=theirs is not None,
        differing=differing,
        by=names_of([by]).get(by, "") if by else "",
    )


def _changed(found: list[subjects.Overtaken]) -> list[dict[str, Any]]:
    """The articles that changed since, each once, with the last change."""
    last: dict[int, Any] = {}
    for one in found:
        last[one.quote.of_id] = max(one.changed_at, last.get(one.quote.of_id, one.changed_at))
    here, article = locale.current(), subjects.subject(article_link.KIND)
    titles = article.titles(list(last), here)
    return [
        {"title": titles.get(number, ""), "url": article.url(number, here), "changed_at": at}
        for number, at in last.items()
    ]
