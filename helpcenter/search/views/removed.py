"""What an editor removed last, kept in the browser's signed cookie until it is put back or something else goes."""

from __future__ import annotations

from typing import Any

from flask import session
from flask_babel import gettext as _

from helpcenter.search import expectation, pin, synonym
from helpcenter.search.document import SubjectKey
from helpcenter.search.expectation import Expectation
from helpcenter.search.phrase import PhraseRefused
from helpcenter.search.pin import PinRow
from helpcenter.search.synonym import SynonymRefused, SynonymRow

_KEY = "search_words_removed"


def keep(row: SynonymRow | PinRow | Expectation) -> None:
    """Remember a row that is about to go."""
    if isinstance(row, SynonymRow):
        session[_KEY] = {"what": "synonym", "locale": row.locale, "phrases": row.phrases, "to": row.to}
        return
    what, place = ("pin", row.place) if isinstance(row, PinRow) else ("expectation", 0)
    session[_KEY] = {
        "what": what,
        "locale": row.locale,
        "phrase": row.phrase,
        "kind": row.kind,
        "id": row.subject_id,
        "place": place,
    }


def words() -> str | None:
    """What was removed, as a sentence, or None."""
    kept = _kept()
    if not kept:
        return None
    if kept["what"] == "synonym":
        return str(_("The synonym “%(words)s” was removed.", words=", ".join([*kept["phrases"], *kept["to"]])))
    if kept["what"] == "pin":
        return str(_("The result pinned for “%(phrase)s” was removed.", phrase=kept["phrase"]))
    return str(_("“%(phrase)s” was removed from your test set.", phrase=kept["phrase"]))


def forget() -> None:
    """Offer it no longer."""
    session.pop(_KEY, None)


def put_back(*, by: int | None) -> dict[str, Any] | None:
    """Put it back where it was; what it was, or None where that is not possible any more. After begin_write()."""
    kept = _kept()
    if not kept:
        return None
    forget()
    try:
        if kept["what"] == "synonym":
            synonym.add(kept["locale"], kept["phrases"], kept["to"], by=by)
        elif kept["what"] == "pin":
            row = pin.add(kept["locale"], kept["phrase"], _subject(kept), by=by)
            pin.shift(row, kept["place"] - row.place)
        else:
            expectation.add(kept["locale"], kept["phrase"], _subject(kept), by=by)
    except (SynonymRefused, PhraseRefused):
        return None
    return kept


def _subject(kept: dict[str, Any]) -> SubjectKey:
    return kept["kind"], kept["id"]


def _kept() -> dict[str, Any] | None:
    found: dict[str, Any] | None = session.get(_KEY)
    return found
