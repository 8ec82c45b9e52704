"""Who looks after an article, how often, and when somebody last did: the part of the editor's side about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from wtforms import SelectChoice, SelectField

from helpcenter.accounts.names import names_of
from helpcenter.accounts.user import User
from helpcenter.articles.article import Article
from helpcenter.articles.studio.opened import Opened
from helpcenter.articles.verification import due_at, may_own
from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.core.forms import Form
from helpcenter.core.row_id import row_id_or_none

INTERVALS = (30, 90, 180, 365)
"""Days an editor chooses from; a folder may name any other number."""


class CareForm(Form):
    owner = SelectField(_l("Looked after by"))
    every = SelectField(_l("Review interval"))

    @property
    def owner_id(self) -> int | None:
        """The chosen editor, if any."""
        return row_id_or_none(self.owner.data or "")

    @property
    def every_days(self) -> int | None:
        """The chosen interval; None for never."""
        return row_id_or_none(self.every.data or "")


@dataclass(frozen=True)
class Care:
    """What the side shows. `verified_by` is a name; `due_at` None where no date is set."""

    form: CareForm
    verified_at: datetime | None
    verified_by: str
    due_at: datetime | None
    is_overdue: bool


def form_for(article: Article, *, is_sent: bool) -> CareForm:
    """The form as it was sent, or as things stand. An owner who edits no longer is none."""
    editors = dict(db.session.execute(select(User.id, User.name).where(may_own()).order_by(User.name, User.id)).all())
    owner = article.owner_id if article.owner_id in editors else None
    held = {"owner": str(owner or ""), "every": str(article.review_every_days or "")}
    form = CareForm() if is_sent else CareForm(formdata=None, data=held)
    form.owner.choices = [SelectChoice("", _("No one")), *(SelectChoice(str(id), name) for id, name in editors.items())]
    own = [article.review_every_days] if article.review_every_days else []
    form.every.choices = [SelectChoice("", _("Never")), *(_interval(days) for days in sorted({*INTERVALS, *own}))]
    return form


def _interval(days: Any) -> SelectChoice:
    return SelectChoice(str(days), ngettext("Every %(num)d day", "Every %(num)d days", days))


def care_of(found: Opened, form: CareForm | None = None) -> Care:
    """The part for an edition; `form` is one that was refused."""
    article, edition = found.article, found.edition
    verified_at = edition.verified_at if edition else None
    due = due_at(verified_at, article.review_every_days)
    by = names_of([edition.verified_by]) if edition else {}
    return Care(
        form or form_for(article, is_sent=False),
        verified_at,
        by.get(edition.verified_by or 0, "") if edition else "",
        due,
        found.is_published and article.review_every_days is not None and (due is None or due < clock.now()),
    )
