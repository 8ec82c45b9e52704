"""What is kept of a person's conversations: handed out on request, taken away on request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select, update

from helpcenter.accounts.user import User
from helpcenter.core import mail
from helpcenter.core.db import db
from helpcenter.support import attachment, presence
from helpcenter.support.attachment import Attachment
from helpcenter.support.conversation import SUBJECT, Conversation
from helpcenter.support.message import Kind, Message
from helpcenter.support.said import messages


def export(user_id: int) -> Mapping[str, Any]:
    """Every conversation a user began, with what was said in it, oldest first."""
    rows = db.session.scalars(select(Conversation).where(Conversation.writer_id == user_id).order_by(Conversation.id))
    found = [_as_export(row) for row in rows.all()]
    return {"conversations": found} if found else {}


def erase(user_id: int) -> None:
    """Forget the conversations of a user, also those begun signed out from the address they confirmed as theirs.

    What they wrote as one of us stays, without their name and address.
    """
    own = select(func.lower(User.email)).where(User.id == user_id, User.confirmed_at.is_not(None))
    address = own.scalar_subquery()
    is_theirs = (Conversation.writer_id == user_id) | (
        Conversation.writer_id.is_(None) & (func.lower(Conversation.email) == address)
    )
    theirs = select(Conversation.id).where(is_theirs)
    options = {"synchronize_session": False}
    said = select(Message.id).where(Message.conversation_id.in_(theirs))
    numbers = list(db.session.scalars(theirs))
    attachment.forget_of(numbers, list(db.session.scalars(said)))
    mail.forget_about(SUBJECT, numbers)
    db.session.execute(delete(Message).where(Message.conversation_id.in_(theirs)), execution_options=options)
    db.session.execute(delete(Conversation).where(is_theirs), execution_options=options)
    presence.forget(user_id)
    sent = update(Message).where((Message.author_id == user_id) | (func.lower(Message.sender) == address))
    db.session.execute(sent.where(Message.sender != "").values(sender=""), execution_options=options)
    for column in (Message.author_id, Conversation.assignee_id):
        nobody = update(column.class_).where(column == user_id).values({column.key: None})
        db.session.execute(nobody, execution_options=options)


def _as_export(row: Conversation) -> dict[str, Any]:
    said = messages(row, with_notes=False)
    files = attachment.of_messages(one.id for one in said)
    return {
        "number": row.id,
        "opened_at": row.opened_at.isoformat(),
        "name": row.name,
        "email": row.email,
        "status": row.told_status,
        "messages": [
            {
                "at": one.sent_at.isoformat(),
                "from": one.kind,
                "text": one.text,
                **({"quoted": one.quoted} if one.quoted and one.kind == Kind.INCOMING else {}),
                **({"files": [_file(each) for each in files[one.id]]} if one.id in files else {}),
            }
            for one in said
        ],
    }


def _file(one: Attachment) -> dict[str, Any]:
    return {"name": one.name, **({"text": one.text} if one.text is not None else {}), "was_kept": not one.refused}
