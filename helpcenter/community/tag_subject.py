"""What lower packages may ask about tags: a tag is there for whoever may read a question that carries it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import url_for
from sqlalchemy import select

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.question import Question
from helpcenter.community.tag import QuestionTag, Tag
from helpcenter.community.visibility import visible_questions
from helpcenter.core import subjects
from helpcenter.core.db import db

KIND = "tag"


def url(tag_id: int, locale: str) -> str:
    """The page of a tag; the list of all questions where it is gone."""
    return urls([tag_id], locale)[tag_id]


def urls(tag_ids: Sequence[int], locale: str) -> dict[int, str]:
    """The same for many at once."""
    names = titles(tag_ids, locale)
    return {
        one: url_for("tags.show", locale=locale, name=names[one])
        if one in names
        else url_for("community.index", locale=locale)
        for one in tag_ids
    }


def titles(tag_ids: Sequence[int], _locale: str) -> Mapping[int, str]:
    """The tags themselves."""
    return dict(db.session.execute(select(Tag.id, Tag.name).where(Tag.id.in_(list(tag_ids)))).all())


def visible(tag_ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
    """Those on a question that the viewer may read."""
    # One question that may be read is enough, however many carry the tag.
    carrying = visible_questions(viewer).join(QuestionTag, QuestionTag.question_id == Question.id)
    readable = carrying.where(QuestionTag.tag_id == Tag.id).with_only_columns(Question.id).exists()
    return set(db.session.scalars(select(Tag.id).where(Tag.id.in_(list(tag_ids)), readable)))


SUBJECT = subjects.Subject(url=url, urls=urls, titles=titles, visible=visible)
