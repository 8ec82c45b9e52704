"""Adding, changing and removing synonyms. What a candidate would change is shown before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import Viewer
from helpcenter.core.db import begin_write, db
from helpcenter.search import expectation, synonym
from helpcenter.search.choosing import Thing, things
from helpcenter.search.placing import Placed, placed
from helpcenter.search.synonym import SynonymRow
from helpcenter.search.synonyms import Synonym
from helpcenter.search.tuning import tuning_now
from helpcenter.search.views import removal
from helpcenter.search.views.blueprint import editor, language_asked, languages_offered, search_words
from helpcenter.search.views.index import to_index
from helpcenter.search.views.synonym_form import SynonymForm, form_of
from helpcenter.search.views.trial import titles_found

MOST_COMPARED = 6


@dataclass(frozen=True)
class Comparison:
    """What a word finds now and would find, by title."""

    words: str
    now: Sequence[str]
    after: Sequence[str]


@dataclass(frozen=True)
class Change:
    """What a candidate changes: for its own words, and for the test set."""

    comparisons: Sequence[Comparison]
    test_set: Sequence[tuple[Placed, Thing | None]]


@search_words.get("/synonyms/new")
def new_synonym() -> str:
    """An empty form; `?words=` says what readers type."""
    editor()
    return _page(SynonymForm(formdata=None, data={"phrases": request.args.get("words", "")}), language_asked())


@search_words.post("/synonyms")
def create_synonym() -> Any:
    """Add one, or show what it would change."""
    viewer, form, language = editor(), SynonymForm(), language_asked()
    candidate = form.synonym(language)
    if candidate is None:
        return _page(form, language), 422
    if "check" in request.form:
        return _page(form, language, change=_change(candidate, None, viewer))
    begin_write()
    synonym.add(language, candidate.phrases, candidate.to, by=viewer.id)
    db.session.commit()
    flash(_("The synonym has been added and takes effect now."), "success")
    return to_index(language, "synonyms")


@search_words.get("/synonyms/<int:synonym_id>")
def edit_synonym(synonym_id: int) -> str:
    """Its words."""
    editor()
    row = removal.found(SynonymRow, synonym_id)
    return _page(form_of(row), row.locale, row)


@search_words.post("/synonyms/<int:synonym_id>")
def update_synonym(synonym_id: int) -> Any:
    """Change them, or show what that would change."""
    viewer, form = editor(), SynonymForm()
    row = removal.found(SynonymRow, synonym_id)
    candidate = form.synonym(row.locale)
    if candidate is None:
        return _page(form, row.locale, row), 422
    if "check" in request.form:
        return _page(form, row.locale, row, _change(candidate, row.synonym, viewer))
    begin_write()
    row = removal.found(SynonymRow, synonym_id)
    synonym.change(row, candidate.phrases, candidate.to, by=viewer.id)
    db.session.commit()
    flash(_("The synonym has been changed and takes effect now."), "success")
    return to_index(candidate.locale, "synonyms")


@search_words.post("/synonyms/<int:synonym_id>/removal")
def destroy_synonym(synonym_id: int) -> Response:
    """Remove it."""
    return removal.destroy(SynonymRow, synonym_id, synonym.remove)


def _change(candidate: Synonym, old: Synonym | None, viewer: Viewer) -> Change:
    tuning = tuning_now().with_synonym(candidate, old)
    asked = list(dict.fromkeys((*candidate.phrases, *(old.phrases if old else ()))))[:MOST_COMPARED]
    found = [(words, titles_found(words, candidate.locale)) for words in asked]
    compared = [Comparison(words, now, titles_found(words, candidate.locale, tuning)) for words, now in found]
    rows = db.session.scalars(expectation.in_language(candidate.locale)).all()
    known = things([row.subject for row in rows], candidate.locale, viewer)
    return Change(compared, [(one, known.get(one.row.subject)) for one in placed(rows, viewer, tuning)])


def _page(form: SynonymForm, language: str, row: SynonymRow | None = None, change: Change | None = None) -> str:
    return render_template(
        "search_words/synonym.html",
        form=form,
        row=row,
        language=language,
        languages_offered=languages_offered(),
        change=change,
    )
