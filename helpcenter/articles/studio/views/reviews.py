"""Looking at an article before readers do: asking for it, remarks on lines, the decision."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import remark, review_telling
from helpcenter.articles import review as reviewing
from helpcenter.articles.edition import Edition
from helpcenter.articles.remark import Remark
from helpcenter.articles.review import Decision, is_own
from helpcenter.articles.revision import Revision
from helpcenter.articles.studio import comparison, reconciliation
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.opened import Opened, opened
from helpcenter.articles.studio.review_form import AskingForm, DecisionForm, RemarkForm
from helpcenter.articles.studio.review_page import review_page, reviewers
from helpcenter.core import journal, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.refusals import Conflict, NotFound
from helpcenter.core.row_id import row_id, row_id_or_none

ADDRESS = "/studio/articles/<int:article_id>/<locale:language>/review"


@studio.get(ADDRESS)
def review(article_id: int, language: str) -> str:
    """The text line by line; `?line=` opens the field for a remark on one."""
    viewer = editor()
    return _page(opened(article_id, language, viewer), viewer)


@studio.post(ADDRESS)
def ask_review(article_id: int, language: str) -> Any:
    """Ask a colleague, or whoever has the time."""
    viewer, form = editor(), AskingForm()
    found = opened(article_id, language, viewer)
    form.reviewer.choices = reviewers(viewer.id)
    if not form.validate():
        return _page(found, viewer, asking=form), 422
    begin_write()
    found = opened(article_id, language, viewer)
    edition, _latest = _words(found)
    asked = reviewing.ask(edition, by=viewer.id or 0, reviewer_id=form.reviewer_id, words=form.words.data or "")
    review_telling.asked(asked)
    journal.note("review_asked", by=viewer.id, subject=("article", article_id), locale=language)
    db.session.commit()
    flash(_("Your colleagues have been asked. Readers see none of it yet."), "success")
    return _back(article_id, language)


@studio.post(f"{ADDRESS}/decision")
def decide_review(article_id: int, language: str) -> Any:
    """Approve, ask for changes, or take the question back."""
    viewer, said = editor(), request.form.get("decision", "")
    if said == Decision.APPROVED:
        editor("publish_articles")
    form = DecisionForm()
    found = opened(article_id, language, viewer)
    form.validate()
    edition, _latest = _words(found)
    decision = form.decision_of(said, has_remarks=remark.waiting(edition) > 0)
    if decision is Decision.APPROVED and site.current().second_person and is_own(edition, viewer.id):
        form.refuse("answer", _("You wrote some of this text, so someone else has to approve it."))
        decision = None
    if decision is None:
        return _page(found, viewer, deciding=form), 422
    seen = row_id_or_none(form.revision.data or "")
    begin_write()
    edition, _latest = _words(opened(article_id, language, viewer))
    try:
        done = reviewing.decide(
            edition, decision, by=viewer.id or 0, seen_revision_id=seen, answer=form.answer.data or ""
        )
    except Conflict:
        db.session.rollback()
        form.refuse(
            "answer", _("The text or the review has changed in the meantime. Look at it again; your words are kept.")
        )
        return _page(opened(article_id, language, viewer), viewer, deciding=form), 409
    if decision is not Decision.WITHDRAWN:
        review_telling.decided(done, edition)
        journal.note(f"review_{decision}", by=viewer.id, subject=("article", article_id), locale=language)
    db.session.commit()
    return _back(article_id, language)


@studio.post(f"{ADDRESS}/remarks")
def create_remark(article_id: int, language: str) -> Any:
    """Say something about a line of the revision that was shown."""
    viewer, form = editor(), RemarkForm()
    found = opened(article_id, language, viewer)
    edition, _latest = _words(found)
    line = row_id_or_none(form.line.data or "")
    if not form.validate():
        return _page(found, viewer, remarking=form, line=line), 422
    begin_write()
    shown = reconciliation.seen(edition, row_id_or_none(form.revision.data or ""))
    if shown is None or line is None:
        raise NotFound
    said = remark.add(shown, line, form.text.data or "", by=viewer.id or 0)
    review_telling.remarked(said, edition, reviewing.open_of(edition.id))
    db.session.commit()
    return _back(article_id, language, f"remark-{said.id}")


@studio.post(f"{ADDRESS}/remarks/<int:remark_id>/settlement")
def settle_remark(article_id: int, language: str, remark_id: int) -> Response:
    """It is done; pressed again, it is not."""
    viewer = editor()
    begin_write()
    one: Remark = remark.of(opened(article_id, language, viewer).edition, remark_id)
    remark.settle(one, by=viewer.id or 0)
    db.session.commit()
    return _back(article_id, language, f"remark-{remark_id}")


def _words(found: Opened) -> tuple[Edition, Revision]:
    """What there is to look at. Raises NotFound while nothing is written in this language."""
    if found.edition is None or found.latest is None:
        raise NotFound
    return found.edition, found.latest


def _back(article_id: int, language: str, anchor: str | None = None) -> Response:
    return redirect(url_for("studio.review", article_id=article_id, language=language, _anchor=anchor), 303)


def _page(
    found: Opened,
    viewer: Viewer,
    *,
    asking: AskingForm | None = None,
    deciding: DecisionForm | None = None,
    remarking: RemarkForm | None = None,
    line: int | None = None,
) -> str:
    _edition, latest = _words(found)
    page = review_page(found, latest)
    asking = asking or AskingForm(formdata=None)
    asking.reviewer.choices = reviewers(viewer.id)
    is_open = page.review is not None and page.review.decided_at is None
    return render_template(
        "studio/review.html",
        opened=found,
        latest=latest,
        page=page,
        is_open=is_open,
        is_mine=is_open and page.review is not None and page.review.asked_by == viewer.id,
        asking=asking,
        deciding=deciding or DecisionForm(formdata=None),
        remarking=remarking or RemarkForm(formdata=None),
        line=line or request.args.get("line", type=row_id),
        comparison=comparison.compare(found.live, latest) if found.live and found.has_draft else None,
        language_name=LANGUAGES[found.language].endonym,
        text_direction=LANGUAGES[found.language].direction,
        needs_second_person=site.current().second_person,
        may_publish=viewer.may("publish_articles"),
    )
