"""The letters of the site for its admins: so that a link reaches people before a mail server is set up."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import MailStatus, OutgoingMail
from helpcenter.core.paging import page_of
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id

blueprint = Blueprint("outgoing_mail", __name__, url_prefix="/settings/mail")

STATUS_WORDS = {
    MailStatus.HELD: lazy_gettext("Held: no mail server is set up"),
    MailStatus.QUEUED: lazy_gettext("Waiting to be sent"),
    MailStatus.SENDING: lazy_gettext("Being sent"),
    MailStatus.SENT: lazy_gettext("Sent"),
    MailStatus.FAILED: lazy_gettext("Could not be sent"),
}


@blueprint.get("")
def index() -> str:
    """The letters, newest first."""
    permissions.require(current_viewer(), "read_mail")
    page = page_of(mail.newest(), OutgoingMail.id, request.args.get("after", type=row_id))
    older = url_for(".index", after=page.next_after) if page.next_after else None
    return render_template(
        "outgoing_mail/index.html", letters=page.rows, older_url=older, words=STATUS_WORDS, has_server=mail.is_sent()
    )


@blueprint.get("/<int:mail_id>")
def show(mail_id: int) -> str:
    """One letter as its reader gets it, as text."""
    letter = _letter(mail_id)
    can_send = mail.is_sent() and letter.status in (MailStatus.HELD, MailStatus.FAILED)
    return render_template(
        "outgoing_mail/show.html", letter=letter, words=STATUS_WORDS, can_send=can_send, has_server=mail.is_sent()
    )


@blueprint.post("/<int:mail_id>/delivery")
def create_delivery(mail_id: int) -> Response:
    """Queue a held or failed letter once more."""
    letter = _letter(mail_id)
    if mail.is_sent():
        begin_write()
        queued = mail.send_again(letter)
        db.session.commit()
        flash(_("It will be sent within a minute.") if queued else _("It is already on its way."))
    return redirect(url_for(".show", mail_id=mail_id), 303)  # type: ignore[return-value]


def _letter(mail_id: int) -> OutgoingMail:
    permissions.require(current_viewer(), "read_mail")
    letter = mail.find(mail_id)
    if letter is None:
        raise NotFound("outgoing mail")
    return letter
