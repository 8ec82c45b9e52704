"""What stands beside a question and each of its answers on their page: what was changed, and who may change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from helpcenter.accounts.viewer import Viewer
from helpcenter.community import comment_list, editing, given_article, read_before
from helpcenter.community.answer import Answer
from helpcenter.community.comment_list import Thread
from helpcenter.community.duplicate_page import Banner, banner
from helpcenter.community.likely import is_likely_answered
from helpcenter.community.question import Question
from helpcenter.community.read_before import Read
from helpcenter.core.subjects import Card


@dataclass(frozen=True)
class Beside:
    """`history_url` is None for what was never changed, `edit_url` where the viewer may not change it.

    `article` is what was given as the answer, None with `has_article` where it was withdrawn.
    """

    history_url: str | None
    edit_url: str | None
    comments: Thread
    article: Card | None = None
    has_article: bool = False


@dataclass(frozen=True)
class PageBeside:
    """The same of a whole page; `answers` by id. `duplicate` is what stands above a question that was asked before."""

    question: Beside
    answers: Mapping[int, Beside]
    read_before: Sequence[Read]
    duplicate: Banner | None
    duplicate_url: str | None
    is_likely: bool


def page(row: Question, answers: Sequence[Answer], locale: str, viewer: Viewer) -> PageBeside:
    """What stands beside a question and these answers."""
    given = given_article.cards((one.article_id for one in answers if one.article_id), viewer, locale)
    said = comment_list.threads(row, [one.id for one in answers], locale, viewer)
    return PageBeside(
        _of_question(row, locale, viewer, said[None]),
        {one.id: _of_answer(one, locale, viewer, said[one.id], given.get(one.article_id or 0)) for one in answers},
        read_before.of_question(row.id, locale) if viewer.is_staff else (),
        banner(row, locale, viewer),
        url_for("duplicates.new", locale=locale, question_id=row.id) if _may_mark(row, viewer) else None,
        is_likely_answered(row),
    )


def _may_mark(row: Question, viewer: Viewer) -> bool:
    return (
        row.can_be_solved
        and row.original_id is None
        and (viewer.may("mark_duplicates") or (viewer.id is not None and viewer.id == row.author_id))
    )


def _of_question(row: Question, locale: str, viewer: Viewer, said: Thread) -> Beside:
    address: dict[str, Any] = {"locale": locale, "question_id": row.id}
    return Beside(
        url_for("histories.question", **address) if row.edited_at else None,
        url_for("edits.question", **address)
        if row.can_change and editing.may_edit(viewer, row.author_id, row.created_at)
        else None,
        said,
    )


def _of_answer(row: Answer, locale: str, viewer: Viewer, said: Thread, article: Card | None) -> Beside:
    address: dict[str, Any] = {"locale": locale, "answer_id": row.id}
    return Beside(
        url_for("histories.answer", **address) if row.edited_at else None,
        url_for("edits.answer", **address) if editing.may_edit(viewer, row.author_id, row.created_at) else None,
        said,
        article,
        row.article_id is not None,
    )
