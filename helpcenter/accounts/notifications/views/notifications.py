"""What is new for somebody: the page behind the bell."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from helpcenter.accounts import own_account
from helpcenter.accounts.notifications import line, notification
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.paging import page_of
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id

blueprint = Blueprint("notifications", __name__)
ADDRESS = "/<locale:locale>/account/notifications"
PAGE_ROWS = 100


@blueprint.get(ADDRESS)
def index(locale: str) -> str:
    """Everything they were told, the newest first."""
    viewer = current_viewer()
    person = own_account.of(viewer)
    page = page_of(notification.shown_to(person.id), Notification.id, request.args.get("after", type=row_id), PAGE_ROWS)
    seen = line.seen(page.rows, viewer, locale, line.isolated)
    following = url_for("notifications.index", after=page.next_after) if page.next_after else None
    return render_template(
        "accounts/notifications.html",
        lines=seen.lines,
        hidden=seen.hidden,
        next_url=following,
        first_url=url_for("notifications.index") if "after" in request.args else None,
    )


@blueprint.post(f"{ADDRESS}/read")
def update(locale: str) -> Response:
    """All of it is read, also what can not be seen at the moment."""
    person = own_account.of(current_viewer())
    begin_write()
    notification.read(person.id)
    db.session.commit()
    return redirect(url_for("notifications.index", locale=locale), 303)


@blueprint.get(f"{ADDRESS}/<int:notification_id>/opening")
def show_opening(locale: str, notification_id: int) -> Response:  # noqa: ARG001
    """Somebody opened the address of the form: to the page, and nothing is read by it."""
    own_account.of(current_viewer())
    return redirect(url_for("notifications.index", locale=locale), 303)


@blueprint.post(f"{ADDRESS}/<int:notification_id>/opening")
def open_one(locale: str, notification_id: int) -> Response:
    """To what a line is about; with it everything that the line told is read. Raises NotFound."""
    viewer = current_viewer()
    person = own_account.of(viewer)
    shown = _line_of(person.id, notification_id)
    seen = line.seen(shown, viewer, locale)
    if not seen.lines:
        raise NotFound
    begin_write()
    notification.read(person.id, Notification.id.in_(seen.ids))
    db.session.commit()
    return redirect(seen.lines[0].url, 303)


def _line_of(user_id: int, notification_id: int) -> list[Notification]:
    """The row with the older ones that stand in one line with it, the newest first."""
    own = notification.shown_to(user_id)
    row = db.session.scalar(own.where(Notification.id == notification_id))
    if row is None:
        raise NotFound
    alike = own.where(
        Notification.kind == row.kind,
        Notification.about_kind == row.about_kind,
        Notification.about_id == row.about_id,
        Notification.id <= row.id,
        Notification.read_at.is_(None) if row.read_at is None else Notification.id == row.id,
    )
    return list(db.session.scalars(alike.order_by(Notification.id.desc()).limit(PAGE_ROWS)))
