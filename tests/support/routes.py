"""Who may use the contact form, conversations and the inbox."""

from __future__ import annotations

from typing import Any

from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support import attachment
from helpcenter.support.attachment import Taken
from helpcenter.support.conversation import Conversation
from helpcenter.support.said import messages
from tests.cast import Cast
from tests.house.access import Route, everyone, only, signed_in
from tests.shelf import put_article
from tests.support.letters_to_us import opened
from tests.support.replies_of_ours import put_reply


def bens(cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "conversation_id": opened(by=Actor(new_id(), cast.id_of("ben"))).id}


def somebodys(_cast: Cast) -> dict[str, Any]:
    return {"conversation_id": opened().id}


def bens_file(cast: Cast) -> dict[str, Any]:
    """A file that came with what Ben wrote."""
    args = bens(cast)
    (first,) = messages(db.session.get_one(Conversation, args["conversation_id"]), with_notes=False)
    begin_write()
    row = attachment.keep(Taken("a.log", text="x"), by=None, message_id=first.id)
    db.session.commit()
    return {**args, "attachment_id": row.id}


def somebodys_file(cast: Cast) -> dict[str, Any]:
    return {name: value for name, value in bens_file(cast).items() if name != "locale"}


def here(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en"}


def an_article(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "kind": "article", "subject_id": put_article("Refunds")}


def words(_cast: Cast) -> dict[str, Any]:
    return {"message": "It works again."}


def a_reply(_cast: Cast) -> dict[str, Any]:
    return {"reply_id": put_reply(f"Refund {new_id()}")}


def a_new_reply(_cast: Cast) -> dict[str, Any]:
    return {"name": f"Refund {new_id()}", "text_en": "It takes five days.", "seen": "1"}


AGENTS = ("agent", "admin")
WRITERS = ("editor", "agent", "admin")
ROUTES: dict[str, Route] = {
    "contacts.new": everyone(args=here),
    "contacts.create": everyone(422, args=here),
    "contacts.suggest": everyone(args=here),
    "contacts.open_suggestion": everyone(303, args=an_article),
    "contacts.solve": everyone(args=an_article),
    "conversations.index": signed_in(args=here),
    "conversations.show": only("member", otherwise=404, args=bens),
    "conversations.create": only("member", status=303, otherwise=404, args=bens, data=words),
    "conversations.withdraw": only("member", status=303, otherwise=404, args=bens),
    "conversations.show_file": only("member", otherwise=404, args=bens_file),
    "inbox.index": only(*AGENTS),
    "inbox.show_file": only(*AGENTS, args=somebodys_file),
    "inbox.show": only(*AGENTS, args=somebodys),
    "inbox.create": only(*AGENTS, status=303, args=somebodys, data=words),
    "inbox.assign": only(*AGENTS, status=303, args=somebodys),
    "inbox.close": only(*AGENTS, status=303, args=somebodys),
    "undoings.create": only(*AGENTS, status=303, args=somebodys),
    "undoings.take_back": only(*AGENTS, status=303, args=somebodys),
    "presences.update": only(*AGENTS, status=204, args=somebodys),
    "inbox.reopen": only(*AGENTS, status=303, args=somebodys),
    "insertions.replies": only(*AGENTS, args=somebodys),
    "insertions.articles": only(*AGENTS, args=somebodys),
    "insertions.create": only(*AGENTS, args=somebodys),
    "saved_replies.index": only(*WRITERS),
    "saved_replies.new": only(*WRITERS),
    "saved_replies.articles": only(*WRITERS),
    "saved_replies.create": only(*WRITERS, status=303, data=a_new_reply),
    "saved_replies.edit": only(*WRITERS, args=a_reply),
    "saved_replies.update": only(*WRITERS, status=303, args=a_reply, data=a_new_reply),
    "saved_replies.destroy": only(*WRITERS, status=303, args=a_reply),
}
