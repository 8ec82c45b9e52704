"""How a key is handed to an app: a picture to scan, an address that opens the app itself, letters to type."""

from __future__ import annotations

from dataclasses import dataclass

import pyotp
from markupsafe import Markup

from helpcenter.accounts.second_step import code

GROUP = 4


@dataclass(frozen=True)
class SharedKey:
    """`picture` is an SVG of presentation attributes alone, `letters` the key in groups of four."""

    picture: Markup
    address: str
    letters: str


def of(key: str, account: str, site_name: str) -> SharedKey:
    """The three ways. `account` and `site_name` are what the app shows beside the code."""
    # It is read only where somebody turns it on.
    import segno

    # A colon ends the name of the site in the label of an app.
    issuer = " ".join(site_name.replace(":", " ").split())
    maker = pyotp.TOTP(key, digits=code.DIGITS, interval=code.STEP_SECONDS, name=account, issuer=issuer)
    address = maker.provisioning_uri()
    # Black on white in dark colours too, with the quiet edge of four modules: many apps read nothing else.
    picture = segno.make_qr(address, error="m").svg_inline(omitsize=True, border=4, dark="#000", light="#fff")
    return SharedKey(
        picture=Markup(picture),  # noqa: S704 - made of numbers by the library
        address=address,
        letters=" ".join(key[start : start + GROUP] for start in range(0, len(key), GROUP)),
    )
