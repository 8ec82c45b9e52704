"""A question as a row of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from helpcenter.community.address import question_address
from helpcenter.community.author import authors
from helpcenter.community.likely import is_likely_answered
from helpcenter.community.question import Question
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.subjects import Author
from helpcenter.core.text import shortened
from helpcenter.topics.tree import tree

LONGEST_SUMMARY = 180


@dataclass(frozen=True)
class Row:
    """What a list shows; `locale_name` is '' on a page in the language of the question."""

    title: str
    url: str
    summary: str
    author: Author
    topic: str
    answers: int
    me_too: int
    is_solved: bool
    is_experience: bool
    is_duplicate: bool
    is_likely: bool
    active_at: datetime
    locale: str
    locale_name: str
    state: str = "shown"


def rows_of(questions: Sequence[Question], locale: str) -> list[Row]:
    """Questions as rows of a page in this language. One query for the names."""
    people = authors({one.author_id for one in questions}, locale)
    return [_row(one, locale, people[one.author_id]) for one in questions]


def _row(one: Question, locale: str, author: Author) -> Row:
    node = tree().nodes.get(one.topic_id or 0)
    return Row(
        one.title,
        question_address(one, locale),
        shortened(one.plain_text, LONGEST_SUMMARY),
        author,
        node.text(locale).title if node else "",
        one.answers,
        one.me_too,
        one.is_solved,
        not one.can_be_solved,
        one.original_id is not None,
        is_likely_answered(one),
        one.active_at,
        one.locale,
        LANGUAGES[one.locale].endonym if one.locale != locale else "",
        one.state,
    )
