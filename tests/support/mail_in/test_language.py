from __future__ import annotations

import pytest

from helpcenter.support.mail_in.language import language_of

LOCALES = ("en", "es", "ru", "ar")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("The invoice page stays white and I do not know what to do", "en"),
        ("La página de la factura se queda en blanco y no sé qué hacer", "es"),
        ("Страница счёта остаётся белой, и я не знаю, что делать", "ru"),
        ("صفحة الفاتورة تبقى بيضاء و لا أعرف ماذا أفعل في هذا", "ar"),
        ("404", "en"),
        ("", "en"),
    ],
)
def test_little_words_tell_the_language(text: str, locale: str) -> None:
    assert language_of(text, LOCALES) == locale


def test_only_the_languages_of_the_site_are_told() -> None:
    assert language_of("La página de la factura se queda en blanco", ("ru", "ar")) == "ru"
