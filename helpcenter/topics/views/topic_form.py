"""What an editor fills in about a topic: a title and a description in each language of the site, place and audience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from helpcenter.core import site
from helpcenter.core.forms import Form, strip
from helpcenter.core.locale import LANGUAGES
from helpcenter.topics import audience_names
from helpcenter.topics.audience import Audience
from helpcenter.topics.tree import Node, TopicTitle

LONGEST_TITLE = 120
LONGEST_DESCRIPTION = 400


class TopicForm(Form):
    """The fields every site has; those of its languages are added by `form_for`."""

    parent = SelectField(_l("Part of"))
    audience = SelectField(_l("Who can see it"), choices=audience_names.CHOICES)

    def words(self) -> Mapping[str, TopicTitle]:
        """Title and description by language, where a title was given; the slug is made when they are kept."""
        found = {}
        for code in site.current().locales:
            title = " ".join((self[f"title_{code}"].data or "").split())
            if title:
                found[code] = TopicTitle(title, "", self[f"description_{code}"].data or "")
        return found

    @property
    def parent_id(self) -> int | None:
        """The chosen root; None makes it a root itself."""
        return int(self.parent.data) if self.parent.data else None


def form_for(roots: Sequence[SelectChoice], node: Node | None = None, *, is_sent: bool, parent: str = "") -> TopicForm:
    """The form in the languages of the site, with what was sent, or with what the topic says now."""
    fields: dict[str, Any] = {}
    for code in site.current().locales:
        endonym, direction = LANGUAGES[code].endonym, {"lang": code, "dir": LANGUAGES[code].direction}
        first = [_title_needed] if code == site.current().default_locale else []
        fields[f"title_{code}"] = StringField(
            _("Title in %(language)s", language=endonym),
            [*first, Length(max=LONGEST_TITLE)],
            filters=[strip],
            render_kw={"maxlength": LONGEST_TITLE, "autocomplete": "off", **direction},
        )
        fields[f"description_{code}"] = TextAreaField(
            _("Description in %(language)s", language=endonym),
            [Length(max=LONGEST_DESCRIPTION)],
            filters=[strip],
            render_kw=direction,
        )
    kind = type("LocalTopicForm", (TopicForm,), fields)
    form: TopicForm = kind() if is_sent else kind(formdata=None, data=_data(node, parent))
    form.parent.choices = [SelectChoice("", _("No other topic")), *roots]
    return form


def _data(node: Node | None, parent: str) -> dict[str, Any]:
    if node is None:
        return {"parent": parent, "audience": Audience.EVERYONE.value}
    data: dict[str, Any] = {"parent": str(node.parent_id or "")}
    for code, text in node.texts.items():
        data |= {f"title_{code}": text.title, f"description_{code}": text.description}
    return data


def _title_needed(_form: Any, field: Any) -> None:
    if not field.data:
        raise ValidationError(_("Give the topic a title."))
