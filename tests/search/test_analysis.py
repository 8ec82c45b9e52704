from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.search.analysis import _stems, index_terms, tokens, words
from helpcenter.search.folding import cleaned, folded, kept_places, without_marks
from helpcenter.search.languages import LANGUAGES


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [
        ("en", "refunds", "refunding"),
        ("en", "Ana's", "Ana"),
        ("en", "o’clock", "oclock"),
        ("es", "facturación", "facturacion"),
        ("es", "facturación", "facturas"),
        ("es", "contraseña", "contrasena"),
        ("ru", "счёт", "счета"),
        ("ru", "подписки", "подпиской"),
        ("ru", "subscriptions", "subscription"),
        ("ar", "كَلِمَة", "كلمة"),
        ("ar", "كلمه", "كلمة"),
        ("ar", "إلغاء", "الغاء"),
        ("ar", "الإلغاء", "إلغاء"),
        ("ar", "الإشعارات", "إشعارات"),
        ("ar", "والفواتير", "فواتير"),
        ("ar", "للاشتراك", "الاشتراك"),
        ("ar", "الاشـــتراك", "الاشتراك"),
        ("ar", "مستشفى", "مستشفي"),
    ],
)
def test_two_spellings_of_a_word_share_a_term(locale: str, one: str, other: str) -> None:
    assert set(index_terms(one, locale)) & set(index_terms(other, locale))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("utm_source", {"utm_source", "utm"}),
        ("robots.txt", {"robots.txt", "robot", "txt"}),
        ("C++", {"c++", "c"}),
        ("C#", {"c#", "c"}),
        ("2FA", {"2fa"}),
        ("e-mail", {"e-mail", "email", "mail"}),
        ("@example/app", {"example/app", "app"}),
    ],
)
def test_a_code_like_token_is_kept_whole_and_in_parts(text: str, terms: set[str]) -> None:
    assert terms <= set(index_terms(text, "en"))


@pytest.mark.parametrize("letter", ["R", "r", "C", "X", "A"])
def test_a_single_letter_is_a_term(letter: str) -> None:
    assert index_terms(letter, "en") == [letter.lower()]


def test_small_words_say_nothing_unless_asked_to() -> None:
    assert index_terms("how do I get a refund", "en") == ["get", "refund"]
    assert "do" in index_terms("how do I get a refund", "en", keep_stop_words=True)


def test_a_sign_at_the_end_of_a_long_word_is_punctuation() -> None:
    assert index_terms("shift+", "en") == ["shift"]


def test_words_for_completion_leave_out_addresses_numbers_and_small_words() -> None:
    assert words("See https://a.example.com/path for the 2026 e-mail", "en") == {
        "see", "https", "example", "com", "path", "e-mail", "mail",
    }  # fmt: skip


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_gives_terms_that_can_be_stored(text: str, locale: str) -> None:
    for term in index_terms(text, locale, keep_stop_words=True):
        assert term
        term.encode()


@given(st.text(), st.sampled_from(LANGUAGES))
def test_folding_keeps_every_place(text: str, locale: str) -> None:
    clean = without_marks(text)
    assert len(folded(clean, locale)) == len(clean)
    places = kept_places(text)
    kept = range(len(text)) if places is None else places
    assert "".join(text[at] for at in kept) == clean


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text(alphabet="abcXYZ'’._-+# 12", max_size=40))
def test_the_parts_of_a_token_are_words(text: str) -> None:
    for token in tokens(text):
        assert token.parts
        assert all(part.isalnum() for part in token.parts)


def test_threads_stem_alike() -> None:
    # The stemmers of the library keep their word in themselves.
    wanted = [f"подписывающийся{'ся' * (n % 5)}{n}" for n in range(400)]
    alone = [_stems.__wrapped__(word, "ru") for word in wanted]
    results: list[list[tuple[str, ...]]] = []
    threads = [
        threading.Thread(target=lambda: results.append([_stems.__wrapped__(word, "ru") for word in wanted]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [alone] * 8
