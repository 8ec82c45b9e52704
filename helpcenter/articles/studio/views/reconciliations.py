"""Where two editors met: both texts put together on the page, or the choice where they do not fit."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.studio import reconciliation
from helpcenter.articles.studio.article_form import ArticleForm, retyped
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.editor_page import Shown, page
from helpcenter.articles.studio.opened import Opened, opened
from helpcenter.articles.studio.reconciliation import Reconciliation
from helpcenter.articles.studio.topic_choices import topic_choices
from helpcenter.core import locale
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.merge import Choice
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id_or_none


@studio.post("/studio/articles/<int:article_id>/<locale:language>/reconciliation")
def reconcile(article_id: int, language: str) -> Any:
    """Put the choices into the text and go on writing; saving is another step, so that one sees what it became."""
    viewer, form = editor(), ArticleForm()
    found = opened(article_id, language, viewer)
    met = _met(found, form, row_id_or_none(request.form.get("met", "")))
    choices = {number: choice for number in range(len(met.conflicts)) if (choice := _choice(number)) is not None}
    if len(choices) < len(met.conflicts):
        return _choosing(found, form, met, choices, _("Choose for each place, then continue.")), 422
    return _merged(found, form, viewer, met, choices)


def met_page(found: Opened, form: ArticleForm, viewer: Viewer, theirs_id: int) -> str:
    """The page for an editor who was overtaken: nothing is saved, and nothing of either is lost."""
    met = _met(found, form, theirs_id)
    return _choosing(found, form, met, {}) if met.conflicts else _merged(found, form, viewer, met, {})


def _met(found: Opened, form: ArticleForm, theirs_id: int | None) -> Reconciliation:
    theirs = reconciliation.seen(found.edition, theirs_id) if found.edition else None
    if found.edition is None or theirs is None:
        raise NotFound
    return reconciliation.of(form, theirs, reconciliation.seen(found.edition, row_id_or_none(form.latest.data or "")))


def _merged(found: Opened, form: ArticleForm, viewer: Viewer, met: Reconciliation, choices: dict[int, Choice]) -> str:
    topics = topic_choices(viewer, locale.current())
    return page(found, retyped({**form.typed, **met.fields(choices)}, topics), viewer, Shown(met=met))


def _choosing(
    found: Opened, form: ArticleForm, met: Reconciliation, choices: dict[int, Choice], refusal: str = ""
) -> str:
    return render_template(
        "studio/reconcile.html",
        opened=found,
        form=form,
        met=met,
        met_name=names_of([met.theirs.author_id]).get(met.theirs.author_id or 0, ""),
        choices=choices,
        refusal=refusal,
        language=found.language,
        text_direction=LANGUAGES[found.language].direction,
    )


def _choice(number: int) -> Choice | None:
    said = request.form.get(f"choice-{number}", "")
    return Choice(said) if said in set(Choice) else None
