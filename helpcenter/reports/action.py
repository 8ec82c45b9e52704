"""What can be done about a task, and where, by whoever reads it."""

from __future__ import annotations

from typing import Any

from flask import url_for

from helpcenter.accounts.viewer import Viewer
from helpcenter.reports.week import Task


def of(task: Task, viewer: Viewer) -> tuple[str, str]:
    """What can be done, by name, and where."""
    if task.article_id:
        if viewer.may("edit_articles"):
            return "edit", url_for("studio.edit", article_id=task.article_id, language=task.locale)
        return "read", url_for("articles.show", article_id=task.article_id, slug="", locale=task.locale)
    there: dict[str, Any] = {"in": task.locale}
    if task.is_one_word and viewer.may("tune_search"):
        return "synonym", url_for("search_words.new_synonym", words=task.words, **there)
    if viewer.may("edit_articles"):
        return "write", url_for("studio.new", title=task.words, **there)
    return "search", url_for("search.index", q=task.words, locale=task.locale)
