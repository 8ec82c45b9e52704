"""What lower packages may ask about questions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, or_, select, true, update

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.community import comment_list, document, erasure
from helpcenter.community.address import answer_address, question_address
from helpcenter.community.answer import Answer
from helpcenter.community.author import authors
from helpcenter.community.comment import Comment
from helpcenter.community.moderation.state import State
from helpcenter.community.question import SUBJECT, Question
from helpcenter.community.quoting import quoting
from helpcenter.community.visibility import visible_answers, visible_questions
from helpcenter.core import subjects
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db
from helpcenter.core.text import shortened
from helpcenter.search import outbox
from helpcenter.search.title_match import TitleMatch

MOST_MATCHED_WORDS = 20
LONGEST_SUMMARY = 200


def url(question_id: int, locale: str) -> str:
    """The address of a question; without its words where it is gone, so that its number still leads to the word."""
    return urls([question_id], locale)[question_id]


def urls(question_ids: Sequence[int], locale: str) -> dict[int, str]:
    """The same for many at once."""
    rows = db.session.scalars(select(Question).where(Question.id.in_(list(question_ids))))
    known = {row.id: question_address(row, locale) for row in rows}
    return {one: known.get(one, f"/{locale}/questions/{one}") for one in question_ids}


def titles(question_ids: Sequence[int], _locale: str) -> Mapping[int, str]:
    """What they ask, in the language they were asked in."""
    rows = db.session.execute(select(Question.id, Question.title).where(Question.id.in_(list(question_ids))))
    return dict(rows.all())


def visible(question_ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
    """Which of these the viewer may read."""
    wanted = visible_questions(viewer).where(Question.id.in_(list(question_ids)))
    return set(db.session.scalars(wanted.with_only_columns(Question.id)))


def title_matches(text: str, locale: str, viewer: Viewer, limit: int) -> list[TitleMatch]:
    """Questions whose title holds every word, for the time that the index is being mended."""
    words = [_holds(word) for word in text.split()[:MOST_MATCHED_WORDS]]
    wanted = visible_questions(viewer).where(
        Question.locale == locale, Question.original_id.is_(None), and_(true(), *words)
    )
    rows = db.session.scalars(wanted.order_by(Question.id.desc()).limit(limit))
    return [
        TitleMatch(
            row.id,
            row.locale,
            row.title,
            shortened(row.plain_text, LONGEST_SUMMARY),
            row.topic_id,
            row.active_at,
            row.is_solved,
        )
        for row in rows
    ]


def public_pages() -> Iterator[subjects.PublicPage]:
    """Every question that anybody may read, in its own language, for the sitemap."""
    for row in db.session.scalars(visible_questions(STRANGER).order_by(Question.id)):
        yield subjects.PublicPage({row.locale: question_address(row, row.locale)}, row.active_at)


def root_topic(question_id: int) -> int | None:
    """The root topic a question hangs on."""
    row = db.session.get(Question, question_id)
    return row.root_topic_id if row else None


def move_topic(from_id: int, to_id: int) -> int:
    """Move every question of a topic to another; how many moved. To be called after begin_write()."""
    ids = list(db.session.scalars(select(Question.id).where(Question.topic_id == from_id)))
    moved = update(Question).where(Question.topic_id == from_id).values(topic_id=to_id)
    db.session.execute(moved, execution_options={"synchronize_session": False})
    for question_id in ids:
        outbox.note(SUBJECT, question_id)
    content_changed()
    return len(ids)


def audience_changed(topic_ids: Sequence[int]) -> None:
    """Others may see the questions of these topics now: have them indexed anew. To be called after begin_write()."""
    for question_id in db.session.scalars(select(Question.id).where(Question.topic_id.in_(list(topic_ids)))):
        outbox.note(SUBJECT, question_id)


def _holds(word: str) -> ColumnElement[bool]:
    # SQLite folds the case of ASCII only, so other alphabets are asked for in the forms people write them in.
    forms = dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
    return or_(*(Question.title.icontains(form, autoescape=True) for form in forms))


def _answer_url(answer_id: int, _locale: str) -> str:
    return answer_address(answer_id)


def _answer_titles(answer_ids: Sequence[int], _locale: str) -> Mapping[int, str]:
    """An answer is called by what it answers."""
    rows = db.session.execute(
        select(Answer.id, Question.title)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.id.in_(list(answer_ids)))
    )
    return dict(rows.all())


def _visible_answers(answer_ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
    wanted = visible_answers(viewer).where(Answer.id.in_(list(answer_ids)))
    return set(db.session.scalars(wanted.with_only_columns(Answer.id)))


def _comment_url(comment_id: int, _locale: str) -> str:
    return comment_list.address(comment_id)


def _comment_titles(comment_ids: Sequence[int], _locale: str) -> Mapping[int, str]:
    """A comment is called by the question it was said under."""
    rows = db.session.execute(
        select(Comment.id, Question.title)
        .join(Question, Question.id == Comment.question_id)
        .where(Comment.id.in_(list(comment_ids)))
    )
    return dict(rows.all())


def _visible_comments(comment_ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
    rows = db.session.execute(
        select(Comment.id, Comment.question_id, Comment.answer_id).where(
            Comment.id.in_(list(comment_ids)), Comment.state == State.SHOWN.value
        )
    ).all()
    questions = visible({row.question_id for row in rows}, viewer, _locale)
    answers = _visible_answers({row.answer_id for row in rows if row.answer_id}, viewer, _locale)
    return {row.id for row in rows if row.question_id in questions and row.answer_id in (None, *answers)}


def _answer_authors(answer_ids: Sequence[int], locale: str) -> Mapping[int, subjects.Author]:
    written = dict(db.session.execute(select(Answer.id, Answer.author_id).where(Answer.id.in_(list(answer_ids)))).all())
    people = authors(written.values(), locale)
    return {answer_id: people[author_id] for answer_id, author_id in written.items()}


QUESTION = subjects.Subject(
    url=url,
    urls=urls,
    titles=titles,
    visible=visible,
    documents=document.documents,
    document_ids=document.document_ids,
    title_matches=title_matches,
    public_pages=public_pages,
    root_topic=root_topic,
    export=erasure.export,
    move_topic=move_topic,
    audience_changed=audience_changed,
)
ANSWER = subjects.Subject(
    url=_answer_url, titles=_answer_titles, visible=_visible_answers, authors=_answer_authors, quoting=quoting
)
COMMENT = subjects.Subject(url=_comment_url, titles=_comment_titles, visible=_visible_comments)
