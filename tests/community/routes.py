"""Who may use the routes of the community. Ben asked; Cleo answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpcenter.community.answer import SUBJECT, Answer
from helpcenter.community.reminder_letter import make_token
from helpcenter.core.db import db
from helpcenter.feedback import ballot
from tests.cast import Cast
from tests.community.moderation.routes import ROUTES as MODERATION
from tests.community.posts import put_acceptance, put_answer, put_comment, put_duplicate, put_question, question_of
from tests.house.access import REFUSED, TEAM, Route, everyone, only, signed_in
from tests.shelf import put_article, put_topic

LOCALE = {"locale": "en"}
NOT_THE_ASKER = ("other", "editor", "agent", "moderator", "admin")


def nowhere(_cast: Cast) -> dict[str, Any]:
    return dict(LOCALE)


def asked(cast: Cast) -> dict[str, Any]:
    return {**LOCALE, "question_id": put_question(cast)}


def shown(cast: Cast) -> dict[str, Any]:
    return {**asked(cast), "slug": "how-do-i-get-my-money-back"}


def answered(cast: Cast) -> dict[str, Any]:
    question = asked(cast)
    return {**question, "answer_id": put_answer(cast, question["question_id"])}


def answered_by_ada(cast: Cast) -> dict[str, Any]:
    """An answer of a person who is nobody of the table but the editor."""
    question = asked(cast)
    return {**question, "answer_id": put_answer(cast, question["question_id"], "ada")}


def answered_by_cleo(cast: Cast) -> dict[str, Any]:
    return {**LOCALE, **without_language(cast)}


def commented(cast: Cast) -> dict[str, Any]:
    return {"comment_id": put_comment(cast, put_question(cast))}


def commented_in_english(cast: Cast) -> dict[str, Any]:
    return {**LOCALE, **commented(cast)}


def asked_before(cast: Cast) -> dict[str, Any]:
    found = asked(cast)
    put_duplicate(cast, found["question_id"], put_question(cast, "cleo"))
    return found


def reminded(cast: Cast) -> dict[str, Any]:
    return {"secret": reminded_of_an_answer(cast)["secret"]}


def reminded_of_an_answer(cast: Cast) -> dict[str, Any]:
    found = answered(cast)
    return {"secret": make_token(question_of(found["question_id"])), "answer_id": found["answer_id"]}


def solved(cast: Cast) -> dict[str, Any]:
    found = answered(cast)
    put_acceptance(cast, found.pop("answer_id"))
    return found


def without_language(cast: Cast) -> dict[str, Any]:
    return {"answer_id": answered(cast)["answer_id"]}


def tagged(cast: Cast) -> dict[str, Any]:
    put_question(cast, tags=["vat"])
    return {**LOCALE, "name": "vat"}


def tagged_without_language(cast: Cast) -> dict[str, Any]:
    return {"name": tagged(cast)["name"]}


def a_topic(_cast: Cast) -> dict[str, Any]:
    return {"topic_id": put_topic("billing", "Billing")}


def ben(cast: Cast) -> dict[str, Any]:
    put_question(cast)
    return {**LOCALE, "user_id": cast.id_of("ben"), "name": "ben"}


def an_article(_cast: Cast) -> dict[str, Any]:
    return {**LOCALE, "kind": "article", "subject_id": put_article("Refunds")}


def a_yes(_cast: Cast) -> dict[str, Any]:
    newest = db.session.query(Answer).order_by(Answer.id.desc()).first()
    return {"answer": "yes", "ballot": ballot.make((SUBJECT, newest.id if newest else 0), 1)}


def words(text: str) -> Callable[[Cast], dict[str, Any]]:
    return lambda _cast: {"text": text}


ROUTES: dict[str, Route] = {
    "community.index": everyone(args=nowhere),
    "community.own": signed_in(args=nowhere),
    "community_feeds.recent": everyone(),
    "community_feeds.unanswered": everyone(),
    "community_feeds.topic": everyone(args=a_topic),
    "community_feeds.tag": everyone(args=tagged_without_language),
    "questions.new": everyone(args=nowhere),
    "questions.create": everyone(422, args=nowhere),
    "questions.show": everyone(args=shown),
    "asking.suggest": everyone(args=nowhere),
    "asking.open_suggestion": everyone(303, args=an_article),
    "asking.solve": everyone(args=an_article),
    "asking.preview": everyone(args=nowhere),
    "answers.show": everyone(302, args=without_language),
    "answers.create": signed_in(303, args=asked, data=words("Look into the list.")),
    "acceptances.create": only("member", "editor", "agent", "admin", status=303, args=answered),
    "acceptances.destroy": only("member", "editor", "agent", "admin", status=303, args=solved),
    "acceptances.refuse": only("member", status=303, args=answered),
    "answer_votes.show": everyone(303, args=answered),
    "answer_votes.create": everyone(303, args=answered_by_ada, data=a_yes).but(stranger=200, editor=REFUSED),
    "me_toos.create": only(*NOT_THE_ASKER, status=303, args=asked),
    "me_toos.destroy": only(*NOT_THE_ASKER, status=303, args=asked),
    "solved_for_mes.show": everyone(303, args=asked),
    "solved_for_mes.show_withdrawal": everyone(303, args=asked),
    "solved_for_mes.create": everyone(303, args=solved).but(stranger=200, member=REFUSED, other=REFUSED),
    "solved_for_mes.destroy": everyone(303, args=solved).but(stranger=200),
    "edits.question": only("member", "editor", "agent", "moderator", "admin", args=asked),
    "edits.update_question": only("member", "editor", "agent", "moderator", "admin", status=422, args=asked),
    "edits.answer": only("other", "editor", "agent", "moderator", "admin", args=answered_by_cleo),
    "edits.update_answer": only("other", "editor", "agent", "moderator", "admin", status=422, args=answered_by_cleo),
    "comments.show": everyone(302, args=commented),
    "comments.create": signed_in(303, args=asked, data=words("Which month?")),
    "comments.create_on_answer": signed_in(303, args=answered_by_cleo, data=words("That was it.")),
    "comments.edit": only("member", "editor", "agent", "moderator", "admin", args=commented_in_english),
    "comments.update": only("member", "editor", "agent", "moderator", "admin", status=422, args=commented_in_english),
    "comments.destroy": only("member", "editor", "agent", "moderator", "admin", status=303, args=commented_in_english),
    "duplicates.new": only("member", "editor", "agent", "moderator", "admin", args=asked),
    "duplicates.create": only("member", "editor", "agent", "moderator", "admin", status=422, args=asked),
    "duplicates.destroy": only(*TEAM, status=303, args=asked_before),
    "duplicates.contest": only("member", status=422, args=asked_before),
    "duplicates.uphold": only(*TEAM, status=303, args=asked_before),
    "duplicates.index": only(*TEAM, args=nowhere),
    "reminders.show": everyone(args=reminded),
    "reminders.create": everyone(303, args=reminded_of_an_answer),
    "reminders.refuse": everyone(303, args=reminded),
    "reminders.show_stop": everyone(args=reminded),
    "reminders.destroy": everyone(args=reminded),
    "post_pictures.create": signed_in(422, args=nowhere),
    "given_articles.index": signed_in(args=asked),
    "answer_surveys.create": everyone(303, args=answered_by_ada, data=a_yes).but(stranger=200),
    "histories.question": everyone(args=asked),
    "histories.answer": everyone(args=answered_by_cleo),
    "staff_queues.index": only("editor", "agent", "admin", args=nowhere),
    "tags.show": everyone(args=tagged),
    "profiles.show": everyone(args=ben),
    **MODERATION,
}
