"""One line of JSON for each request and each thing worth telling, on standard error.

A line never holds what a person typed or who they are: no query string, no address of a person or a network, no token,
no body. Control characters arrive escaped, so nobody can write a line of their own into the log.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from functools import lru_cache
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request, request_started

from helpcenter.core import clock, request_id
from helpcenter.core.metrics import counts

LONGEST_MESSAGE = 4_000
LONGEST_PATH = 300
# Others who write here say much at a start that only their developers read.
TALKATIVE = ("alembic", "_granian")
SECRET_ARGUMENTS = frozenset({"token", "code", "secret", "signature"})
requests = logging.getLogger("helpcenter.requests")

_QUERY = re.compile(r"(?<=[\w/.-])\?[^\s\"']+")
_MAIL_ADDRESS = re.compile(r"[^\s@<>()\"',:;]+@[^\s@<>()\"',:;]+")
_IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"
# A time of day has colons too; an address has two together, a letter, or many.
_IPV6 = r"(?=[0-9a-f:]*(?:::|[a-f]|(?::[0-9a-f]*){4}))(?=[0-9a-f]*:[0-9a-f:]*:)[0-9a-f:]{3,}"
_NETWORK_ADDRESS = re.compile(rf"(?<![\w.:])(?:{_IPV4}|{_IPV6})(?![\w.])", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9_-]{20,}")


class JsonLines(logging.Formatter):
    """A record as one line of JSON in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if message := record.getMessage():
            line["message"] = clean(message)
        name = request_id.current()
        if name:
            line["request_id"] = name
        if record.exc_info and record.exc_info[0]:
            line["exception"] = clean(self.formatException(record.exc_info))
        # DEL is the one control character that JSON leaves as it is.
        return json.dumps(line, default=str).replace("\x7f", "\\u007f")


class StandardError(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to whatever standard error is now: it may be replaced after the handler was made."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(JsonLines())

    @property
    def stream(self) -> Any:
        return sys.stderr


def clean(text: str) -> str:
    """A message without query strings, addresses of people and networks, and anything that looks like a token."""
    text = _QUERY.sub("?…", text[:LONGEST_MESSAGE])
    text = _MAIL_ADDRESS.sub("[address]", text)
    text = _NETWORK_ADDRESS.sub(_unless_own, text)
    return _WORD.sub(_masked, text)


def _unless_own(match: re.Match[str]) -> str:
    """The addresses of a machine for itself name nobody, and say where a site listens."""
    return match[0] if match[0].startswith("127.") or match[0] == "::1" else "[address]"


def clean_path(path: str, arguments: dict[str, Any] | None = None) -> str:
    """An address without its secrets: arguments of the route named as such, and whatever looks like one."""
    for name, value in (arguments or {}).items():
        if name in SECRET_ARGUMENTS:
            path = path.replace(str(value), "…")
    return clean(path[:LONGEST_PATH])


def _masked(match: re.Match[str]) -> str:
    word = match[0]
    kinds = sum(bool(re.search(kind, word)) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    is_hex = re.fullmatch(r"[0-9a-fA-F]{24,}", word) and re.search("[0-9]", word)
    return "…" if kinds == 3 or is_hex else word


def configure(level: str = "INFO") -> None:
    """Send every logger of this process through one handler. Calling it again changes the level only."""
    root = logging.getLogger()
    if not any(isinstance(handler, StandardError) for handler in root.handlers):
        root.addHandler(StandardError())
    logging.getLogger("helpcenter").setLevel(level.upper())
    root.setLevel(max(logging.getLevelName(level.upper()), logging.INFO))
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(level_of_others(level))
    for name in ("werkzeug", "_granian", "granian.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    # The line of a request is ours; werkzeug's says the same with the visitor's address in it.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


def level_of_others(level: str) -> str:
    """What the talkative are asked for when our own level is `level`: their warnings, or with DEBUG all they say."""
    return "INFO" if level.upper() == "DEBUG" else "WARNING"


class OnPurpose(logging.Filter):
    """Holds back the advice to use fewer threads: config.py says why there are so many."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "spawning up to" not in str(record.msg)


def granian_config() -> dict[str, Any]:
    """What granian passes to logging.config: its lines travel to the root logger like all others."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"on purpose": {"()": OnPurpose}},
        "formatters": {"lines": {"()": JsonLines}},
        "handlers": {"lines": {"()": StandardError}},
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {"_granian": {"propagate": True, "filters": ["on purpose"]}},
    }


def _begin(app: Flask, **_: Any) -> None:
    g.began_at = perf_counter()
    request_id.begin(bool(app.config["SETTINGS"].proxy_count))


def _end(response: Response) -> Response:
    response.headers[request_id.HEADER] = request_id.current()
    answered(request_id.current(), request.method, _path(), response.status_code, g.began_at)
    return response


def answered(name: str, method: str, path: str, status: int, began_at: float, *, is_kept: bool = False) -> None:
    """Count a request and write its line. `path` is clean already; `began_at` is by `perf_counter`."""
    seconds = perf_counter() - began_at
    counts.here.answered(path, status, seconds, is_kept=is_kept)
    if requests.isEnabledFor(logging.INFO):
        # Written past the logging package, whose records cost more than a kept page does.
        line = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": "info",
            "logger": requests.name,
            "request_id": name,
            "method": method,
            "path": path,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
        }
        sys.stderr.write(f"{json.dumps(line)}\n".replace("\x7f", "\\u007f"))


def _path() -> str:
    if SECRET_ARGUMENTS.isdisjoint(request.view_args or ()):
        return known_path(request.path)
    return clean_path(request.path, request.view_args)


def known_path(path: str) -> str:
    """An address whose route takes no secret, clean."""
    return _clean_path(path[:LONGEST_PATH])


@lru_cache(maxsize=2048)
def _clean_path(path: str) -> str:
    return clean(path)


def failure(text: str, *arguments: Any) -> None:
    """Tell of an exception that is being handled, with its traceback."""
    logging.getLogger("helpcenter.failures").exception(text, *arguments)


def register(app: Flask) -> None:
    """One line a request. Registered first, so that it sees the answer last."""
    configure(app.config["SETTINGS"].log_level)
    # The signal comes before the address is looked at: even a refusal there has a name.
    request_started.connect(_begin, app)
    app.after_request(_end)


__all__ = ["clean", "clean_path", "configure", "failure", "granian_config", "level_of_others", "register"]
