"""Where questions, answers, tags and people live: ids decide, the rest is for people."""

from __future__ import annotations

from helpcenter.community.question import Question
from helpcenter.core.text import slug_of


def question_address(question: Question, locale: str) -> str:
    """The address of a question on a page in this language."""
    return f"/{locale}/questions/{question.id}-{question.slug}"


def answer_address(answer_id: int) -> str:
    """The lasting address of an answer; the page redirects to its place."""
    return f"/answers/{answer_id}"


def person_address(user_id: int, name: str, locale: str) -> str:
    """The address of a person's page."""
    return f"/{locale}/people/{user_id}-{slug_of(name)}"
