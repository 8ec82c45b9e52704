"""What was made of the solution of a question: articles, each as this viewer may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.answer import SUBJECT as ANSWER
from helpcenter.community.question import Question
from helpcenter.core import subjects


@dataclass(frozen=True)
class Made:
    """`url` is None for a draft, which only those who write articles get to know of."""

    id: int
    title: str
    url: str | None


def made_of(row: Question, locale: str, viewer: Viewer) -> Sequence[Made]:
    """The articles made of its solution; none without one."""
    if row.solution_id is None:
        return []
    found: list[Made] = []
    for _kind, subject in subjects.kinds():
        if ids := subject.made_from(ANSWER, row.solution_id):
            seen, titles = subject.visible(ids, viewer, locale), subject.titles(ids, locale)
            known = [one for one in ids if one in seen or viewer.may("edit_articles")]
            found += [
                Made(one, titles.get(one, ""), subject.url(one, locale) if one in seen else None) for one in known
            ]
    return found
