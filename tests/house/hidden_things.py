"""Things that not everybody may know of, each with the arguments by which addresses name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpcenter.core.db import begin_write, db
from helpcenter.files import upload
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support import attachment, conversation
from helpcenter.support.attachment import Taken
from helpcenter.topics.audience import Audience
from tests.articles.routes import a_suggestion
from tests.cast import Cast
from tests.community.moderation.acts import delete, hide
from tests.community.posts import put_answer, put_comment, put_question
from tests.files.pictures import picture
from tests.shelf import put_article, put_topic
from tests.support.letters_to_us import opened

SECRET = "velsnark"
"""Stands in each of them."""
NOBODY = 987_654_321
"""A number that nothing has."""


@dataclass(frozen=True)
class Thing:
    """`argument` names it in an address and holds `number`; `beside` are other arguments. `kind` as in core.subjects.

    `hidden_from` are words of access.PEOPLE. With `within` only the routes count that have this argument too.
    """

    argument: str
    number: Any
    hidden_from: tuple[str, ...]
    beside: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    within: str = ""


def _question(cast: Cast, who: str = "ben", topic_id: int | None = None) -> tuple[int, dict[str, Any]]:
    """A question, and its answer."""
    number = put_question(cast, who, f"Where is {SECRET}?", topic_id=topic_id)
    return number, {"answer_id": put_answer(cast, number, "root", f"Ask {SECRET}.")}


def hidden_question(cast: Cast) -> Thing:
    """Its asker may open it, and so may whoever moderates."""
    number, beside = _question(cast)
    hide(cast, "question", number)
    return Thing("question_id", number, ("other", "editor"), beside, "question")


def deleted_question(cast: Cast) -> Thing:
    number, beside = _question(cast)
    delete(cast, "question", number)
    return Thing("question_id", number, ("member", "agent"), beside, "question")


def members_question(cast: Cast) -> Thing:
    topic = put_topic("inner", f"Inner {SECRET}", audience=Audience.MEMBERS)
    number, beside = _question(cast, topic_id=topic)
    return Thing("question_id", number, ("stranger",), beside, "question")


def team_question(cast: Cast) -> Thing:
    topic = put_topic("back", f"Back {SECRET}", audience=Audience.TEAM)
    number, beside = _question(cast, "ada", topic)
    return Thing("question_id", number, ("stranger", "other"), beside, "question")


def hidden_answer(cast: Cast) -> Thing:
    question = put_question(cast)
    number = put_answer(cast, question, "ada", f"Ask {SECRET}.")
    hide(cast, "answer", number)
    return Thing("answer_id", number, ("member", "agent"), {"question_id": question}, "answer")


def answer_to_a_hidden_question(cast: Cast) -> Thing:
    question = put_question(cast)
    number = put_answer(cast, question, "ada", f"Ask {SECRET}.")
    hide(cast, "question", question)
    return Thing("answer_id", number, ("other",), {"question_id": question}, "answer")


def answer_of_another_question(cast: Cast) -> Thing:
    """Both are there for all, and do not belong together."""
    number = put_answer(cast, put_question(cast), "ada", f"Ask {SECRET}.")
    return Thing("answer_id", number, ("member", "other"), {"question_id": put_question(cast)}, within="question_id")


def hidden_comment(cast: Cast) -> Thing:
    number = put_comment(cast, put_question(cast), "ada", f"Which {SECRET}?")
    hide(cast, "comment", number)
    return Thing("comment_id", number, ("other", "agent"), kind="comment")


def draft(_cast: Cast) -> Thing:
    number = put_article(f"About {SECRET}", f"It is {SECRET}.", published=False)
    return Thing("article_id", number, ("stranger", "other"), kind="article")


def members_article(_cast: Cast) -> Thing:
    number = put_article(f"About {SECRET}", f"It is {SECRET}.", audience=Audience.MEMBERS)
    return Thing("article_id", number, ("stranger",), kind="article")


def team_article(_cast: Cast) -> Thing:
    number = put_article(f"About {SECRET}", f"It is {SECRET}.", audience=Audience.TEAM)
    return Thing("article_id", number, ("other",), kind="article")


def article_in_a_topic_of_the_team(_cast: Cast) -> Thing:
    topic = put_topic("back", f"Back {SECRET}", audience=Audience.TEAM)
    number = put_article(f"About {SECRET}", f"It is {SECRET}.", topic_id=topic)
    return Thing("article_id", number, ("stranger", "other"), kind="article")


def members_topic(_cast: Cast) -> Thing:
    number = put_topic("inner", f"Inner {SECRET}", audience=Audience.MEMBERS)
    return Thing("topic_id", number, ("stranger",), kind="topic")


def team_topic(_cast: Cast) -> Thing:
    number = put_topic("back", f"Back {SECRET}", audience=Audience.TEAM)
    return Thing("topic_id", number, ("stranger", "other"), kind="topic")


def conversation_of_ben(cast: Cast) -> Thing:
    """Its address opens it for whoever has the key; nobody else of the team's readers comes in by it."""
    row = opened(by=Actor(new_id(), cast.id_of("ben")), text=f"I lost {SECRET}.")
    return Thing("conversation_id", row.id, ("stranger", "other"), kind="conversation")


def file_of_a_note(cast: Cast) -> Thing:
    """Ben reads the conversation, and not what one of us noted in it."""
    row, by = opened(by=Actor(new_id(), cast.id_of("ben"))), Actor(None, cast.id_of("sam"))
    begin_write()
    note = conversation.add_note(conversation.locked(row.id), f"He is {SECRET}.", by=by)
    file = attachment.keep(Taken("a.log", text=SECRET), by=None, message_id=note.id)
    db.session.commit()
    return Thing("attachment_id", file.id, ("member", "other"), {"conversation_id": row.id})


def suggestion_of_ben(cast: Cast) -> Thing:
    number = a_suggestion(cast)["suggestion_id"]
    article = put_article("Refunds again")
    return Thing("suggestion_id", number, ("stranger", "other", "member"), {"article_id": article}, within="article_id")


def picture_of_a_draft(cast: Cast) -> Thing:
    name = upload.store_picture(picture(), by=cast.id_of("ada")).name
    return Thing("name", name, ("stranger", "other", "moderator"))


THINGS: tuple[Callable[[Cast], Thing], ...] = (
    hidden_question,
    deleted_question,
    members_question,
    team_question,
    hidden_answer,
    answer_to_a_hidden_question,
    answer_of_another_question,
    hidden_comment,
    draft,
    members_article,
    team_article,
    article_in_a_topic_of_the_team,
    members_topic,
    team_topic,
    conversation_of_ben,
    file_of_a_note,
    suggestion_of_ben,
    picture_of_a_draft,
)
