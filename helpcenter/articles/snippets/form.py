"""What an editor fills in about a snippet: its name, and what it says in each language of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField

from helpcenter.articles.snippets.preparing import Prepared, SnippetRefused, prepare
from helpcenter.articles.snippets.snippet import stamp, trimmed
from helpcenter.core import site
from helpcenter.core.forms import Form, strip
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown.snippets import LONGEST_NAME, is_name


class SnippetForm(Form):
    """The name; the fields of the languages are added by `form_for`. `opened_…` says what stood there to begin with."""

    name = StringField(
        _l("Name"),
        filters=[strip, lambda value: value.lower() if isinstance(value, str) else value],
        render_kw={
            "maxlength": LONGEST_NAME,
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
            "dir": "ltr",
        },
    )

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages it asks for."""
        return site.current().locales

    def typed(self, code: str) -> str:
        """What was typed in a language, as it would be kept."""
        return trimmed(self[f"words_{code}"].data or "")

    def changed(self) -> list[str]:
        """The languages in which something else was typed than stood there when the page was opened."""
        return [code for code in self.codes if stamp(self.typed(code)) != self[f"opened_{code}"].data]

    def show(self, latest: Mapping[str, str]) -> dict[str, str]:
        """Take in what others saved meanwhile; where it meets what was typed here, their words by language.

        What was typed stays in its field, and saving once more takes it instead of theirs.
        """
        met = {}
        for code in self.codes:
            theirs, opened = latest.get(code, ""), self[f"opened_{code}"]
            if stamp(theirs) == opened.data:
                continue
            if stamp(self.typed(code)) == opened.data:
                self[f"words_{code}"].data = theirs
            elif self.typed(code) != theirs:
                met[code] = theirs
            opened.data = stamp(theirs)
        return met

    def is_fine(self, *, is_new: bool, others: bool) -> bool:
        """Whether its name can be one and it says something; `others`: it does in languages that are not asked for."""
        if is_new and not is_name(self.name.data or ""):
            self.refuse(
                "name", _("A name begins with a letter and contains lowercase letters, digits and hyphens, at most 40.")
            )
        if not others and not any(self.typed(code) for code in self.codes):
            self.refuse(f"words_{self.codes[0]}", _("Write what it says in at least one language."))
        return not self.errors

    def prepared(self, codes: list[str], source_paths: Mapping[str, str]) -> dict[str, Prepared | None]:
        """What was typed in these languages, None where it was emptied; what can not be kept stands beside its field.

        Slow.
        """
        texts: dict[str, Prepared | None] = {}
        for code in codes:
            try:
                text = self.typed(code)
                texts[code] = prepare(text, code, source_paths.get(code)) if text else None
            except SnippetRefused as refused:
                self.refuse(f"words_{code}", str(refused.message))
        return texts


def form_for(latest: Mapping[str, str] | None, *, is_sent: bool) -> SnippetForm:
    """The form in the languages of the site: with what was sent, or with what a snippet says now."""
    fields: dict[str, Any] = {}
    for code in site.current().locales:
        language = LANGUAGES[code]
        fields[f"words_{code}"] = TextAreaField(
            language.endonym, render_kw={"lang": code, "dir": language.direction, "spellcheck": "true"}
        )
        fields[f"opened_{code}"] = HiddenField()
    kind = type("LocalSnippetForm", (SnippetForm,), fields)
    if is_sent:
        sent: SnippetForm = kind()
        return sent
    data: dict[str, str] = {}
    for code in site.current().locales:
        text = (latest or {}).get(code, "")
        data |= {f"words_{code}": text, f"opened_{code}": stamp(text)}
    filled: SnippetForm = kind(formdata=None, data=data)
    return filled
