"""The mails of a conversation, each in the language in which it was begun. They lead to its page, where one answers."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, url_for
from sqlalchemy import select

from helpcenter.accounts.letters import in_language
from helpcenter.accounts.names import names_of
from helpcenter.accounts.user import User, email_key
from helpcenter.core import clock, mail, site
from helpcenter.core.db import db
from helpcenter.support.conversation import SUBJECT, Conversation
from helpcenter.support.message import Message


def link(row: Conversation) -> str:
    """The address of the conversation's page with its key, for whoever wrote it."""
    path = url_for("conversations.show", locale=row.locale, conversation_id=row.id, key=row.key)
    return f"{_site_url()}{path}"


def copy_of_first(row: Conversation, message: Message) -> None:
    """What somebody wrote to us, for themselves. After begin_write().

    Anybody may name anybody's address. Who did not show that it is theirs gets no words of theirs sent there.
    """
    _send("copy", row, message, row.email, is_theirs=_is_writers(row.email, row.writer_id))


def _is_writers(address: str, writer_id: int | None) -> bool:
    own = select(User.email_key).where(User.id == writer_id, User.confirmed_at.is_not(None))
    return writer_id is not None and db.session.scalar(own) == email_key(address)


def tell_team(row: Conversation, message: Message) -> None:
    """Something waits for us: a letter to the address of the site, where it has one. After begin_write()."""
    here = site.current()
    if here.support_address:
        inbox = f"{_site_url()}{url_for('inbox.show', conversation_id=row.id)}"
        _send("waiting", row, message, here.support_address, locale=here.default_locale, inbox=inbox)


def reply(row: Conversation, message: Message) -> None:
    """What one of us answered. After begin_write()."""
    author = names_of([message.author_id] if message.author_id else []).get(message.author_id or 0, "")
    _send("reply", row, message, row.email, author=author)


def take_back(message: Message) -> bool:
    """Delete the letter of a reply; False once it has left. After begin_write()."""
    return mail.take_back(f"support_reply:{message.id}")


def _send(letter: str, row: Conversation, message: Message, to: str, locale: str = "", **words: Any) -> None:
    with in_language(locale or row.locale):
        text = render_template(
            f"mail/support_{letter}.txt",
            conversation=row,
            message=message,
            site=site.current(),
            link=link(row),
            **words,
        )
    subject, _blank, body = text.strip().partition("\n")
    # One letter for one message, whoever asks for it again.
    key = f"support_{letter}:{message.id}"
    kind, about = f"support_{letter}", (SUBJECT, row.id)
    # A reply that is held back has its moment still before it.
    after = message.sent_at - clock.now()
    mail.queue(to, subject.strip(), body.strip() + "\n", kind=kind, dedupe_key=key, about=about, after=after)


def _site_url() -> str:
    return str(current_app.config["SETTINGS"].site_url)
