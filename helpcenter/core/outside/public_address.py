"""Which addresses of the network this site may ask: those that anybody could, and nothing behind a firewall.

What writers put into a text decides where this machine connects, so every address is judged after its name was
resolved, and the connection goes to the judged address itself: a name that answers differently a moment later, or
127.0.0.1 spelled as one number, gains nothing.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

PORTS = frozenset({80, 443})
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""IPv6 networks whose last 32 bits are an IPv4 address that a router turns them into (RFC 6052, RFC 8215)."""

_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
"""Networks for protocols and for relays (RFC 6890, RFC 7526), which Python takes for a part of the internet."""


class NotPublic(ValueError):
    """An address that this site does not ask."""


def is_public(text: str) -> bool:
    """Whether a numeric address is one of the open internet. Private, loopback, link-local, shared, documentation,
    multicast and reserved ones are not, however an IPv6 address may wrap them."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_open(one) for one in (address, *_within(address)))


def resolved(host: str, port: int) -> list[tuple[str, int]]:
    """Every (address, port) a name stands for now. Raises OSError when it stands for none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((str(address[0]), port) for *_, address in found))


def public_only(addresses: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The same addresses. Raises NotPublic when one of them is not public: a name with two faces is not asked."""
    if not addresses or not all(is_public(host) and port in PORTS for host, port in addresses):
        raise NotPublic
    return addresses


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    closed = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    is_local = isinstance(address, IPv6Address) and address.is_site_local
    is_special = any(address in network for network in _SPECIAL)
    return address.is_global and not (closed or is_local or is_special or address.is_link_local)


def _within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address carries."""
    if isinstance(address, IPv4Address):
        return []
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _TRANSLATED):
        carried.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in carried if one is not None]
