"""One look at a page of another site: does it answer? Nothing of what it says is read."""

from __future__ import annotations

import http.client
import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from helpcenter.core.outside.connection import Allowed, destination_of, dialled, talking
from helpcenter.core.outside.public_address import NotPublic, public_only, resolved

SECONDS = 10.0
"""For each step: connecting, and each wait for bytes."""
LONGEST_SECONDS = 20.0
"""For connecting to whichever address answers, and again for the request, however slowly its bytes drip."""
MOST_HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


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
    to = destination_of(url)
    plain = dialled(allowed(resolved(to.name, to.port)), SECONDS, LONGEST_SECONDS)
    with talking(to, plain, LONGEST_SECONDS) as connection:
        connection.putrequest(method, to.path, skip_host=True, skip_accept_encoding=True)
        for header, value in (("Host", to.host), ("User-Agent", agent), ("Accept", "*/*"), ("Connection", "close")):
            connection.putheader(header, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, _as_meant(answer.getheader("Location") or "")


def _as_meant(location: str) -> str:
    """A header as servers mean it: UTF-8, where the library takes each byte for a letter."""
    return location.encode("latin-1", "replace").decode("utf-8", "replace")
