"""What the library of forms says by itself."""

from __future__ import annotations

import pytest
from babel.support import Translations
from flask_babel import force_locale
from wtforms import IntegerField

from helpcenter.core import forms
from helpcenter.core.forms import Form

SAID = {
    "en": "Not a valid integer value.",
    "es": "No es un valor entero válido.",
    "ru": "Неверное целое число.",
    "ar": "قيمة العدد الحقيقي غير صالحة.",
}


class Count(Form):
    number = IntegerField()


def refused_in(app, locale: str) -> list[str]:
    with app.test_request_context("/", method="POST", data={"number": "many"}), force_locale(locale):
        form = Count()
        form.validate()
        return list(form.number.errors)


@pytest.mark.parametrize("locale", SAID)
def test_it_is_said_in_the_language_of_the_page(app, locale):
    assert refused_in(app, locale) == [SAID[locale]]


def test_a_language_is_read_from_the_disk_for_the_first_form_alone(app, monkeypatch):
    read = []
    load = Translations.load

    def noted(folder, languages, domain):
        read.append((domain, languages))
        return load(folder, languages, domain)

    monkeypatch.setattr(Translations, "load", noted)
    forms._catalogue.cache_clear()

    for _ in range(3):
        refused_in(app, "ru")

    forms._catalogue.cache_clear()
    assert read.count(("wtforms", ["ru"])) == 1
