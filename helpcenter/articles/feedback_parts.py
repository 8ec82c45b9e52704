"""What an article tells above the list of what readers wrote about it: stuck steps, and suggestions that wait."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from helpcenter.articles import suggestion
from helpcenter.articles.address import address
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.stuck import stuck_steps
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES
from helpcenter.feedback.part import Bar, Part


def parts_of(article_id: int) -> list[Part]:
    """A bar for each step of what readers read now, by language, and the way to the open suggestions."""
    wanted = select(Edition).where(Edition.article_id == article_id, Edition.status == Status.PUBLISHED)
    found = [_stuck(edition) for edition in db.session.scalars(wanted.order_by(Edition.id))]
    return [part for part in [*found, _suggestions(article_id)] if part is not None]


def _stuck(edition: Edition) -> Part | None:
    steps = stuck_steps(edition.article_id, edition.published_revision_id or 0)
    page = address(edition.article_id, edition.slug, edition.locale)
    bars = [
        Bar(
            _("Step %(number)s", number=one.step),
            one.people,
            ngettext("%(num)d reader stuck", "%(num)d readers stuck", one.people),
            f"{page}#step-{one.step}",
        )
        for one in steps
    ]
    title = _("Where readers got stuck (%(language)s)", language=LANGUAGES[edition.locale].endonym)
    return Part(title, bars) if bars else None


def _suggestions(article_id: int) -> Part | None:
    count = suggestion.open_of(article_id)
    if not count:
        return None
    text = ngettext("%(num)d open suggestion", "%(num)d open suggestions", count)
    url = url_for("suggestions_studio.index", article=article_id)
    return Part(_("Suggested improvements"), link_text=text, link_url=url)
