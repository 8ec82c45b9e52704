from __future__ import annotations

import pytest

from helpcenter.core.text import shortened, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("How refunds work", "how-refunds-work"),
        ("  Plan & price: 2026! ", "plan-price-2026"),
        ("¿Cómo se paga?", "cómo-se-paga"),
        ("Как вернуть деньги", "как-вернуть-деньги"),
        ("كيف تُسترد", "كيف-تسترد"),
        ("???", "page"),
        ("", "page"),
    ],
)
def test_a_slug_keeps_the_letters_of_its_language(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_slug_is_cut_at_a_word() -> None:
    slug = slug_of("refund " * 30)
    assert len(slug) <= 80
    assert slug.endswith("refund")


def test_a_shortened_text_ends_at_a_word() -> None:
    assert shortened("one two  three\nfour", 100) == "one two three four"
    assert shortened("one two three four", 12) == "one two…"
