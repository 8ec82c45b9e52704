"""One look at a page of another site: does it answer? Nothing of what it says is read."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Timer
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from helpcenter.core.outside.public_address import NotPublic, public_only, resolved

SECONDS = 10.0
"""For each step: connecting, and each wait for bytes."""
LONGEST_SECONDS = 20.0
"""For connecting to whichever address answers, and again for the request, however slowly its bytes drip."""
MOST_HOPS = 5
PORT_OF = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT = "%/:=&?~+!$,;'@()*[]"
Allowed = Callable[[list[tuple[str, int]]], list[tuple[str, int]]]


class Answer(StrEnum):
    """What came of a look. CLOSED: a server is there and does not let a program see, which says nothing of people.

    CIRCLE: redirects without an end, which those who keep a cookie are often spared. REFUSED: an address that this
    site does not ask, so nothing is known of it.
    """

    FINE = "fine"
    CLOSED = "closed"
    REFUSED = "refused"
    GONE = "gone"
    FAULT = "fault"
    NO_NAME = "no_name"
    NO_CONNECTION = "no_connection"
    SLOW = "slow"
    UNTRUSTED = "untrusted"
    CIRCLE = "circle"

    @property
    def is_failure(self) -> bool:
        """Whether a reader would find nothing there."""
        return self not in (Answer.FINE, Answer.CLOSED, Answer.CIRCLE, Answer.REFUSED)

    @property
    def reached_a_server(self) -> bool:
        """Whether the way to the internet was open."""
        return self in (Answer.FINE, Answer.CLOSED, Answer.GONE, Answer.FAULT, Answer.CIRCLE)


@dataclass(frozen=True)
class Look:
    """An answer with the status the server gave; None where it gave none. `asks_for_patience`: come back later."""

    answer: Answer
    status: int | None = None

    @property
    def asks_for_patience(self) -> bool:
        """Whether the server wants to be left alone for a while."""
        return self.status in (429, 503)


def look_at(url: str, agent: str, allowed: Allowed = public_only) -> Look:
    """Whether a page answers: asked with HEAD, and with GET where that is refused; at most five redirects.

    `agent` tells who asks. `allowed` gives back the addresses that may be connected to, or raises NotPublic; each hop
    is judged anew. Never raises. Slow: up to twice LONGEST_SECONDS for each request.
    """
    for _hop in range(MOST_HOPS + 1):
        try:
            status, target = _asked(url, agent, allowed)
            # What a server writes there may be no address at all.
            following = urljoin(url, target)
        except NotPublic:
            return Look(Answer.REFUSED)
        except (socket.gaierror, UnicodeError):
            return Look(Answer.NO_NAME)
        except TimeoutError:
            return Look(Answer.SLOW)
        except ssl.SSLCertVerificationError:
            return Look(Answer.UNTRUSTED)
        except (OSError, http.client.HTTPException, ValueError):
            return Look(Answer.NO_CONNECTION)
        if status not in _REDIRECTS or not target:
            return Look(_meaning(status), status)
        url = following
    return Look(Answer.CIRCLE)


def _meaning(status: int) -> Answer:
    if status < 400:
        return Answer.FINE
    if status in (404, 410):
        return Answer.GONE
    # Anything else below 500 is said to programs more often than to people.
    return Answer.FAULT if status >= 500 and status != 999 else Answer.CLOSED


def _asked(url: str, agent: str, allowed: Allowed) -> tuple[int, str]:
    status, target = _request("HEAD", url, agent, allowed)
    # Servers that do not know HEAD say so in many ways.
    return _request("GET", url, agent, allowed) if status >= 400 and status != 429 else (status, target)


def _request(method: str, url: str, agent: str, allowed: Allowed) -> tuple[int, str]:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORT_OF.get(parts.scheme, 0)
    if parts.scheme not in PORT_OF or not host or parts.username is not None or parts.password is not None:
        raise NotPublic
    name = host if ":" in host else host.encode("idna").decode("ascii")
    judged = allowed(resolved(name, port))
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    plain = _connection(judged)
    with _ended_after(LONGEST_SECONDS, _secured(plain, name) if parts.scheme == "https" else plain) as connected:
        # Given a connection, the library makes none of its own: it goes to the address that was judged.
        connection = http.client.HTTPConnection(name, port)
        connection.sock = connected
        if isinstance(connected, ssl.SSLSocket):
            connected.do_handshake()
        shown = f"[{name}]" if ":" in name else name
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", shown if port == PORT_OF[parts.scheme] else f"{shown}:{port}")
        for header, value in (("User-Agent", agent), ("Accept", "*/*"), ("Connection", "close")):
            connection.putheader(header, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, _as_meant(answer.getheader("Location") or "")


def _as_meant(location: str) -> str:
    """A header as servers mean it: UTF-8, where the library takes each byte for a letter."""
    return location.encode("latin-1", "replace").decode("utf-8", "replace")


def _connection(addresses: list[tuple[str, int]]) -> socket.socket:
    """A connection to the first of these that takes one. Raises OSError as the last one did.

    A name may stand for an IPv6 address that this machine has no way to, or for a server that is down just now.
    """
    until = monotonic() + LONGEST_SECONDS
    failure = OSError("no address to connect to")
    for address in addresses:
        left = until - monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection(address, timeout=min(SECONDS, left))
        except OSError as error:
            failure = error
    raise failure


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
    except (OSError, http.client.HTTPException):
        if is_late.is_set():
            raise TimeoutError from None
        raise
    finally:
        watch.cancel()
        connected.close()
