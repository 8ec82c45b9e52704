"""Tags: a word or two that people give their questions, the same in every spelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ForeignKey, Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model, db, upsert
from helpcenter.core.text import slug_of

LONGEST_TAG = 30
MOST_TAGS = 5


class Tag(Model):
    __tablename__ = "tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_TAG), unique=True)


class QuestionTag(Model):
    __tablename__ = "question_tag"
    __table_args__ = (Index("ix_question_tag_tag_id", "tag_id", "question_id"),)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)


def read(typed: str) -> list[str]:
    """The tags in a text with commas between them, each once, as they are kept."""
    words = (slug_of(part) for part in typed.replace("،", ",").split(",") if any(map(str.isalnum, part)))
    return list(dict.fromkeys(words))


def put(question_id: int, names: Sequence[str]) -> None:
    """Give a new question its tags; to be called after begin_write()."""
    for name in names:
        db.session.execute(upsert(Tag).values(name=name).on_conflict_do_nothing())
    ids = db.session.scalars(select(Tag.id).where(Tag.name.in_(list(names)))).all() if names else []
    db.session.add_all(QuestionTag(question_id=question_id, tag_id=tag_id) for tag_id in ids)
    db.session.flush()


def replace(question_id: int, names: Sequence[str]) -> None:
    """Give a question other tags; to be called after begin_write()."""
    gone = delete(QuestionTag).where(QuestionTag.question_id == question_id)
    db.session.execute(gone, execution_options={"synchronize_session": False})
    put(question_id, names)


def of_questions(question_ids: Iterable[int]) -> Mapping[int, list[str]]:
    """The tags of each question, in the order of the alphabet. One query; none without a question."""
    wanted, found = list(question_ids), dict[int, list[str]]()
    if not wanted:
        return found
    rows = db.session.execute(
        select(QuestionTag.question_id, Tag.name)
        .join(Tag, Tag.id == QuestionTag.tag_id)
        .where(QuestionTag.question_id.in_(wanted))
        .order_by(Tag.name)
    )
    for question_id, name in rows:
        found.setdefault(question_id, []).append(name)
    return found


def ids_of(question_id: int) -> list[int]:
    """The numbers of the tags of a question."""
    return list(db.session.scalars(select(QuestionTag.tag_id).where(QuestionTag.question_id == question_id)))


def id_of(name: str) -> int | None:
    """The number of a tag; None where nobody ever gave it."""
    return db.session.scalar(select(Tag.id).where(Tag.name == name))
