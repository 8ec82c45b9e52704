"""The mails of a conversation, each in the language in which it was begun.

They lead to its page, where one answers; where the site reads a mailbox, one may answer the mail as well.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, url_for
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.letters import in_language
from helpcenter.accounts.names import names_of
from helpcenter.accounts.permissions import PERMISSIONS
from helpcenter.accounts.user import User, email_key
from helpcenter.core import clock, limits, mail, site
from helpcenter.core.db import db
from helpcenter.core.refusals import TooMany
from helpcenter.support import attachment
from helpcenter.support.conversation import SUBJECT, Conversation
from helpcenter.support.mail_in import reply_address
from helpcenter.support.mail_in.reply_address import Side
from helpcenter.support.message import Kind, Message
from helpcenter.support.visibility import ANSWERS

COPIES = "3 per hour"
"""Anybody may name anybody's address: whoever writes more often is heard, and gets no more copies."""
MOST_TOLD = 50


def link(row: Conversation) -> str:
    """The address of the conversation's page with its key, for whoever wrote it."""
    path = url_for("conversations.show", locale=row.locale, conversation_id=row.id, key=row.key)
    return f"{_site_url()}{path}"


def copy_of_first(row: Conversation, message: Message) -> None:
    """What somebody wrote to us, for themselves. After begin_write().

    Anybody may name anybody's address, also as the sender of a letter. Who did not show that it is theirs, by being
    signed in, gets no words of theirs sent there.
    """
    _send("copy", row, message, row.email, is_theirs=not message.sender and _is_writers(row.email, row.writer_id))


def _is_writers(address: str, writer_id: int | None) -> bool:
    own = select(User.email_key).where(User.id == writer_id, User.confirmed_at.is_not(None))
    return writer_id is not None and db.session.scalar(own) == email_key(address)


def may_copy(address: str) -> bool:
    """Whether a copy may go to this address, which counts as one. Before begin_write()."""
    try:
        limits.spend(COPIES, "copy", email_key(address))
    except TooMany:
        return False
    return True


def tell_team(row: Conversation, message: Message) -> None:
    """Something waits for us: a letter to each address that hears of it. After begin_write()."""
    inbox = f"{_site_url()}{url_for('inbox.show', conversation_id=row.id)}"
    for address in _team_of(row):
        _send("waiting", row, message, address, side=Side.TEAM, locale=site.current().default_locale, inbox=inbox)


def _team_of(row: Conversation) -> list[str]:
    """The support address. Where that is the mailbox we read ourselves: whoever has it, else all who answer."""
    support, own = site.current().support_address, current_app.config["SETTINGS"].mailbox_address
    if not own or email_key(support) != email_key(own):
        return [support] if support else []
    if row.assignee_id is not None and (one := user.by_id(row.assignee_id)):
        return [one.email]
    people = [db.session.scalars(user.holders(role).limit(MOST_TOLD)) for role in sorted(PERMISSIONS[ANSWERS])]
    return sorted({one.email for some in people for one in some if one.is_confirmed})


def reply(row: Conversation, message: Message) -> None:
    """What one of us answered. After begin_write()."""
    author = names_of([message.author_id] if message.author_id else []).get(message.author_id or 0, "")
    _send("reply", row, message, row.email, author=author)


def take_back(message: Message) -> bool:
    """Delete the letter of a reply; False once it has left. After begin_write()."""
    return mail.take_back(f"support_reply:{message.id}")


def _send(
    letter: str,
    row: Conversation,
    message: Message,
    to: str,
    *,
    side: Side = Side.CUSTOMER,
    locale: str = "",
    **words: Any,
) -> None:
    answered = "" if side is Side.TEAM else _last_letter(row)
    reply_to = reply_address.address(row, side)
    with in_language(locale or row.locale):
        text = render_template(
            f"mail/support_{letter}.txt",
            conversation=row,
            message=message,
            site=site.current(),
            link=link(row),
            files=[one.name for one in attachment.of_messages([message.id]).get(message.id, []) if not one.refused],
            takes_mail=bool(reply_to),
            is_answer=bool(answered),
            **words,
        )
    subject, _blank, body = text.strip().partition("\n")
    mail.queue(
        to,
        subject.strip(),
        body.strip() + "\n",
        kind=f"support_{letter}",
        # One letter to one person for one message, whoever asks for it again.
        dedupe_key=f"support_{letter}:{message.id}" + (f":{to}" if side is Side.TEAM else ""),
        about=(SUBJECT, row.id),
        word=reply_address.word(row, side),
        reply_to=reply_to,
        # Where they wrote no letter, ours stand below each other all the same.
        in_reply_to=answered or mail.last_about((SUBJECT, row.id), to),
        by_person=letter == "reply",
        # A reply that is held back has its moment still before it.
        after=message.sent_at - clock.now(),
    )


def _last_letter(row: Conversation) -> str:
    """The Message-ID of the last letter of theirs, so that their mail program shows ours below it."""
    theirs = select(Message.mail_id).where(
        Message.conversation_id == row.id, Message.kind == Kind.INCOMING, Message.mail_id != ""
    )
    return db.session.scalar(theirs.order_by(Message.id.desc()).limit(1)) or ""


def _site_url() -> str:
    return str(current_app.config["SETTINGS"].site_url)
