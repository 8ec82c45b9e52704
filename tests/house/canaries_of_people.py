"""Made-up words hidden in what people said to us and hear from us."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.notifications import following, mailing
from helpcenter.accounts.notifications.notification import tell
from helpcenter.articles.revision import Revision
from helpcenter.articles.suggestion import suggest
from helpcenter.community import telling
from helpcenter.community.question import Question
from helpcenter.core import clock, mail
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import vote, vote_address
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.search import waiting
from helpcenter.support import attachment, conversation
from helpcenter.support.attachment import Taken
from helpcenter.support.message import ByMail
from tests.cast import Cast
from tests.feedback.votes import someone
from tests.house.garden import ADMIN, AGENTS, COMMON, EDITORS, Garden
from tests.shelf import edition_of
from tests.support.letters_to_us import opened

LETTER = "canary"


def plant_words_of_people(garden: Garden, cast: Cast, refunds: int) -> None:
    """A member with a vote, a letter and a search."""
    name, address, waiting = (
        garden.word(f"{part} of a member", ADMIN) for part in ("name", "address", "address that waits")
    )
    comment = garden.word("comment with a vote", EDITORS)
    subject, text = garden.word("subject of a letter", ADMIN), garden.word("text of a letter", ADMIN)
    typed = garden.word("words typed into the search", frozenset())
    revision_id = edition_of(refunds).published_revision_id or 0
    begin_write()
    person = user.add(name.title(), f"{address}@example.org", "no password", is_confirmed=True)
    person.new_email = f"{waiting}@example.org"
    by = someone(person.id)
    vote.cast_vote(
        subject=("article", refunds),
        revision_id=revision_id,
        helpful=False,
        by=by,
        reason="out_of_date",
        comment=comment,
    )
    _plant_suggestion(garden, refunds, revision_id, by)
    mail.queue("cleo@example.org", f"About {subject}", f"Open {text}.", kind=LETTER, dedupe_key=LETTER)
    recorder.record("searched", by=by, locale="en", detail={"results": 0}, query=typed)
    db.session.commit()
    cast.id_of("cleo")


def _plant_suggestion(garden: Garden, article_id: int, revision_id: int, by: Actor) -> None:
    """What a stranger wants better, what they were answered, and the addresses that nobody ever reads."""
    said = {part: garden.word(f"{part} of a suggestion", EDITORS) for part in ("words", "text", "reply")}
    left, also = (garden.word(f"address left with a {kind}", frozenset()) for kind in ("suggestion", "vote"))
    row = suggest(
        db.session.get_one(Revision, revision_id),
        article_id,
        "en",
        words=f"Say {said['words']}.",
        text=f"The money of your {said['text']}.",
        said_in="en",
        user_id=None,
        address=f"{left}@example.org",
    )
    row.reply = f"It is {said['reply']}."
    vote_address.leave(("article", article_id), by, f"{also}@example.org", "en")


def plant_what_people_hear_of(garden: Garden, cast: Cast) -> None:
    """Everybody follows every topic and tag, also what is hidden from them, and was told of all of it."""
    words = garden.word("words somebody waits for", EDITORS)
    begin_write()
    for name in ("ben", "cleo", "mia", "sam", "ada"):
        for kind, ids in (("topic", range(1, 5)), ("tag", range(1, 5)), ("question", range(1, 5))):
            for one in ids:
                following.say(cast.id_of(name), (kind, one), wanted=True)
        for question in db.session.scalars(select(Question)):
            about, people = ("question", question.id), [cast.id_of(name)]
            tell(telling.MENTION, people, about=about, subject=about, actor_id=None)
    row = waiting.wait(f"{words} {COMMON}", "en", "dora@example.org", user_id=None)
    assert row is not None
    waiting.confirm(row)
    db.session.commit()
    with clock.moved(clock.now() + timedelta(minutes=11)):
        mailing.send_due()


def plant_conversation(garden: Garden, cast: Cast) -> None:
    """What somebody wrote to us, by mail with a file and a quote, and what we noted among us."""
    parts = ("title", "message", "name of the writer", "name of a file", "text of a file", "quote", "note")
    words = {part: garden.word(f"{part} of a conversation", AGENTS) for part in parts}
    row = opened(f"My {words['message']} {COMMON}.", title=f"About {words['title']}", name=words["name of the writer"])
    begin_write()
    locked = conversation.locked(row.id)
    by = Actor(new_id())
    came = ByMail("cleo@example.org", quoted=f"> {words['quote']}")
    message = conversation.write(locked, "See the file.", by=by, mail=came)
    taken = Taken(f"{words['name of a file']}.log", text=words["text of a file"])
    attachment.belong([attachment.keep(taken, by=None)], message.id, row.id)
    conversation.add_note(locked, f"Among us: {words['note']}.", by=Actor(None, cast.id_of("sam")))
    db.session.commit()
