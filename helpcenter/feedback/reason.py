"""Why something did not help: the few reasons a reader can choose from."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

REASONS: Mapping[str, LazyString] = {
    "confusing": _l("It is confusing"),
    "did_not_work": _l("It did not work"),
    "too_long": _l("It is too long"),
    "out_of_date": _l("It is out of date"),
    "something_else": _l("Something else"),
}


def choices() -> list[tuple[str, str]]:
    """Each reason with its words in the language of the request."""
    return [(code, str(words)) for code, words in REASONS.items()]
