"""Filling in a phrase and choosing, by a part of its title, the thing that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.viewer import Viewer
from helpcenter.core.db import begin_write, db
from helpcenter.search import choosing
from helpcenter.search.document import SubjectKey
from helpcenter.search.phrase import PhraseRefused
from helpcenter.search.query import LONGEST_TEXT
from helpcenter.search.views.blueprint import language_asked

REFUSALS = {
    "language": _l("This site is not in that language."),
    "no word": _l("Enter what readers search for, with at least one letter or number."),
    "too long": _l("That is too long: %(number)d characters at most.", number=LONGEST_TEXT),
}


@dataclass(frozen=True)
class Choice:
    """What stands in the fields, and what was chosen, if anything was."""

    language: str
    phrase: str
    title: str
    subject: SubjectKey | None

    @property
    def has_phrase(self) -> bool:
        """Whether there is a phrase to choose for."""
        return bool(self.phrase.strip())


def choice_asked() -> Choice:
    """What the address or the form says."""
    given = request.values
    subject = choosing.subject_in(given.get("subject", ""))
    return Choice(language_asked(), given.get("phrase", ""), given.get("title", ""), subject)


def keep(choice: Choice, add: Callable[..., Any], by: Viewer) -> str | None:
    """Add what was chosen and commit; or the reason why not, which is "gone" for what cannot be found."""
    if choice.subject is None or not choosing.can_be_found(choice.subject, choice.language, by):
        return "gone"
    begin_write()
    try:
        add(choice.language, choice.phrase, choice.subject, by=by.id)
    except PhraseRefused as refused:
        db.session.rollback()
        return str(refused)
    db.session.commit()
    return None
