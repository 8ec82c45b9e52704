"""The editors' own test set: a phrase, and the article that it should find."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.search import choosing, expectation
from helpcenter.search.expectation import MOST_EXPECTED, Expectation, ExpectationRefused
from helpcenter.search.query import LONGEST_TEXT
from helpcenter.search.views import removed
from helpcenter.search.views.blueprint import editor, language_asked, languages_offered, search_words
from helpcenter.search.views.index import to_index

REFUSALS = {
    "language": _l("This site is not in that language."),
    "no word": _l("Write what readers search for: this has no letter and no number in it."),
    "too long": _l("That is too long: %(number)d letters at most.", number=LONGEST_TEXT),
    "too many": _l("Your test set is full: %(number)d searches in each language.", number=MOST_EXPECTED),
    "known": _l("That is in your test set already."),
    "gone": _l("That cannot be found in this language."),
}


@search_words.get("/test-set/new")
def new_expectation() -> str:
    """A phrase and a title to choose by."""
    editor()
    return _page(request.args.get("phrase", ""), language_asked(), request.args.get("title", ""))


@search_words.post("/test-set")
def create_expectation() -> Any:
    """Add a phrase and what it should find."""
    viewer, language = editor(), language_asked()
    phrase, title = request.form.get("phrase", ""), request.form.get("title", "")
    subject = choosing.subject_in(request.form.get("subject", ""))
    if subject is None or not choosing.can_be_found(subject, language, viewer):
        return _page(phrase, language, title, str(REFUSALS["gone"])), 422
    begin_write()
    try:
        expectation.add(language, phrase, subject, by=viewer.id)
        db.session.commit()
    except ExpectationRefused as refused:
        db.session.rollback()
        return _page(phrase, language, title, str(REFUSALS[str(refused)])), 422
    flash(_("It is in your test set."), "success")
    return to_index(language, "test-set")


@search_words.post("/test-set/<int:expectation_id>/removal")
def destroy_expectation(expectation_id: int) -> Response:
    """Remove it; the page one comes back to offers the way back."""
    editor()
    begin_write()
    row = db.session.get(Expectation, expectation_id)
    if row is None:
        raise NotFound
    language = row.locale
    removed.keep(row)
    expectation.remove(row)
    db.session.commit()
    return to_index(language, removed=1)


def _page(phrase: str, language: str, title: str, refusal: str | None = None) -> str:
    viewer = editor()
    return render_template(
        "search_words/expectation.html",
        phrase=phrase,
        language=language,
        languages_offered=languages_offered(),
        title=title,
        refusal=refusal,
        offered=choosing.offered(title, language, viewer) if phrase.strip() else [],
    )
