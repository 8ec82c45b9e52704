"""The editors' own test set: a phrase, and the article that it should find."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import Viewer
from helpcenter.search import choosing, expectation
from helpcenter.search.expectation import MOST_EXPECTED, Expectation
from helpcenter.search.views import choice, removal
from helpcenter.search.views.blueprint import editor, languages_offered, search_words
from helpcenter.search.views.choice import Choice, choice_asked
from helpcenter.search.views.index import to_index

REFUSALS = {
    **choice.REFUSALS,
    "too many": _l("Your test set is full: %(number)d searches in each language.", number=MOST_EXPECTED),
    "known": _l("That is already in your test set."),
    "gone": _l("That cannot be found in this language."),
}


@search_words.get("/test-set/new")
def new_expectation() -> str:
    """A phrase and a title to choose by."""
    return _page(choice_asked(), editor())


@search_words.post("/test-set")
def create_expectation() -> Any:
    """Add a phrase and what it should find."""
    viewer, chosen = editor(), choice_asked()
    refused = choice.keep(chosen, expectation.add, viewer)
    if refused:
        return _page(chosen, viewer, str(REFUSALS[refused])), 422
    flash(_("It is in your test set."), "success")
    return to_index(chosen.language, "test-set")


@search_words.post("/test-set/<int:expectation_id>/removal")
def destroy_expectation(expectation_id: int) -> Response:
    """Remove it."""
    return removal.destroy(Expectation, expectation_id, expectation.remove)


def _page(chosen: Choice, viewer: Viewer, refusal: str | None = None) -> str:
    return render_template(
        "search_words/expectation.html",
        choice=chosen,
        languages_offered=languages_offered(),
        refusal=refusal,
        offered=choosing.offered(chosen.title, chosen.language, viewer) if chosen.has_phrase else [],
    )
