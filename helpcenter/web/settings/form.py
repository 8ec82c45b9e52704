"""The form of the settings page, to and from the values of core.site."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from babel.dates import get_day_names
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from helpcenter.accounts import email_address, time_zones
from helpcenter.accounts.fields import one_line
from helpcenter.core import locale
from helpcenter.core.forms import Form, strip
from helpcenter.core.site import Site
from helpcenter.web.settings.contrast import COLOR, ENOUGH_FOR_TEXT, PAPER, contrast
from helpcenter.web.settings.days_field import DaysField
from helpcenter.web.settings.video_hosts_field import VideoHostsField

LONGEST_NAME = 60
LONGEST_PROBLEM = 200
LONGEST_CURRENCY = 8
MOST_STOP_WORDS = 500
LONGEST_STOP_WORD = 60
TRUST = [
    SelectChoice("team", _l("A team: everyone knows everyone")),
    SelectChoice("startup", _l("A start-up: few people, who can soon help")),
    SelectChoice("mature", _l("A mature community: many people, and programs among them")),
]
COST = re.compile(r"[0-9]{1,7}([.,][0-9]{1,2})?")
PLAIN = (
    "name",
    "accent",
    "support_address",
    "time_zone",
    "target_hours",
    "urgent_target_hours",
    "cost_per_conversation",
    "currency",
    "known_problem",
    "trust",
    "second_person",
    "shows_verified",
    "second_step_required",
    "second_step_days",
)
WEEK = range(7)
TARGETS = range(1, 401)
"""Hours in which an answer may be due: from the same hour to ten weeks of eight hours a day."""


class HourField(TimeField):
    """A time of day, as hours and minutes."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent. Raises ValueError in the words of the product: the library knows not every language."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Enter hours and minutes, such as 09:30.")) from None


