"""What people type, without the signs that no keyboard makes: PostgreSQL keeps no zero, a feed none of the others."""

from __future__ import annotations

import re
from string import punctuation
from typing import Any
from urllib.parse import quote_from_bytes

from flask import Flask, Request, request

from helpcenter.core.refusals import Refusal

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def without_controls(value: Any) -> Any:
    """A filter for fields: tabs and line ends stay, other control characters go."""
    return _CONTROLS.sub("", value) if isinstance(value, str) else value


class PlainRequest(Request):
    """A request whose query is ASCII. Browsers send it so; bare bytes that are no UTF-8 could not be read at all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.query_string.isascii():
            self.query_string = quote_from_bytes(self.query_string, safe=punctuation).encode()


def _refuse_zero() -> None:
    if "\x00" in request.path or b"%00" in request.query_string:
        raise Refusal("a zero byte in an address")


def register(app: Flask) -> None:
    """Refuse addresses with a zero in them: no person wrote one, and views hand what they say to the database."""
    app.request_class = PlainRequest
    app.before_request(_refuse_zero)
