from __future__ import annotations

import pytest

from helpcenter.accounts.email_address import normalized


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Ana@Example.COM ", "Ana@example.com"),
        ("ana+help@bücher.example", "ana+help@bücher.example"),
        ("ana@corp.local", "ana@corp.local"),
        ("ana@intranet.corp.local", "ana@intranet.corp.local"),
    ],
)
def test_an_address_is_kept_in_its_usual_spelling(typed: str, address: str) -> None:
    assert normalized(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "ana", "ana@", "@example.com", "ana@corp", "ana@local", "ana@x.invalid", "ana@x.test", "a b@example.com"],
)
def test_what_no_mail_reaches_is_none(typed: str) -> None:
    assert normalized(typed) is None
