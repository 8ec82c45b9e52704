"""One request over the wire, as a browser sends it, on a connection of its own."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

PATIENCE_SECONDS = 30
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    """What came back. `location` is where a redirect leads, '' without one."""

    status: int
    text: str
    location: str = ""


def ask(
    port: int,
    path: str,
    *,
    cookie: str = "",
    host: str = "127.0.0.1",
    fields: dict[str, str] | None = None,
    seconds: float = PATIENCE_SECONDS,
) -> Answer:
    """GET an address, or POST `fields` to it. Raises OSError or HTTPException where no whole answer comes in time."""
    line = HTTPConnection(host, port, timeout=seconds)
    headers = {"Cookie": cookie} if cookie else {}
    try:
        if fields is None:
            line.request("GET", path, headers=headers)
        else:
            line.request("POST", path, urlencode(fields), {**headers, **FORM})
        answer = line.getresponse()
        return Answer(answer.status, answer.read().decode(errors="replace"), answer.getheader("Location", ""))
    finally:
        line.close()
