"""What a reader is told before the text: another language than asked for, a review that is overdue."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from helpcenter.articles.visibility import Reading
from helpcenter.core.locale import LANGUAGES


@dataclass(frozen=True)
class Notice:
    """A sentence above an article; `kind` chooses its mark."""

    kind: str
    text: str
    action_text: str = ""
    action_url: str = ""


def notices(reading: Reading, locale: str) -> list[Notice]:
    """Every notice a reader who asked for `locale` sees."""
    if reading.locale == locale:
        return []
    text = _(
        "This article is not available in %(wanted)s yet. You are reading it in %(shown)s.",
        wanted=LANGUAGES[locale].endonym,
        shown=LANGUAGES[reading.locale].endonym,
    )
    return [Notice("language", text)]
