"""One short answer of another site: asked once, read to a limit, by the clock. No redirect is followed.

For what a person waits for, such as logging in by way of a provider; so it ends soon, whatever the other side does.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlencode

from helpcenter.core.outside.connection import Allowed, destination_of, dialled, talking
from helpcenter.core.outside.public_address import NotPublic, public_only, resolved

STEP_SECONDS = 3.0
"""For each address that is tried, and for each wait for bytes."""


class Unanswered(Exception):
    """Nothing came that could be read. `reason` says why, in words for a log; `is_slow` that waiting was in vain."""

    def __init__(self, reason: str, *, is_slow: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_slow = is_slow


@dataclass(frozen=True)
class Answer:
    """What a server said. `body` is whole."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Question:
    """What to ask. With `form` it is a POST of these fields. `headers` may hold a secret, which no log shows."""

    url: str
    agent: str
    form: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def fetch(question: Question, *, until: float, most_bytes: int, allowed: Allowed = public_only) -> Answer:
    """The answer, whatever its status. Raises Unanswered at the moment `until` of the monotonic clock at the latest.

    Only a name server that does not answer can hold it for longer: the system asks that in its own time.
    """
    try:
        to = destination_of(question.url)
        addresses = allowed(resolved(to.name, to.port))
        plain = dialled(addresses, STEP_SECONDS, until - monotonic())
        with talking(to, plain, max(0.05, until - monotonic())) as connection:
            _ask(connection, to.host, to.path, question)
            got = connection.getresponse()
            body = got.read(most_bytes + 1)
            status = got.status
    except NotPublic:
        raise Unanswered("this site does not connect to that address") from None
    except (socket.gaierror, UnicodeError):
        raise Unanswered("no name server knows its name") from None
    except TimeoutError:
        raise Unanswered("it did not answer in time", is_slow=True) from None
    except ssl.SSLCertVerificationError as problem:
        raise Unanswered(f"its certificate is not trusted: {problem.verify_message}") from None
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unanswered(f"the connection failed: {type(problem).__name__}") from None
    if len(body) > most_bytes:
        raise Unanswered(f"its answer is larger than {most_bytes} bytes")
    return Answer(status, body)


def _ask(connection: http.client.HTTPConnection, host: str, path: str, question: Question) -> None:
    sent = None if question.form is None else urlencode(question.form).encode()
    connection.putrequest("GET" if sent is None else "POST", path, skip_host=True, skip_accept_encoding=True)
    usual = {"Host": host, "User-Agent": question.agent, "Accept": "application/json", "Connection": "close"}
    if sent is not None:
        usual |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(sent))}
    for header, value in {**usual, **question.headers}.items():
        connection.putheader(header, value)
    connection.endheaders(sent)
