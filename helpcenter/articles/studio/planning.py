"""Doing at its moment what was planned: a job that looks a few times a minute, and goes on after a restart."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from helpcenter.articles import planned_act, publication, rendering, review
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.folder import record
from helpcenter.articles.planned_act import LONGEST_FAILURE, Act, PlannedAct
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.revision import Revision
from helpcenter.core import clock, jobs, journal, locale, logs, site
from helpcenter.core.db import begin_write, db, lock_row
from helpcenter.core.markdown import MarkdownRefused, words

LOOK_SECONDS = 10


def do_due() -> None:
    """Do what is due, each in a transaction of its own. What cannot be done says why and waits for a person."""
    locale.use(site.current().default_locale)
    for act_id in planned_act.due():
        if jobs.stop_asked():
            return
        try:
            _do(act_id)
        except DBAPIError:
            # The database is busy or away: the next look does it.
            db.session.rollback()
            raise
        except Exception:
            db.session.rollback()
            logs.failure("planned act %s failed", act_id)
            _note(act_id, _("Something went wrong on our side; it is recorded in the log."))


def cancel(edition: Edition, act: Act, *, by: int | None) -> None:
    """What was planned does not happen. To be called after begin_write()."""
    planned_act.drop(edition.id, act)
    journal.note("plan_dropped", by=by, subject=("article", edition.article_id), locale=edition.locale)
    review.settle_stage(edition)


def _do(act_id: int) -> None:
    row = db.session.get(PlannedAct, act_id)
    if row is None:
        return
    result: RenderedArticle | None = None
    if row.act == Act.PUBLISH:
        try:
            result = _rendered(row)
        except MarkdownRefused as refused:
            _note(act_id, words.refusal(refused))
            return
    edition_id, revision_id = row.edition_id, row.revision_id
    begin_write()
    # In the order in which saving locks them, so that none of two waits for the other for ever.
    article_id = select(Edition.article_id).where(Edition.id == edition_id).scalar_subquery()
    lock_row(select(Article).where(Article.id == article_id))
    edition = lock_row(select(Edition).where(Edition.id == edition_id))
    row = db.session.get(PlannedAct, act_id, with_for_update=True, populate_existing=True)
    # Somebody may have called it off, or put it off, while it was rendered; another plan may bear its number then.
    if row is not None and row.revision_id == revision_id and row.at <= clock.now() and not row.failure:
        if result is None:
            publication.archive(edition, by=row.planned_by)
        else:
            _publish(edition, row, result)
    db.session.commit()


def _publish(edition: Edition, row: PlannedAct, result: RenderedArticle) -> None:
    revision = db.session.get_one(Revision, row.revision_id)
    if review.may_be_published(edition, revision):
        publication.publish(edition, revision, result, by=row.planned_by)
    else:
        row.failure = str(_("someone who did not write it has to approve it first."))[:LONGEST_FAILURE]


def _rendered(row: PlannedAct) -> RenderedArticle:
    revision = db.session.get_one(Revision, row.revision_id)
    edition = db.session.get_one(Edition, row.edition_id)
    return rendering.rendered(revision.body, edition.locale, record.source_path_of(edition.id))


def _note(act_id: int, failure: str) -> None:
    begin_write()
    row = db.session.get(PlannedAct, act_id)
    if row is not None:
        row.failure = failure[:LONGEST_FAILURE]
    db.session.commit()
