"""Registers the contact form, conversations and the inbox, and what an erased person leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.core import contact, jobs, journal, locale, subjects
from helpcenter.support import attachment, conversation, erasure, gauges
from helpcenter.support.conversation import SUBJECT
from helpcenter.support.mail_in import incoming_mail, polling
from helpcenter.support.replies import quoting, saved_reply
from helpcenter.support.views import (
    contacts,
    conversations,
    inbox,
    insertions,
    presences,
    saved_replies,
    undoings,
)

POLL_SECONDS = 20
DAY_SECONDS = 24 * 3600


def register(app: Flask) -> None:
    """Every page leads to the form from now on. A conversation is a subject so that a person can take theirs along."""
    for view in (contacts, conversations, inbox, presences, undoings, saved_replies, insertions):
        app.register_blueprint(view.blueprint)
    contact.offer(app, _address)
    app.extensions.setdefault("account_pages", []).append(_own_pages)
    pageless = subjects.pageless(erasure.export, erasure.erase)
    subjects.register(app, SUBJECT, replace(pageless, move_topic=conversation.move_topic, is_private=True))
    subjects.register(app, saved_reply.SUBJECT, quoting.SUBJECT)
    journal.name(
        app,
        {
            "saved_reply_added": _l("added a saved reply"),
            "saved_reply_changed": _l("changed a saved reply"),
            "saved_reply_deleted": _l("deleted a saved reply"),
        },
    )
    gauges.register(app)
    jobs.every(app, "mail: fetch", POLL_SECONDS, polling.poll)
    jobs.every(app, "mail: forget what was taken in", DAY_SECONDS, incoming_mail.forget_old)
    jobs.every(app, "files: forget what no message took", DAY_SECONDS, attachment.forget_waiting)


def _address(about: dict[str, Any]) -> str:
    return url_for("contacts.new", locale=locale.current(), **about)


def _own_pages() -> dict[str, str]:
    return {"title": _("My conversations"), "url": url_for("conversations.index", locale=locale.current())}
