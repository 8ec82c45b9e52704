"""The hosts whose videos articles may show. A host stands for everything below it: youtube.com for www.youtube.com."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

DEFAULT = ("youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com")
LONGEST = 253
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_ELSEWHERE = re.compile(r"[\\\x00-\x20]")


def named(written: str) -> str | None:
    """A host as it is kept, in the letters of addresses; None for what is no name of one."""
    try:
        host = written.strip().lower().encode("idna").decode()
    except UnicodeError:
        return None
    return host if len(host) <= LONGEST and _HOST.fullmatch(host) else None


def host_of(address: str) -> str:
    """The host that an address of the web names, as it is kept; empty for any other address.

    A browser reads a backslash as a slash and leaves out line breaks, so it may go to another host than is read here.
    """
    if _ELSEWHERE.search(address):
        return ""
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        return named(parts.hostname or "") or "" if parts.scheme in ("https", "http") else ""
    except ValueError:
        return ""


def is_allowed(address: str, hosts: Sequence[str]) -> bool:
    """Whether a video at an address of the web may be shown."""
    host = host_of(address)
    return bool(host) and any(host == one or host.endswith(f".{one}") for one in hosts)
