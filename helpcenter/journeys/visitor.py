"""A browser that came back, known by a random number of our own: no account, no address, no fingerprint.

The number is given with the first recorded act and ends after thirteen months; where the browser asks not to be
tracked it ends with the browser, and whoever sits there can not be observed from one day to the next.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy import String, and_
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response as WerkzeugResponse

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.journeys.constants import COOKIE_LIFETIME

COOKIE = "hc_visitor"
_WANTED = "helpcenter.visitor_cookie"
_ID = re.compile(r"[0-9a-f]{32}")


class VisitorRow(Model):
    """`observable` only ever falls: an id that once had to end with the browser never becomes a lasting one."""

    __tablename__ = "visitor"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    first_seen_at: Mapped[datetime]
    observable: Mapped[bool] = mapped_column(default=True)


def new_id() -> str:
    """128 random bits, as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def cookie_name() -> str:
    """What the cookie is called here. With https browsers take such a name from no other host of the domain."""
    return f"__Host-{COOKIE}" if _is_https() else COOKIE


def id_in(sent: Mapping[str, str], name: str = "") -> str | None:
    """The id a browser sent under this name, its cookie's when none is given; None when it sent none or nonsense."""
    value = sent.get(name or cookie_name(), "")
    return value if _ID.fullmatch(value) else None


def asks_not_to_be_tracked(headers: Headers) -> bool:
    """Whether the browser sends Global Privacy Control or Do Not Track."""
    return headers.get("Sec-GPC") == "1" or headers.get("DNT") == "1"


def remember(visitor_id: str, observable: bool) -> bool:
    """Write the visitor when new, lock its row, and tell whether it may be observed.

    The lock makes the acts of one visitor follow each other, so that two at once do not open two visits.
    """
    seen = {"id": visitor_id, "first_seen_at": clock.now(), "observable": observable}
    return bool(db.session.execute(_remembering(db.session.get_bind().dialect.name), seen).scalar_one())


@cache
def _remembering(_dialect: str) -> Any:
    row = upsert(VisitorRow.__table__)
    together = and_(VisitorRow.observable, row.excluded.observable)
    statement = row.on_conflict_do_update(index_elements=["id"], set_={"observable": together})
    return statement.returning(VisitorRow.__table__.c.observable)


def keep_cookie(visitor_id: str, observable: bool) -> None:
    """Let the answer to this request carry the id, when the browser does not hold it in this form already."""
    request.environ[_WANTED] = (visitor_id, observable)


def _set_cookie(response: Response) -> Response:
    wanted: tuple[str, bool] | None = request.environ.pop(_WANTED, None)
    if wanted is None or response.status_code >= 400:
        return response
    visitor_id, observable = wanted
    seconds = int(COOKIE_LIFETIME.total_seconds()) if observable else None
    response.set_cookie(cookie_name(), visitor_id, max_age=seconds, **_options())
    return response


def forget_cookie(response: WerkzeugResponse) -> None:
    """Let this answer take the id away from the browser."""
    response.delete_cookie(cookie_name(), **_options())


def _options() -> dict[str, Any]:
    return {"httponly": True, "samesite": "Lax", "path": "/", "secure": _is_https()}


def _is_https() -> bool:
    return bool(current_app.config["SETTINGS"].is_https)


def register(app: Flask) -> None:
    """Give the cookie of a recorded act to its answer."""
    app.after_request(_set_cookie)
