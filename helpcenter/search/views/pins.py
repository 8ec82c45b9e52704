"""What is pinned for one phrase: chosen by title, in an order, at most three."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import Viewer
from helpcenter.core.db import begin_write, db
from helpcenter.search import choosing, phrase, pin
from helpcenter.search.phrase import PhraseRefused
from helpcenter.search.pin import PinRow
from helpcenter.search.pinning import MOST_PINNED, Pinned
from helpcenter.search.query import shortened
from helpcenter.search.tuning import tuning_now
from helpcenter.search.views import choice, removal
from helpcenter.search.views.blueprint import editor, languages_offered, search_words
from helpcenter.search.views.choice import Choice, choice_asked
from helpcenter.search.views.trial import titles_found

STEPS = {"up": -1, "down": 1}
REFUSALS = {
    **choice.REFUSALS,
    "too many": _l("%(number)d results are already pinned for it. Remove one first.", number=MOST_PINNED),
    "pinned": _l("That is already pinned for it."),
    "gone": _l("That cannot be found in this language, so it cannot be pinned."),
}


@search_words.get("/pins")
def edit_pins() -> Any:
    """The pins of `?phrase=`; `?title=` looks for another, `?candidate=` shows what it would change."""
    viewer, chosen = editor(), choice_asked()
    refusal = _refusal(chosen)
    return _page(chosen, viewer, refusal), 422 if refusal else 200


@search_words.post("/pins")
def create_pin() -> Any:
    """Pin the chosen one, behind those that are pinned already."""
    viewer, chosen = editor(), choice_asked()
    refused = choice.keep(chosen, pin.add, viewer)
    if refused:
        return _page(chosen, viewer, str(REFUSALS[refused])), 422
    flash(_("It is pinned. Readers see it first from now on."), "success")
    return _to_pins(chosen.language, chosen.phrase)


@search_words.post("/pins/<int:pin_id>/position")
def move_pin(pin_id: int) -> Response:
    """One place up or down."""
    editor()
    begin_write()
    row = removal.found(PinRow, pin_id)
    pin.shift(row, STEPS.get(request.form.get("to", ""), 0))
    language, words = row.locale, row.phrase
    db.session.commit()
    return _to_pins(language, words)


@search_words.post("/pins/<int:pin_id>/removal")
def destroy_pin(pin_id: int) -> Response:
    """Unpin it."""
    return removal.destroy(PinRow, pin_id, pin.remove)


def _refusal(chosen: Choice) -> str | None:
    if not chosen.has_phrase:
        return None
    try:
        phrase.checked(chosen.language, chosen.phrase)
    except PhraseRefused as refused:
        return str(REFUSALS[str(refused)])
    return None


def _to_pins(language: str, words: str) -> Response:
    named: dict[str, Any] = {"in": language, "phrase": words}
    return redirect(url_for("search_words.edit_pins", **named), 303)


def _page(chosen: Choice, viewer: Viewer, refusal: str | None) -> str:
    words, language = chosen.phrase, chosen.language
    rows = pin.for_phrase(language, words) if chosen.has_phrase and not refusal else []
    known = choosing.things([row.subject for row in rows], language, viewer)
    return render_template(
        "search_words/pins.html",
        choice=chosen,
        languages_offered=languages_offered(),
        refusal=refusal,
        rows=[(row, known.get(row.subject)) for row in rows],
        is_full=len(rows) >= MOST_PINNED,
        offered=choosing.offered(chosen.title, language, viewer, known) if chosen.has_phrase else [],
        found=titles_found(shortened(words), language) if chosen.has_phrase else [],
        found_after=_after(chosen, viewer, len(rows)),
    )


def _after(chosen: Choice, viewer: Viewer, pinned: int) -> list[str] | None:
    """What a phrase would find with `?candidate=` pinned; None where there is none."""
    candidate = choosing.subject_in(request.args.get("candidate", ""))
    if not candidate or not chosen.has_phrase or not choosing.can_be_found(candidate, chosen.language, viewer):
        return None
    tuning = tuning_now().with_pin(Pinned(chosen.language, chosen.phrase, candidate, pinned + 1))
    return titles_found(shortened(chosen.phrase), chosen.language, tuning)
