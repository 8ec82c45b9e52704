"""What is pinned for one phrase: chosen by title, in an order, at most three."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from helpcenter.accounts.viewer import Viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.search import choosing, pin
from helpcenter.search.document import SubjectKey
from helpcenter.search.pin import PinRefused, PinRow
from helpcenter.search.pinning import MOST_PINNED, Pinned
from helpcenter.search.query import LONGEST_TEXT, shortened
from helpcenter.search.tuning import tuning_now
from helpcenter.search.views import removed
from helpcenter.search.views.blueprint import editor, language_asked, languages_offered, search_words
from helpcenter.search.views.index import to_index
from helpcenter.search.views.trial import titles_found

STEPS = {"up": -1, "down": 1}
REFUSALS = {
    "language": _l("This site is not in that language."),
    "no word": _l("Write what readers search for: this has no letter and no number in it."),
    "too long": _l("That is too long: %(number)d letters at most.", number=LONGEST_TEXT),
    "too many": _l("%(number)d results are pinned for it already. Remove one first.", number=MOST_PINNED),
    "pinned": _l("That is pinned for it already."),
    "gone": _l("That cannot be found in this language, so it cannot be pinned."),
}


@search_words.get("/pins")
def edit_pins() -> Any:
    """The pins of `?phrase=`; `?title=` looks for another, `?candidate=` shows what it would change."""
    editor()
    phrase, language = request.args.get("phrase", ""), language_asked()
    refusal = None
    if phrase.strip():
        try:
            pin.checked(language, phrase)
        except PinRefused as refused:
            refusal = str(REFUSALS[str(refused)])
    return _page(phrase, language, request.args.get("title", ""), refusal), 422 if refusal else 200


@search_words.post("/pins")
def create_pin() -> Any:
    """Pin the chosen one, behind those that are pinned already."""
    viewer, language = editor(), language_asked()
    phrase, title = request.form.get("phrase", ""), request.form.get("title", "")
    subject = choosing.subject_in(request.form.get("subject", ""))
    if subject is None or not choosing.can_be_found(subject, language, viewer):
        return _page(phrase, language, title, str(REFUSALS["gone"])), 422
    begin_write()
    try:
        pin.add(language, phrase, subject, by=viewer.id)
        db.session.commit()
    except PinRefused as refused:
        db.session.rollback()
        return _page(phrase, language, title, str(REFUSALS[str(refused)])), 422
    flash(_("It is pinned. Readers see it first from now on."), "success")
    return _to_pins(language, phrase)


@search_words.post("/pins/<int:pin_id>/position")
def move_pin(pin_id: int) -> Response:
    """One place up or down."""
    editor()
    begin_write()
    row = _found(pin_id)
    pin.shift(row, STEPS.get(request.form.get("to", ""), 0))
    language, phrase = row.locale, row.phrase
    db.session.commit()
    return _to_pins(language, phrase)


@search_words.post("/pins/<int:pin_id>/removal")
def destroy_pin(pin_id: int) -> Response:
    """Unpin it; the page one comes back to offers the way back."""
    editor()
    begin_write()
    row = _found(pin_id)
    language = row.locale
    removed.keep(row)
    pin.remove(row)
    db.session.commit()
    return to_index(language, removed=1)


def _found(pin_id: int) -> PinRow:
    row = db.session.get(PinRow, pin_id)
    if row is None:
        raise NotFound
    return row


def _to_pins(language: str, phrase: str) -> Response:
    named: dict[str, Any] = {"in": language, "phrase": phrase}
    return redirect(url_for("search_words.edit_pins", **named), 303)


def _page(phrase: str, language: str, title: str, refusal: str | None) -> str:
    viewer = editor()
    rows = pin.for_phrase(language, phrase) if phrase.strip() and not refusal else []
    keys = [(row.kind, row.subject_id) for row in rows]
    known = choosing.things(keys, language, viewer)
    candidate = choosing.subject_in(request.args.get("candidate", ""))
    return render_template(
        "search_words/pins.html",
        phrase=phrase,
        language=language,
        languages_offered=languages_offered(),
        title=title,
        refusal=refusal,
        rows=[(row, known.get(key)) for row, key in zip(rows, keys, strict=True)],
        is_full=len(rows) >= MOST_PINNED,
        offered=choosing.offered(title, language, viewer, keys) if phrase.strip() else [],
        found=titles_found(shortened(phrase), language) if phrase.strip() else [],
        candidate=candidate,
        found_after=_after(phrase, language, candidate, viewer, len(rows)) if candidate and phrase.strip() else None,
    )


def _after(phrase: str, language: str, candidate: SubjectKey, viewer: Viewer, pinned: int) -> list[str] | None:
    if not choosing.can_be_found(candidate, language, viewer):
        return None
    tuning = tuning_now().with_pin(Pinned(language, phrase, candidate, pinned + 1))
    return titles_found(shortened(phrase), language, tuning)
