"""What a reader is told before the text: another language than asked for, a review that is overdue."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from helpcenter.articles import translation_state
from helpcenter.articles.address import address
from helpcenter.articles.revision import Significance
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
    found = []
    if reading.locale != locale:
        text = _(
            "This article is not available in %(wanted)s yet. You are reading it in %(shown)s.",
            wanted=LANGUAGES[locale].endonym,
            shown=LANGUAGES[reading.locale].endonym,
        )
        found.append(Notice("language", text))
    original = translation_state.original_of(reading.article_id) if reading.behind == Significance.MAJOR else None
    if original is not None and original in reading.slugs:
        found.append(
            Notice(
                "behind",
                _("The original has changed much since this translation was made."),
                _("Read it in %(language)s", language=LANGUAGES[original].endonym),
                address(reading.article_id, reading.slugs[original], original),
            )
        )
    return found
