"""What an editor fills in about a synonym."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from helpcenter.core.forms import Form
from helpcenter.search import synonym
from helpcenter.search.synonym import MOST_PHRASES, SynonymRefused, SynonymRow
from helpcenter.search.synonyms import LONGEST_PHRASE, Synonym

_BETWEEN = re.compile(r"[\n\r,;،؛]+")

REFUSALS = {
    "language": _l("This site is not in that language."),
    "too few": _l("Write two words at least, or one word here and what it also finds below."),
    "too many": _l("These are too many: %(number)d at most.", number=MOST_PHRASES),
    "too long": _l("One of these is too long: %(number)d words at most.", number=LONGEST_PHRASE),
    "no word": _l("Each of these needs at least one letter or number."),
    "same": _l("Search already treats all of these as the same word."),
}


class SynonymForm(Form):
    """Words, one a line or with commas between."""

    phrases = TextAreaField(_l("Words readers type"))
    to = TextAreaField(_l("Also find"))

    def synonym(self, locale: str) -> Synonym | None:
        """The synonym of these words, or None; then the form says why."""
        try:
            return synonym.checked(locale, in_words(self.phrases.data), in_words(self.to.data))
        except SynonymRefused as refused:
            self.refuse("phrases", str(REFUSALS[str(refused)]))
            return None


def form_of(row: SynonymRow) -> SynonymForm:
    """The form with what a synonym says now."""
    return SynonymForm(formdata=None, data={"phrases": "\n".join(row.phrases), "to": "\n".join(row.to)})


def in_words(text: Any) -> list[str]:
    """The words of a field, each for itself."""
    return _BETWEEN.split(text or "")