class TargetField(IntegerField):
    """Whole hours."""

    def __init__(self, label: Any, **given: Any) -> None:
        super().__init__(label, render_kw={"min": TARGETS[0], "max": TARGETS[-1]}, **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent. Raises ValueError for what is no number of hours that makes a target."""
        text = valuelist[0].strip() if valuelist else ""
        if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) in TARGETS):
            raise ValueError(_("Enter a whole number of hours, from %(least)d to %(most)d.", **_ends()))
        self.data = int(text)


def _ends() -> dict[str, int]:
    return {"least": TARGETS[0], "most": TARGETS[-1]}


class SettingsForm(Form):
    name = StringField(
        _l("Name of the site"), filters=[one_line], render_kw={"maxlength": LONGEST_NAME, "required": True}
    )
    logo = FileField(_l("Logo"), render_kw={"accept": "image/png,image/jpeg,image/webp,image/gif"})
    remove_logo = BooleanField(_l("Show the name instead of the logo"))
    accent = StringField(_l("Accent colour"), filters=[strip], render_kw={"maxlength": 7, "dir": "ltr"})
    support_address = EmailField(_l("Support address"), filters=[strip], render_kw={"dir": "ltr"})
    default_locale = SelectField(_l("Language of the site"))
    locales = SelectMultipleField(
        _l("Languages readers can choose"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    time_zone = SelectField(_l("Time zone"))
    target_hours = TargetField(_l("First answer within, in hours"))
    urgent_target_hours = TargetField(_l("When it stops someone’s work, in hours"))
    cost_per_conversation = StringField(
        _l("Cost of a conversation"), filters=[strip], render_kw={"maxlength": 12, "inputmode": "decimal", "dir": "ltr"}
    )
    currency = StringField(_l("Currency"), filters=[one_line], render_kw={"maxlength": LONGEST_CURRENCY})
    second_person = BooleanField(_l("Someone who did not write an article approves it before it is published"))
    second_step_required = BooleanField(_l("The team logs in with two steps"))
    second_step_days = DaysField(_l("Days they have to turn it on"), default=14)
    known_problem = StringField(_l("Known problem"), filters=[one_line], render_kw={"maxlength": LONGEST_PROBLEM})
    trust = SelectField(_l("How soon the community trusts people"), choices=TRUST, default="startup")
    stop_words = TextAreaField(_l("Words that hold a post for review"), filters=[strip])
    shows_verified = BooleanField(_l("Tell readers when an article was verified"))
    video_hosts = VideoHostsField(_l("Sites whose videos articles may show"), filters=[strip])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._days: dict[int, str] = {}
        languages = [SelectChoice(one.code, one.endonym) for one in locale.LANGUAGES.values()]
        self.default_locale.choices, self.locales.choices = languages, list(languages)
        self.time_zone.choices = time_zones.choices()
        self._name_days()

    def validate_name(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Give the site a name."))
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(_("Use a shorter name."))

    def validate_accent(self, field: Any) -> None:
        if not field.data:
            return
        if not COLOR.fullmatch(field.data.lower()):
            raise ValidationError(_("Enter a colour as # and six digits or letters from a to f, such as #7a1f4d."))
        ratio = contrast(field.data.lower(), PAPER)
        if ratio < ENOUGH_FOR_TEXT:
            measured = locale.number(int(ratio * 10) / 10)
            raise ValidationError(
                _(
                    "Text in this colour has a contrast of %(ratio)s to 1; it needs 4.5 to 1. Choose a darker one.",
                    ratio=measured,
                )
            )

    def validate_support_address(self, field: Any) -> None:
        if field.data and not email_address.normalized(field.data):
            raise ValidationError(_("Enter an email address, such as ana@example.com."))

    def validate_cost_per_conversation(self, field: Any) -> None:
        if field.data and not COST.fullmatch(field.data):
            raise ValidationError(_("Enter a number with at most two decimals, such as 8 or 7.50."))

    def validate_currency(self, field: Any) -> None:
        if len(field.data or "") > LONGEST_CURRENCY:
            raise ValidationError(_("Use a sign or a short word, such as €."))

    def validate_known_problem(self, field: Any) -> None:
        if len(field.data or "") > LONGEST_PROBLEM:
            raise ValidationError(_("Say it in one short line."))

    def validate_stop_words(self, _field: Any) -> None:
        words = self.stop_word_list
        if len(words) > MOST_STOP_WORDS or any(len(word) > LONGEST_STOP_WORD for word in words):
            raise ValidationError(
                _(
                    "At most %(most)d lines, each of at most %(longest)d characters.",
                    most=MOST_STOP_WORDS,
                    longest=LONGEST_STOP_WORD,
                )
            )

    @property
    def stop_word_list(self) -> list[str]:
        """The words as they are kept: each once, in small letters, with single spaces."""
        lines = (" ".join(line.split()).casefold() for line in (self.stop_words.data or "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def _name_days(self) -> None:
        """Each field of the week names its day, wherever the page speaks of it."""
        names = get_day_names("wide", context="stand-alone", locale=locale.current())
        for day in WEEK:
            name = names[day][:1].upper() + names[day][1:]
            self[f"opens_{day}"].label.text = _("%(day)s, from", day=name)
            self[f"closes_{day}"].label.text = _("%(day)s, to", day=name)
            self._days[day] = name

    def day_rows(self) -> list[tuple[str, Any, Any]]:
        """For each weekday its name and its two fields, as the page lists them."""
        return [(self._days[day], self[f"opens_{day}"], self[f"closes_{day}"]) for day in WEEK]

    def site_values(self) -> dict[str, Any]:
        """What core.site keeps; the logo apart. To be asked once the form is valid."""
        first = self.default_locale.data
        return {
            "name": self.name.data,
            "accent": (self.accent.data or "").lower(),
            "support_address": email_address.normalized(self.support_address.data or "") or "",
            "locales": [first, *(code for code in self.locales.data or [] if code != first)],
            "time_zone": self.time_zone.data,
            "target_hours": self.target_hours.data,
            "urgent_target_hours": self.urgent_target_hours.data,
            "cost_per_conversation": (self.cost_per_conversation.data or "").replace(",", "."),
            "currency": self.currency.data or "",
            "known_problem": self.known_problem.data or "",
            "trust": self.trust.data,
            "second_person": self.second_person.data,
            "stop_words": self.stop_word_list,
            "shows_verified": bool(self.shows_verified.data),
            "video_hosts": self.video_hosts.hosts,
            "hours": [[day, _minutes(opens), _minutes(closes)] for day, opens, closes in self._open_days()],
        }

    def _open_days(self) -> list[tuple[int, time, time]]:
        spans = [(day, self[f"opens_{day}"].data, self[f"closes_{day}"].data) for day in WEEK]
        return [(day, opens, closes) for day, opens, closes in spans if opens and closes]


def _check_closing(form: SettingsForm, field: Any) -> None:
    if not any(field.raw_data or ()):
        # Browsers send the empty field of a day on which nobody answers; that is no malformed time.
        field.errors = []
    opens = form[field.name.replace("closes", "opens")].data
    if bool(opens) != bool(field.data):
        raise ValidationError(_("Give both times, or neither if no one answers."))
    if opens and field.data <= opens:
        raise ValidationError(_("The end has to come after the beginning."))


for _day in WEEK:
    setattr(SettingsForm, f"opens_{_day}", HourField(validators=[Optional()]))
    setattr(SettingsForm, f"closes_{_day}", HourField(validators=[_check_closing]))


def filled(site: Site) -> SettingsForm:
    """The form with what holds now."""
    opening = {f"opens_{day}": _time(opens) for day, opens, _closes in site.hours}
    closing = {f"closes_{day}": _time(closes) for day, _opens, closes in site.hours}
    plain = {name: getattr(site, name) for name in PLAIN}
    languages = {"default_locale": site.default_locale, "locales": list(site.locales)}
    plain |= {"stop_words": "\n".join(site.stop_words), "video_hosts": "\n".join(site.video_hosts)}
    return SettingsForm(formdata=None, data={**plain, **languages, **opening, **closing})


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
