"""What a provider says of an address, where it speaks twice."""

from __future__ import annotations

from typing import Any

import pytest

from helpcenter.accounts.openid import claims
from helpcenter.accounts.openid.rules import Rules

PIA, BEN = "pia@example.org", "ben@example.org"


@pytest.mark.parametrize(
    ("token", "userinfo", "email", "is_confirmed"),
    [
        ({"email": PIA, "email_verified": True}, {}, PIA, True),
        ({"email": PIA}, {"email": PIA, "email_verified": True}, PIA, True),
        ({"email": PIA}, {"email": PIA.upper(), "email_verified": "TRUE"}, PIA, False),
        ({"email": PIA}, {"email": BEN, "email_verified": True}, PIA, False),
        ({"email": PIA, "email_verified": False}, {"email": PIA, "email_verified": True}, PIA, False),
        ({"email": PIA, "email_verified": True}, {"email": BEN, "email_verified": True}, PIA, True),
        ({"email_verified": True}, {"email": BEN}, BEN, False),
        ({"email": "nonsense", "email_verified": True}, {"email": BEN}, BEN, False),
    ],
)
def test_an_address_is_confirmed_by_whoever_names_it_and_the_token_counts_first(
    token: dict[str, Any], userinfo: dict[str, Any], email: str, is_confirmed: bool
) -> None:
    found = claims.read({"iss": "x", "sub": "y", **token}, userinfo, Rules())
    assert (found.email, found.says_confirmed, found.is_confirmed) == (email, is_confirmed, is_confirmed)
