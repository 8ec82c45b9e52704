"""Everything about search words on one page: a search to try, what finds nothing, synonyms, pins, the test set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from helpcenter.core.db import begin_write, db
from helpcenter.search import expectation, pin, synonym, waiting
from helpcenter.search.choosing import Thing, things
from helpcenter.search.document import SubjectKey
from helpcenter.search.pin import PinRow
from helpcenter.search.pinning import meaning_of
from helpcenter.search.placing import placed
from helpcenter.search.unfound import unfound
from helpcenter.search.views import removed
from helpcenter.search.views.blueprint import editor, language_asked, languages_offered, search_words
from helpcenter.search.views.trial import titles_found, trial

# Where a removed thing stood on the page, so that one comes back to it.
PLACES = {"synonym": "synonyms", "pin": "pins", "expectation": "test-set"}


@dataclass(frozen=True)
class PinnedPhrase:
    """A phrase and what is pinned for it, first place first."""

    phrase: str
    things: Sequence[Thing]


@search_words.get("")
def index() -> str:
    """The page of one language; `?q=` tries a search."""
    viewer, language = editor(), language_asked()
    rows = db.session.scalars(expectation.in_language(language)).all()
    pins = db.session.scalars(pin.in_language(language)).all()
    known = things([*(row.subject for row in rows), *(row.subject for row in pins)], language, viewer)
    return render_template(
        "search_words/index.html",
        language=language,
        languages_offered=languages_offered(),
        query=request.args.get("q", ""),
        as_me=request.args.get("as") == "me",
        trial=trial(request.args.get("q", ""), language, viewer, as_me=request.args.get("as") == "me"),
        unfound=[(one, bool(titles_found(one.words, language, most=1))) for one in unfound(language)],
        waited_for=waiting.waited_for(language),
        waiting=waits_for(language),
        synonyms=db.session.scalars(synonym.in_language(language)).all(),
        pins=_by_phrase(pins, known),
        placed=[(one, known.get(one.row.subject)) for one in placed(rows, viewer)],
        removed=removed.words() if "removed" in request.args else None,
        may_write=viewer.may("edit_articles"),
    )


@search_words.post("/restoration")
def restore() -> Response:
    """Put back what was removed last."""
    viewer = editor()
    begin_write()
    kept = removed.put_back(by=viewer.id)
    db.session.commit()
    if kept is None:
        flash(
            _("There is nothing to put back: it is already there, or something else has been removed since."), "warning"
        )
        return redirect(url_for("search_words.index"), 303)
    flash(_("It is back where it was."), "success")
    return to_index(kept["locale"], PLACES[kept["what"]])


def waits_for(language: str) -> Callable[[str], int]:
    """How many people wait for an answer to these words, in any spelling."""
    counts = waiting.counts(language)
    return lambda words: counts.get(waiting.meaning_of(words, language), 0)


def to_index(language: str, place: str | None = None, **arguments: Any) -> Response:
    """Back to the page of a language."""
    named = {"in": language, **arguments}
    return redirect(url_for("search_words.index", _anchor=place, **named), 303)


def _by_phrase(rows: Sequence[PinRow], known: Mapping[SubjectKey, Thing]) -> list[PinnedPhrase]:
    groups: dict[frozenset[str], list[PinRow]] = {}
    for row in rows:
        groups.setdefault(meaning_of(row.phrase, row.locale), []).append(row)
    found = []
    for group in groups.values():
        ordered = sorted(group, key=lambda row: row.place)
        here = [known[row.subject] for row in ordered if row.subject in known]
        found.append(PinnedPhrase(ordered[0].phrase, here))
    return sorted(found, key=lambda one: one.phrase.casefold())
