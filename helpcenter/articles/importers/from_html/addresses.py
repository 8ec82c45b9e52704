"""Parts of addresses that people wrote, and that may be none."""

from __future__ import annotations

from posixpath import basename
from urllib.parse import SplitResult, unquote, urlsplit

_NOTHING = urlsplit("")


def parts_of(address: str) -> SplitResult:
    """The parts of an address; empty ones where it is none, as with half a bracket."""
    try:
        return urlsplit(address)
    except ValueError:
        return _NOTHING


def file_name(address: str) -> str:
    """The last part of its path as people read it; '' for none."""
    return unquote(basename(parts_of(address).path))
