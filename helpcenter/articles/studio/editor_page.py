"""The page an editor writes on: everything it shows, gathered once for whoever draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import planned_act, remark, review
from helpcenter.articles.address import address
from helpcenter.articles.folder import record
from helpcenter.articles.health.listed import checks_of
from helpcenter.articles.origin import credit
from helpcenter.articles.revision import Revision
from helpcenter.articles.snippets.choices import are_there
from helpcenter.articles.studio import company, translation, working_copy
from helpcenter.articles.studio.archival_form import ArchivalForm, form_for
from helpcenter.articles.studio.article_form import ArticleForm, filled, retyped
from helpcenter.articles.studio.care import CareForm, care_of
from helpcenter.articles.studio.history import history
from helpcenter.articles.studio.opened import Opened
from helpcenter.articles.studio.reconciliation import Reconciliation
from helpcenter.articles.studio.text_hints import hints_of
from helpcenter.articles.studio.topic_choices import topic_choices
from helpcenter.core import locale, site
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.row_id import row_id_or_none

RECENT_REVISIONS = 5


@dataclass(frozen=True)
class Shown:
    """What a page says besides the article: `met` when somebody saved while the form was being filled in, `archival`
    and `care` when those forms were refused."""

    met: Reconciliation | None = None
    archival: ArchivalForm | None = None
    care: CareForm | None = None


def as_kept(found: Opened, viewer: Viewer) -> ArticleForm:
    """The form with what this editor typed and did not save, else with what the article says."""
    topics = topic_choices(viewer, locale.current())
    copy = working_copy.of(viewer.id, found.article.id, found.language)
    return retyped(copy.fields, topics) if copy is not None and copy.fields else filled(found, topics)


def page(found: Opened, form: ArticleForm, viewer: Viewer, shown: Shown | None = None) -> str:
    """The editor's page with this form on it."""
    shown = shown or Shown()
    edition, source = found.edition, translation.source_of(found)
    return render_template(
        "studio/edit.html",
        form=form,
        archival=shown.archival or form_for(found.article),
        opened=found,
        language=found.language,
        language_name=LANGUAGES[found.language].endonym,
        text_direction=LANGUAGES[found.language].direction,
        versions=translation.versions(found),
        source=source,
        source_name=LANGUAGES[source.locale].endonym if source else "",
        is_outdated=bool(source and source.is_outdated),
        recent=history(edition, size=RECENT_REVISIONS) if edition else None,
        checks=checks_of(edition),
        hints=hints_of(form.body.data or "", found.language),
        has_snippets=are_there(),
        care=care_of(found, shown.care),
        live_number=found.live.number if found.live else None,
        public_url=_public_url(found),
        credit=credit(found.article.origin_kind, found.article.origin_id, viewer, locale.current()),
        is_managed=edition is not None and record.is_managed(edition.id),
        may_publish=viewer.may("publish_articles"),
        **_plans(found),
        **_company(found, form, viewer, shown.met),
    )


def _company(found: Opened, form: ArticleForm, viewer: Viewer, met: Reconciliation | None) -> dict[str, Any]:
    """What was kept for this editor, and who else is there."""
    author = met.theirs.author_id if met else None
    copy = working_copy.of(viewer.id, found.article.id, found.language)
    return {
        "met": met,
        "met_name": names_of([author]).get(author or 0, ""),
        "exchange_url": url_for("studio.exchange", article_id=found.article.id, language=found.language),
        "copy": copy,
        "open_page": working_copy.open_page(copy),
        "company": company.told(found, viewer, row_id_or_none(form.latest.data or "")),
    }


def _plans(found: Opened) -> dict[str, Any]:
    """What shall happen to it, and whether a colleague has to look first."""
    edition, latest = found.edition, found.latest
    is_free = edition is None or latest is None or review.may_be_published(edition, latest)
    planned = planned_act.of(edition.id) if edition else {}
    numbers = {row.revision_id: row for row in planned.values() if row.revision_id}
    planned_revision = db.session.get(Revision, next(iter(numbers))) if numbers else None
    return {
        "planned": planned,
        "planned_number": planned_revision.number if planned_revision else None,
        "needs_second_person": site.current().second_person,
        "is_free": is_free and not (site.current().second_person and latest is None),
        "review_stage": review.stage_of(edition) if edition else "",
        "remarks_waiting": remark.waiting(edition) if edition else 0,
        "time_zone": site.zone_name(),
    }


def _public_url(found: Opened) -> str:
    if found.edition is None or not found.was_published:
        return ""
    return address(found.article.id, found.edition.slug, found.language)
