"""Lists of questions: named sets, three orders, pages by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union

from helpcenter.community.answer import Answer
from helpcenter.community.moderation.state import OPEN_TO_AUTHOR, State
from helpcenter.community.question import Kind, Question
from helpcenter.community.tag import QuestionTag
from helpcenter.core.db import db, unindexed
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.row_id import row_id_or_none
from helpcenter.topics.tree import tree

PAGE_ROWS = 30
MANY = 500
EVERY_LANGUAGE = "all"
SHOWS = ("recent", "unanswered", "solved")
SORTS = {"activity": Question.active_at, "hot": Question.hot, "new": Question.created_at}
Key = tuple[Any, int]


@dataclass(frozen=True)
class Asked:
    """What part of the list an address wants; values that make no sense are left out. `after` is the last row's key."""

    show: str = "recent"
    sort: str = "activity"
    topic: int | None = None
    language: str = ""
    after: str = ""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Asked:
        """The words of an address."""
        show, sort = arguments.get("show", ""), arguments.get("sort", "")
        return cls(
            show if show in SHOWS else "recent",
            sort if sort in SORTS else "activity",
            row_id_or_none(arguments.get("topic", "")),
            EVERY_LANGUAGE if arguments.get("language") == EVERY_LANGUAGE else "",
            arguments.get("after", ""),
        )

    def query(self, **changes: Any) -> dict[str, Any]:
        """The same for an address, on its first page unless it says otherwise; what is as usual is left out."""
        wanted = replace(self, **{"after": "", **changes})
        usual = Asked()
        names = ("show", "sort", "topic", "language", "after")
        return {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(usual, name)}


@dataclass(frozen=True)
class Page:
    """Some questions, and the key after which the next page begins; '' on the last one."""

    rows: Sequence[Question]
    next_after: str


def listed(questions: Select[Question], asked: Asked, locale: str) -> Page:
    """One page of those of these questions that are asked for."""
    statement = questions.where(_is_in_set(asked.show), *_filters(asked, locale))
    column = SORTS[asked.sort]
    if key := _key_of(asked):
        statement = statement.where(or_(column < key[0], and_(column == key[0], Question.id < key[1])))
    statement = statement.order_by(column.desc(), Question.id.desc()).limit(PAGE_ROWS + 1)
    rows = list(db.session.scalars(statement))
    more = len(rows) > PAGE_ROWS
    return Page(rows[:PAGE_ROWS], _as_key(rows[PAGE_ROWS - 1], asked.sort) if more else "")


def has_others(questions: Select[Question], locale: str) -> bool:
    """Whether any of these was asked in another language."""
    # Named one by one, which an index answers; "not this one" would read every question of the site.
    others = [code for code in LANGUAGES if code != locale]
    wanted = questions.where(Question.locale.in_(others)).with_only_columns(Question.id).limit(1)
    return db.session.execute(wanted).first() is not None


def tagged(questions: Select[Question], tag_id: int) -> Select[Question]:
    """Those of these questions that carry a tag."""
    carrying = select(QuestionTag.question_id).where(QuestionTag.tag_id == tag_id)
    if _is_many(carrying):
        return questions.where(carrying.where(QuestionTag.question_id == Question.id).exists())
    return questions.where(Question.id.in_(carrying))


def of_person(questions: Select[Question], user_id: int, *, is_own: bool = False) -> Select[Question]:
    """Those of these questions that somebody asked or answered; `is_own`: also with what of it is hidden or waits."""
    # By their ids, so that no database begins with every question that anybody asked.
    states = (State.SHOWN.value, *(OPEN_TO_AUTHOR if is_own else ()))
    asked = select(Question.id).where(Question.author_id == user_id)
    answered = select(Answer.question_id).where(Answer.author_id == user_id, Answer.state.in_(states))
    if _is_many(answered):
        answered_it = answered.where(Answer.question_id == Question.id).exists()
        return questions.where(or_(unindexed(Question.author_id, 0) == user_id, answered_it))
    return questions.where(Question.id.in_(union(asked, answered)))


def _is_many(ids: Select[int]) -> bool:
    """Whether the newest of these questions are found sooner among all the newest than by looking at each of them."""
    return (db.session.scalar(select(func.count()).select_from(ids.limit(MANY).subquery())) or 0) >= MANY


def _is_in_set(show: str) -> ColumnElement[bool]:
    if show == "unanswered":
        return and_(Question.answers == 0, Question.kind == Kind.QUESTION, Question.original_id.is_(None))
    return Question.solution_id.is_not(None) if show == "solved" else true()


def _filters(asked: Asked, locale: str) -> list[ColumnElement[bool]]:
    found = [] if asked.language == EVERY_LANGUAGE else [Question.locale == locale]
    if asked.topic is not None:
        nodes = tree().nodes.values()
        found.append(Question.topic_id.in_([node.id for node in nodes if asked.topic in (node.id, node.parent_id)]))
    return found


def _as_key(row: Question, sort: str) -> str:
    value = getattr(row, SORTS[sort].key)
    return f"{value.timestamp() if isinstance(value, datetime) else value!r}_{row.id}"


def _key_of(asked: Asked) -> Key | None:
    value, _, number = asked.after.partition("_")
    row_id = row_id_or_none(number)
    try:
        place = float(value)
        moment = datetime.fromtimestamp(round(place, 6), UTC) if asked.sort != "hot" else None
    except (ValueError, OverflowError, OSError):
        return None
    return None if row_id is None else (moment or place, row_id)
