"""What one fills in about a saved reply: its name, and a text in each language of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, HiddenField, StringField, TextAreaField, ValidationError

from helpcenter.accounts.fields import one_line
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.core import site
from helpcenter.core.forms import Form, strip
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.row_id import row_id_or_none
from helpcenter.support.replies import article_link, variable
from helpcenter.support.replies.saved_reply import LONGEST_NAME, LONGEST_TEXT, SavedReply, SavedReplyText


class SavedReplyForm(Form):
    """The fields every site has; `form_for` adds those of its languages. `seen` is the version it began with."""

    name = StringField(
        _l("Name"), filters=[one_line], render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off", "dir": "auto"}
    )
    all_right = BooleanField(_l("I have checked: it is right as things are now"))
    seen = HiddenField()

    def validate_name(self, field: Any) -> None:
        """By it the team finds the reply."""
        if not field.data:
            raise ValidationError(_("Give it a name the team can find it by."))
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(_("Use at most %(number)d characters.", number=LONGEST_NAME))

    def check_texts(self) -> None:
        """Refuse a reply that says nothing. To be called after validate()."""
        if not any(self.texts().values()):
            self.refuse(field_of(site.current().default_locale), _("Write a text in at least one language."))

    def texts(self) -> Mapping[str, str]:
        """The text in each language of the site, '' for none."""
        return {code: self[field_of(code)].data or "" for code in site.current().locales}

    @property
    def seen_version(self) -> int:
        """The version that was changed; 0 for what is no version."""
        return row_id_or_none(self.seen.data or "") or 0


def field_of(locale: str) -> str:
    """The name of the field for a language."""
    return f"text_{locale}"


def form_for(
    row: SavedReply | None = None, texts: Mapping[str, SavedReplyText] | None = None, *, is_sent: bool
) -> SavedReplyForm:
    """The form in the languages of the site, with what was sent, or with what the reply says now."""
    fields = {
        field_of(code): TextAreaField(
            _("Text in %(language)s", language=LANGUAGES[code].endonym),
            [_check_text],
            filters=[strip],
            render_kw={"lang": code, "dir": LANGUAGES[code].direction},
        )
        for code in site.current().locales
    }
    kind = type("LocalSavedReplyForm", (SavedReplyForm,), fields)
    if is_sent:
        sent: SavedReplyForm = kind()
        return sent
    data: dict[str, Any] = {"name": row.name, "seen": str(row.version)} if row else {}
    data |= {field_of(code): one.text for code, one in (texts or {}).items()}
    kept: SavedReplyForm = kind(formdata=None, data=data)
    return kept


def _check_text(_form: Any, field: Any) -> None:
    text = field.data or ""
    if len(text) > LONGEST_TEXT:
        raise ValidationError(_("That is too long: %(number)d characters at most.", number=LONGEST_TEXT))
    wrong = [_no_variable(*one) for one in variable.unknown_in(text)]
    wrong += _no_articles(text, current_viewer(), field.name.removeprefix("text_"))
    if wrong:
        raise ValidationError(" ".join(wrong))


def _no_variable(name: str, nearest: str) -> str:
    if nearest:
        return str(_("There is no {%(name)s}. Did you mean {%(nearest)s}?", name=name, nearest=nearest))
    known = ", ".join(f"{{{one}}}" for one in variable.VARIABLES)
    return str(_("There is no {%(name)s}. There are %(known)s.", name=name, known=known))


def _no_articles(text: str, viewer: Viewer, locale: str) -> list[str]:
    missing = article_link.unreadable(article_link.articles_in(text), viewer, locale)
    if not missing:
        return []
    numbers = ", ".join(str(number) for number in missing)
    return [
        ngettext(
            "There is no published article %(numbers)s.",
            "There are no published articles %(numbers)s.",
            len(missing),
            numbers=numbers,
        )
    ]
