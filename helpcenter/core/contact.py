"""Where a person is reached: the contact form once its package says so, the mail address of the site until then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g

from helpcenter.core import site

Way = Callable[[dict[str, Any]], str]


def offer(app: Flask, way: Way) -> None:
    """Let the form be found: a function from what comes along (`article`, `step`, `q`) to its address."""
    app.extensions["contact_way"] = way


def carry(**about: Any) -> None:
    """Say what this page is about, so that its link to us takes it along."""
    g.contact_about = {name: value for name, value in about.items() if value}


def url(**about: Any) -> str | None:
    """The address, with what comes along; None where nobody can be reached."""
    way: Way | None = current_app.extensions.get("contact_way")
    if way is not None:
        given = {name: value for name, value in about.items() if value}
        return way(given or g.get("contact_about", {}))
    address = site.current().support_address
    return f"mailto:{address}" if address else None
