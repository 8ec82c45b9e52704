"""Puts a letter where it belongs: into its conversation, into a new one, or beside, when no person wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from helpcenter.accounts import permissions, user
from helpcenter.accounts.email_address import normalized
from helpcenter.accounts.letters import in_language
from helpcenter.accounts.role import STAFF, Role
from helpcenter.accounts.user import LONGEST_NAME, email_key
from helpcenter.core import clock, limits, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import TooMany
from helpcenter.core.text import shortened
from helpcenter.journeys import exclusion, visitor
from helpcenter.journeys.actor import Actor
from helpcenter.support import attachment, conversation, letters
from helpcenter.support.attachment import Taken
from helpcenter.support.conversation import LONGEST_TITLE, Conversation
from helpcenter.support.mail_in import incoming_mail, reply_address
from helpcenter.support.mail_in.incoming_mail import Outcome
from helpcenter.support.mail_in.language import language_of
from helpcenter.support.mail_in.letter import Letter
from helpcenter.support.mail_in.reply_address import Found, Side
from helpcenter.support.mail_in.robots import Robot
from helpcenter.support.message import ByMail, Message
from helpcenter.support.said import messages
from helpcenter.support.visibility import ANSWERS

OF_SENDER = "10 per 10 minutes"
"""More letters than a person writes: two programs that answer each other are told apart by it."""
_ANSWER = re.compile(r"(?i)^(\s*(re|aw|sv|rv|отв|ответ|رد)\s*:)+\s*")
"""What mail programs put before the subject of an answer, as ours will once more."""
SAME_BROWSER = timedelta(days=30)


@dataclass(frozen=True)
class Sender:
    """Whoever a letter says it is from; `user_id` where the address is that of a confirmed account."""

    address: str
    user_id: int | None = None
    roles: frozenset[Role] = frozenset()

    @property
    def may_answer(self) -> bool:
        """Whether this is one of us who answers."""
        return bool(self.roles & permissions.PERMISSIONS[ANSWERS])


def receive(letter: Letter, at: datetime) -> Outcome | None:
    """Take a letter in and commit; None when it was taken before. `at` is when it reached the mailbox.

    Raises OSError when the disk takes no file.
    """
    if incoming_mail.is_known(letter.key):
        return None
    found = reply_address.find(letter.recipients, letter.references)
    sender = _sender(letter.sender)
    robot = letter.robot if normalized(letter.sender) else Robot.BULK
    # Slow, so before the write begins. What a program attaches is of no use to anybody.
    files = [attachment.take(one.name, one.data) for one in letter.files] if robot is Robot.NONE else []
    # After the files: a letter that is tried again and again while the disk is full counts once.
    if robot is Robot.NONE and _is_flooding(letter, sender, found):
        robot, files = Robot.REPLY, []
    if robot is not Robot.NONE and (found is None or robot is Robot.OWN):
        return _leave(letter)
    gets_copy = found is None and letters.may_copy(_answers_to(letter))
    begin_write()
    if found is not None:
        row = conversation.locked(found.conversation.id)
        outcome, message = _into(row, found.side, letter, sender, robot)
    else:
        outcome, row, message = Outcome.OPENED, *_open(letter, sender, at)
    if not incoming_mail.note(letter.key, outcome, row.id):
        db.session.rollback()
        return None
    _keep(files, row, message)
    _tell(outcome, row, message, gets_copy=gets_copy)
    db.session.commit()
    return outcome


def _sender(address: str) -> Sender:
    known = user.by_email(address) if address else None
    if known is None or not known.is_confirmed or known.erased_at:
        return Sender(address)
    return Sender(address, known.id, user.roles_of([known.id])[known.id])


def _is_flooding(letter: Letter, sender: Sender, found: Found | None) -> bool:
    if found is not None and found.side is Side.TEAM and sender.may_answer:
        return False
    try:
        # A group that passes letters on puts its own address over all of them, and whose they are into Reply-To.
        limits.spend(OF_SENDER, "mail from", email_key(_answers_to(letter)))
    except TooMany:
        return True
    return False


def _leave(letter: Letter) -> Outcome | None:
    begin_write()
    is_new = incoming_mail.note(letter.key, Outcome.LEFT, None)
    db.session.commit()
    return Outcome.LEFT if is_new else None


def _into(row: Conversation, side: Side, letter: Letter, sender: Sender, robot: Robot) -> tuple[Outcome, Message]:
    mail = ByMail(sender.address, letter.message_id, letter.quoted)
    if robot is not Robot.NONE:
        text = "\n\n".join(part for part in (letter.subject, letter.text) if part)
        message = conversation.add_automatic(row, text, mail=mail)
        if robot is Robot.BOUNCE and letter.is_undelivered and side is Side.CUSTOMER:
            conversation.take_back_to_us(row)
        return Outcome.AUTOMATIC, message
    if side is Side.TEAM and sender.may_answer:
        by, words = Actor(None, sender.user_id, excluded_reason=exclusion.STAFF), _words(letter, row.locale)
        if _holds_ours(words, row):
            return Outcome.WITHHELD, conversation.add_note(row, _withheld(words), by=by, mail=mail)
        return Outcome.REPLIED, conversation.reply(row, words, by=by, mail=mail)
    if side is Side.TEAM and email_key(sender.address) != email_key(row.email):
        # Only the team has this address. Whoever it was, the customer gets nothing that nobody answers for.
        nobody = Actor(None, sender.user_id)
        return Outcome.NOTED, conversation.add_note(row, _words(letter, row.locale), by=nobody, mail=mail)
    by = Actor(row.visitor_id, row.writer_id)
    return Outcome.WRITTEN, conversation.write(row, _words(letter, row.locale), by=by, mail=mail)


def _holds_ours(words: str, row: Conversation) -> bool:
    """Whether our letter to the team is still below an answer, because its mail program quotes in a way of its own."""
    # Some mail servers wrap every address of a letter into one of theirs.
    plain = unquote(words).casefold()
    inbox = re.escape(url_for("inbox.show", conversation_id=row.id))
    return reply_address.word(row, Side.TEAM) in plain or re.search(rf"{inbox}(?!\d)", plain) is not None


def _withheld(words: str) -> str:
    with in_language(site.current().default_locale):
        why = _(
            "This answer by email was not sent: it quotes our own email, which only the team may read. Answer "
            "here, or answer by email again without the quote."
        )
    return f"{why}\n\n{words}"


def _open(letter: Letter, sender: Sender, at: datetime) -> tuple[Conversation, Message]:
    locale = language_of(f"{letter.subject}\n{letter.text}", site.current().locales)
    text = _words(letter, locale)
    address = _answers_to(letter)
    row = conversation.open_with(
        text,
        by=_person(sender, address),
        email=address,
        locale=locale,
        submission=letter.key[:32],
        mail=ByMail(sender.address, letter.message_id, letter.quoted),
        # A clock of a mail server that goes wrong must not make anybody wait since tomorrow.
        at=min(at, clock.now()),
        name=letter.sender_name[:LONGEST_NAME],
        title=shortened(_ANSWER.sub("", letter.subject), LONGEST_TITLE) or conversation.title_of(text),
    )
    return row, messages(row, with_notes=False)[0]


def _answers_to(letter: Letter) -> str:
    return normalized(letter.answers_to) or normalized(letter.sender) or ""


def _person(sender: Sender, address: str) -> Actor:
    """Who needs us: the account of the address, and the browser from which it wrote to us before."""
    before = select(Conversation.visitor_id).where(
        Conversation.email == address,
        Conversation.visitor_id.is_not(None),
        Conversation.opened_at > clock.now() - SAME_BROWSER,
    )
    known = db.session.scalar(before.order_by(Conversation.id.desc()).limit(1))
    reason = exclusion.STAFF if sender.roles & STAFF else None
    # Anybody may write anybody's address as theirs; who wants the answer elsewhere did not even get one there.
    user_id = sender.user_id if email_key(address) == email_key(sender.address) else None
    return Actor(known or visitor.new_id(), user_id, excluded_reason=reason)


def _words(letter: Letter, locale: str) -> str:
    if letter.text:
        return letter.text
    with in_language(locale):
        if not letter.is_whole:
            return str(_("This email is too large, or cannot be read here. It is in the mailbox."))
        return str(_("Only files came.") if letter.files else _("The email was empty."))


def _keep(files: list[Taken], row: Conversation, message: Message) -> None:
    kept = [attachment.keep(one, by=None) for one in files]
    attachment.belong(kept, message.id, row.id)


def _tell(outcome: Outcome, row: Conversation, message: Message, *, gets_copy: bool) -> None:
    if outcome is Outcome.REPLIED:
        letters.reply(row, message)
    if outcome in (Outcome.OPENED, Outcome.WRITTEN, Outcome.WITHHELD):
        letters.tell_team(row, message)
    if outcome is Outcome.OPENED and gets_copy:
        letters.copy_of_first(row, message)
