"""How this site connects to another one: to the address that was judged, by the clock, and with TLS that is checked."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Timer
from time import monotonic
from urllib.parse import quote, urlsplit

from helpcenter.core.outside.public_address import NotPublic

PORT_OF = {"http": 80, "https": 443}
_KEPT = "%/:=&?~+!$,;'@()*[]"
Addresses = list[tuple[str, int]]
Allowed = Callable[[Addresses], Addresses]
"""Gives back the addresses that may be connected to, or raises NotPublic."""


@dataclass(frozen=True)
class Destination:
    """Where a URL leads: `name` as name servers know it, and `path` with its query as a request says it."""

    scheme: str
    name: str
    port: int
    path: str

    @property
    def host(self) -> str:
        """What the header Host says."""
        shown = f"[{self.name}]" if ":" in self.name else self.name
        return shown if self.port == PORT_OF[self.scheme] else f"{shown}:{self.port}"


def destination_of(url: str) -> Destination:
    """Raises NotPublic for what is no page of the web, or holds a password; ValueError for what is no URL."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORT_OF.get(parts.scheme, 0)
    if parts.scheme not in PORT_OF or not host or parts.username is not None or parts.password is not None:
        raise NotPublic
    name = host if ":" in host else host.encode("idna").decode("ascii")
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Destination(parts.scheme, name, port, path)


def dialled(addresses: Addresses, step: float, longest: float) -> socket.socket:
    """A connection to the first of these that takes one. Raises OSError as the last one did.

    A name may stand for an IPv6 address that this machine has no way to, or for a server that is down just now. `step`
    are the seconds that each of them gets, and each wait for bytes later; `longest` those for all of them.
    """
    until = monotonic() + longest
    failure = OSError("no address to connect to")
    for address in addresses:
        left = until - monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection(address, timeout=min(step, left))
        except OSError as error:
            failure = error
    raise failure


@contextmanager
def talking(to: Destination, plain: socket.socket, longest: float) -> Iterator[http.client.HTTPConnection]:
    """A connection of the library over this one, which is closed with the block and cut off after `longest` seconds.

    Raises TimeoutError then, however slowly the bytes drip.
    """
    with _ended_after(longest, _secured(plain, to.name) if to.scheme == "https" else plain) as connected:
        # Given a connection, the library makes none of its own: it goes to the address that was judged.
        connection = http.client.HTTPConnection(to.name, to.port)
        connection.sock = connected
        if isinstance(connected, ssl.SSLSocket):
            connected.do_handshake()
        yield connection


def _secured(plain: socket.socket, name: str) -> ssl.SSLSocket:
    """The connection inside TLS; the handshake is still to be made, while somebody looks at the clock."""
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=name, do_handshake_on_connect=False)
    except BaseException:
        plain.close()
        raise


@contextmanager
def _ended_after(seconds: float, connected: socket.socket) -> Iterator[socket.socket]:
    """The connection, closed with the block, and cut off after so many seconds. Raises TimeoutError then."""
    is_late = Event()

    def cut_off() -> None:
        is_late.set()
        with suppress(OSError):
            # Beneath TLS: its own end would be said politely, and waited for.
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    watch = Timer(seconds, cut_off)
    watch.daemon = True
    watch.start()
    try:
        yield connected
        if is_late.is_set():
            # A body that was cut off ends like a whole one.
            raise TimeoutError
    except (OSError, http.client.HTTPException):
        if is_late.is_set():
            raise TimeoutError from None
        raise
    finally:
        watch.cancel()
        connected.close()
