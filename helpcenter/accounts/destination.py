"""Where a person goes after signing in: only ever within this site."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 2_000


def within_site(target: str | None, otherwise: str = "/") -> str:
    """The target if it is a path of this site, else `otherwise`.

    A browser reads a backslash as a slash, drops tabs and line ends, and takes two leading slashes for a host; so what
    holds any of them is no path of ours, even where Python would call it one.
    """
    if not target or len(target) > LONGEST or not target.startswith("/"):
        return otherwise
    if "\\" in target or any(character <= " " or character == "\x7f" for character in target):
        return otherwise
    try:
        parts = urlsplit(target)
    except ValueError:
        return otherwise
    if target.startswith("//") or parts.scheme or parts.netloc or parts.path.startswith("//"):
        return otherwise
    return target
