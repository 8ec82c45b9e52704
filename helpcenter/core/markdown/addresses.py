"""What a browser makes of an address."""

import re

_DROPPED = re.compile(r"[\t\r\n]")
_LEADING = "".join(map(chr, range(33)))


def is_outside(address: str) -> bool:
    """Whether an address names a host or a scheme, so that fetching it would leave this site.

    Browsers drop tabs and line breaks anywhere in an address and read a backslash as a slash.
    """
    seen = _DROPPED.sub("", address).lstrip(_LEADING).replace("\\", "/")
    return seen.startswith("//") or ":" in re.split(r"[/?#]", seen, maxsplit=1)[0]
