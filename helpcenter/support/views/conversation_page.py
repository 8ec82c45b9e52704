"""The page on which one of us reads a conversation and answers it; several views show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import locale
from helpcenter.core.row_id import row_id
from helpcenter.support import attachment, carried, held_reply, tried, waiting
from helpcenter.support.conversation import Conversation
from helpcenter.support.form import ReplyForm
from helpcenter.support.message import Kind, Message
from helpcenter.support.replies import article_choice, article_link, saved_reply
from helpcenter.support.said import said
from helpcenter.support.status import Ending
from helpcenter.support.suggestion import FEWEST_LETTERS
from helpcenter.support.views.files import waiting_files
from helpcenter.topics.tree import tree

MOST_INSERTED = 20
ENDINGS = {
    Ending.ANSWERED: _l("Answered"),
    Ending.WITHDRAWN: _l("Withdrawn by the person who wrote it"),
    Ending.SPAM: _l("Spam"),
    Ending.DUPLICATE: _l("Sent twice"),
}


def shown(
    row: Conversation,
    form: ReplyForm,
    status: int = 200,
    *,
    busy: Sequence[int] = (),
    told: str = "",
    also: int | None = None,
) -> Response:
    """The page, with the field as the form has it.

    `also` is the saved reply that was just inserted, `told` what there is to know about it.
    """
    viewer = current_viewer()
    found = said(row, request.args.get("before", type=row_id), with_notes=True)
    people = {message.author_id for message in found.messages} | {row.assignee_id, *busy}
    words: dict[str, Any] = {
        "conversation": row,
        "said": found,
        "part_url": lambda **more: url_for("inbox.show", conversation_id=row.id, **more),
        "files": attachment.of_messages(message.id for message in found.messages),
        "file_url": lambda one, **more: url_for(
            "inbox.show_file", conversation_id=row.id, attachment_id=one.id, **more
        ),
        "waiting_files": waiting_files(form),
        "names": names_of(one for one in people if one),
        "form": form,
        "endings": ENDINGS,
        "age": waiting.age_of(row),
        "busy": busy,
        "was_just_sent": held_reply.was_just_sent(row),
        "is_mine": row.assignee_id == viewer.id,
        "topic": topics().get(row.topic_id or 0, ""),
        "items": carried.items(row.carried.get("items", []), viewer, row.locale),
        "tried": tried.before(row),
        "saved_replies": saved_reply.every(),
        "inserted": [*inserted(), also] if also is not None else inserted(),
        "told": attachment.told,
        "told_of_insertion": told,
        "answering": _answering(found.messages, row),
    }
    response = make_response(render_template("inbox/show.html", **words), status)
    response.cache_control.no_store = True
    return response


def inserted() -> list[int]:
    """The saved replies that stand in the field, as its form or the address carries them."""
    return request.values.getlist("inserted", type=row_id)[:MOST_INSERTED]


def topics() -> dict[int, str]:
    """What each topic is called here."""
    return {node.id: node.text(locale.current()).title for node in tree().nodes.values()}


def _answering(messages: Sequence[Message], row: Conversation) -> list[dict[str, Any]]:
    """Articles that may answer what they asked last, each with its link as it is inserted."""
    found = article_choice.answering(_asked(messages), row.locale)
    known = article_link.addresses([one.id for one in found], row.locale)
    return [
        {**asdict(one), "url": known[one.id], "text": article_link.with_words(one.title, known[one.id])}
        for one in found
    ]


def _asked(messages: Sequence[Message]) -> str:
    """The last of theirs that is long enough to be searched for; '' without one."""
    theirs = [one.text for one in messages if one.kind == Kind.INCOMING]
    return next((text for text in reversed(theirs) if len(text.strip()) >= FEWEST_LETTERS), "")
