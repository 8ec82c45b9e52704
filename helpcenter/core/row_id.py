"""Numbers in addresses and forms: what no row can be called is no number, and never asked of the database.

A database refuses a number that is too large with an error, and Python reads one of 5,000 digits not at all; both
would be a failure on our side where the address is simply one that leads nowhere.
"""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
_DIGITS = re.compile("[0-9]{1,10}")


class RowIdConverter(IntegerConverter):
    """`<int:…>` in an address; one that no row can have leads nowhere."""

    regex = _DIGITS.pattern

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def row_id(text: str) -> int:
    """The number a text says, for `request.args.get(…, type=row_id)`. Raises ValueError for what no row can have."""
    if not _DIGITS.fullmatch(text) or int(text) > LARGEST:
        raise ValueError("no number of a row")
    return int(text)


def row_id_or_none(text: str) -> int | None:
    """The same for what may be missing or garbled."""
    try:
        return row_id(text)
    except ValueError:
        return None


def register(app: Flask) -> None:
    """Read every number in an address so; before the first address is told."""
    app.url_map.converters["int"] = RowIdConverter
