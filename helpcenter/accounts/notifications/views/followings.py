"""Following a question, a topic, a tag; and the list of what somebody follows."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts import own_account
from helpcenter.accounts.destination import within_site
from helpcenter.accounts.notifications import followed, following
from helpcenter.accounts.notifications.following import Follow
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import subjects
from helpcenter.core.db import begin_write, db
from helpcenter.core.paging import page_of
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id

blueprint = Blueprint("followings", __name__)
ADDRESS = "/<locale:locale>/account/following"


@blueprint.get(ADDRESS)
def index(locale: str) -> str:
    """What they follow, the last first; what they may not see any more is left out."""
    viewer = current_viewer()
    person = own_account.of(viewer)
    page = page_of(following.followed_by(person.id), Follow.id, request.args.get("after", type=row_id))
    return render_template(
        "accounts/following.html",
        rows=followed.rows_of(page.rows, viewer, locale),
        next_url=url_for("followings.index", after=page.next_after) if page.next_after else None,
    )


@blueprint.post(f"{ADDRESS}/<kind>/<int:subject_id>")
def create(locale: str, kind: str, subject_id: int) -> Response:
    """Follow it."""
    return _say(locale, kind, subject_id, wanted=True)


@blueprint.post(f"{ADDRESS}/<kind>/<int:subject_id>/withdrawal")
def destroy(locale: str, kind: str, subject_id: int) -> Response:
    """Do not."""
    return _say(locale, kind, subject_id, wanted=False)


def _say(locale: str, kind: str, subject_id: int, *, wanted: bool) -> Response:
    viewer = current_viewer()
    person = own_account.of(viewer)
    if kind not in followed.kinds():
        raise NotFound
    # One may always stop, also what one may not see any more.
    is_visible = subject_id in subjects.subject(kind).visible([subject_id], viewer, locale)
    if not is_visible and (wanted or following.said(person.id, (kind, subject_id)) is None):
        raise NotFound
    begin_write()
    following.say(person.id, (kind, subject_id), wanted=wanted)
    db.session.commit()
    otherwise = subjects.subject(kind).url(subject_id, locale) if is_visible else url_for("followings.index")
    return redirect(within_site(request.form.get("back"), otherwise), 303)
