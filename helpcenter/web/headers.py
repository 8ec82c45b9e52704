"""What every answer tells the browser it may do: nothing but what is said here.

A view that needs another policy (a sandboxed upload, the widget's frame) sets the header itself and keeps it.
"""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.routing import RequestRedirect

POLICY = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
)
UNUSED_FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
YEAR_SECONDS = 365 * 24 * 3600


def headers(is_https: bool) -> tuple[tuple[str, str], ...]:
    """Every security header with its value; with https also the one that keeps it so."""
    always = (
        ("Content-Security-Policy", "; ".join(" ".join(directive) for directive in POLICY)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    )
    return (*always, ("Strict-Transport-Security", f"max-age={YEAR_SECONDS}")) if is_https else always


def _without_host(response: Response) -> Response:
    """A redirect of the router names the host as the visitor wrote it, and a cache may keep that for others."""
    if isinstance(request.routing_exception, RequestRedirect):
        # What stands before the path is not compared with the host: one host has several spellings.
        path = response.headers["Location"].split("//", 1)[-1].partition("/")[2]
        response.headers["Location"] = "/" + path.lstrip("/\\")
    return response


def register(app: Flask) -> None:
    """Set them on every answer, whoever made it."""
    chosen = headers(app.config["SETTINGS"].is_https)

    def add(response: Response) -> Response:
        for name, value in chosen:
            response.headers.setdefault(name, value)
        return _without_host(response)

    app.after_request(add)
