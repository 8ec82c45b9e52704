"""What is wrong with an address that a setting gives; nothing is asked of it, and no password is ever repeated."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

PORTS = (1, 65535)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
POSSIBLE = "say postgresql+psycopg://user:password@host/name, or sqlite:/// and the path of a file"
_POSTGRESQL = ("postgresql+psycopg", "postgresql", "postgres")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\]")
_PORT = re.compile(r"[0-9]{1,5}")
_SERVER = re.compile(
    # The same parts as SQLAlchemy reads: a name, a password that may hold anything but a @, a host, a port.
    r"(?:[^:/@]*(?::[^@]*)?@)?(?P<host>\[[^/?\]]+\]|[^/:?@]*)(?::(?P<port>[^/?@]*))?(?:/[^?@]*)?(?:\?.*)?"
)


def of_site(address: str) -> str:
    """What keeps people from reaching a site at this address; '' when nothing does."""
    if not address.startswith(("http://", "https://")):
        return "it begins with https:// or http://"
    parts, port = _split(address)
    if "@" in address:
        return "no name and no password belong in it"
    if parts is None or any(letter <= " " for letter in address):
        return "that is no address"
    host, colon, told = _host_and_port(parts.netloc)
    if not _HOST.fullmatch(host):
        return "it has no name of a host after the //"
    if colon and not (_PORT.fullmatch(told) and PORTS[0] <= port <= PORTS[1]):
        return f"its port is no number from {PORTS[0]} to {PORTS[1]}"
    if parts.path not in ("", "/") or "?" in address or "#" in address:
        return "a site has a whole host to itself: nothing follows the host and the port"
    return ""


def of_database(address: str) -> str:
    """Why a site does not run on the database of this address; '' when it can. Repeats nothing of the address."""
    kind, separator, rest = address.partition("://")
    if not separator:
        return f"it is no address of a database; {POSSIBLE}"
    if kind == "sqlite":
        is_file = rest.startswith("/") and file_of(address) not in ("", ":memory:")
        return "" if is_file else f"it names no file; {POSSIBLE}"
    if kind not in _POSTGRESQL:
        return f"it is of a kind that a site does not run on; {POSSIBLE}"
    if rest.count("@") > 1:
        return "it has more than one @; within a name or a password a @ is written as %40"
    found = _SERVER.fullmatch(rest)
    if found is None or any(letter < " " for letter in rest):
        return f"it is no address of a database; {POSSIBLE}"
    port = found["port"]
    if port and not (_PORT.fullmatch(port) and PORTS[0] <= int(port) <= PORTS[1]):
        return f"its port is no number from {PORTS[0]} to {PORTS[1]}"
    return ""


def file_of(address: str) -> str:
    """The path of the file that an address of SQLite names."""
    return address.partition("://")[2][1:].partition("?")[0]


def of_provider(address: str) -> str:
    """What keeps an address from being the one of a provider of logins; '' when nothing does."""
    parts, port = _split(address)
    if parts is None:
        return "that is no address"
    is_local = parts.hostname in LOOPBACK and port >= 0
    if not (parts.scheme == "https" and parts.hostname) and not (parts.scheme == "http" and is_local):
        return "it begins with https://"
    if parts.query or parts.fragment or "@" in parts.netloc or any(letter <= " " for letter in address):
        return "say it as the provider does, without ? or #"
    return ""


def is_mail(address: str) -> bool:
    """Whether mail could be sent there: something, a @ and a host, in one word."""
    name, at, host = address.rpartition("@")
    return bool(name and at and host) and not any(letter <= " " or letter in "<>,;" for letter in address)


def _split(address: str) -> tuple[SplitResult | None, int]:
    """The parts of an address and its port, 0 where it has none; no parts for what is no address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None, 0
    try:
        return parts, parts.port or 0
    except ValueError:
        return parts, -1


def _host_and_port(place: str) -> tuple[str, str, str]:
    host, bracket, rest = place.rpartition("]")
    if bracket:
        return f"{host}]", rest[:1], rest[1:]
    host, colon, port = place.partition(":")
    return host, colon, port
