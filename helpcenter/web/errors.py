"""Turns every exception into a page: one table (error_table.py), one template, an answer even when nothing works."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from flask import Flask, Response, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import escape
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadHost, HTTPException
from werkzeug.routing import BuildError

from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import locale, logs, pause, refusals, request_id, site
from helpcenter.core.db import db
from helpcenter.web.error_table import Words, retry_after, status_of, words_for

MACHINE_PATHS = ("/api/", "/events")
LONGEST_GUESS = 80
_STAMP = re.compile(r"^\d+-?|\.[a-z]{1,5}$")


@dataclass(frozen=True)
class Action:
    """The one way on that an error page offers."""

    title: str
    url: str


def find_closest(app: Flask, function: Callable[[str, str], Sequence[Any]]) -> None:
    """Have a 404 page list what `function(guess, locale)` finds: rows with `title` and `url`."""
    app.extensions["closest_pages"] = function


def find_moved(app: Flask, function: Callable[[str], str | None]) -> None:
    """Have an address that leads nowhere answered by a redirect where `function(path)` knows where its page went."""
    app.extensions["moved_pages"] = function


def guess_of(path: str) -> str:
    """Words to search for, read out of an address that leads nowhere: its last part without number and ending."""
    part = unquote(path).rstrip("/").rsplit("/", 1)[-1]
    words = re.sub(r"[^\w]+", " ", _STAMP.sub("", part.replace("_", "-")))
    return words.strip()[:LONGEST_GUESS]


def _answer(problem: Exception) -> Any:
    if isinstance(problem, refusals.MovedTo):
        return redirect(problem.url, 301)
    if isinstance(problem, HTTPException) and (problem.response is not None or (problem.code or 500) < 400):
        return problem
    status = status_of(problem)
    moved = _moved() if status == 404 and request.method in ("GET", "HEAD") else None
    if moved:
        return redirect(moved, 301)
    if status >= 500 and not pause.is_pause(problem):
        logs.failure("%s on %s", type(problem).__name__, request.endpoint or "an unknown address")
    if isinstance(problem, refusals.SignInNeeded) and request.method in ("GET", "HEAD") and not _is_machine():
        return redirect(_sign_in_url(), 303)
    if _waits_for_second_step(problem):
        return redirect(url_for("second_steps.show", next=_own_address()), 303)
    response = _body(problem, status, words_for(problem, status))
    response.status_code = status
    response.cache_control.no_store = True
    for name, value in _headers_of(problem):
        response.headers[name] = value
    seconds = retry_after(problem, status)
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def _waits_for_second_step(problem: Exception) -> bool:
    """Whether this page would open once whoever looks logs in with two steps, as the site wants of its team."""
    is_page = request.method in ("GET", "HEAD") and not _is_machine()
    return is_page and isinstance(problem, refusals.Forbidden) and current_viewer().is_held_back


def _headers_of(problem: Exception) -> list[tuple[str, str]]:
    """What an HTTPException must say besides its page, such as which methods an address takes."""
    if not isinstance(problem, HTTPException):
        return []
    return [(name, value) for name, value in problem.get_headers() if name.lower() != "content-type"]


def _body(problem: Exception, status: int, words: Words) -> Response:
    if isinstance(problem, BadHost):
        # Whoever names no host that there can be gets no page with links, for these are made for a host.
        return _plainest(status, words)
    try:
        _recover()
        if _is_machine():
            told = {
                "code": status,
                "title": str(words.title),
                "text": str(words.text),
                "request_id": request_id.current(),
            }
            return jsonify(error=told)
        return make_response(render_template("errors/error.html", **_context(problem, status, words)))
    except Exception:
        logs.failure("the error page could not be written")
        return _plainest(status, words)


def _recover() -> None:
    """Make site and language known again, without the database if it must be."""
    try:
        db.session.rollback()
        site.current()
    except SQLAlchemyError:
        db.session.remove()
        site.use_last_known()
    if "locale" not in g:
        in_address = request.path.split("/", 2)[1]
        g.locale = in_address if in_address in locale.LANGUAGES else locale.negotiated()


def _context(problem: Exception, status: int, words: Words) -> dict[str, Any]:
    context: dict[str, Any] = {
        "code": status,
        "title": words.title,
        "text": words.text,
        "kept": words.kept if request.method not in ("GET", "HEAD") else "",
        "action": _action(words.action, problem),
        "request_id": request_id.current(),
    }
    if status == 404:
        context["guess"] = guess_of(request.path)
        context["closest"] = _closest(context["guess"])
    if status == 410:
        context["successor"] = getattr(problem, "successor", None)
    return context


def _moved() -> str | None:
    found: str | None = _ask("moved_pages", None, request.path)
    return found


def _closest(guess: str) -> Sequence[Any]:
    found: Sequence[Any] = _ask("closest_pages", [], guess, locale.current()) if guess else []
    return found


def _ask(name: str, otherwise: Any, *about: str) -> Any:
    """What the function registered under a name finds; an error page goes on without one that fails."""
    function = current_app.extensions.get(name)
    try:
        return function(*about) if function else otherwise
    except Exception:
        logs.failure("%s could not be asked", name)
        return otherwise


def _action(kind: str, problem: Exception) -> Action:
    successor = getattr(problem, "successor", None)
    if kind == "successor" and successor:
        return Action(_("Read what replaces it"), successor)
    if kind == "sign_in":
        return Action(_("Log in"), _sign_in_url())
    if kind == "again" and request.method in ("GET", "HEAD"):
        return Action(_("Try again"), _own_address())
    return Action(_("Go to the start page"), _home_url())


def _own_address() -> str:
    """The address that was asked for, as a path within the site."""
    address = request.full_path if request.query_string else request.path
    return "/" + address.lstrip("/\\")


def _sign_in_url() -> str:
    path = _own_address() if request.method in ("GET", "HEAD") else "/"
    return f"/login?next={quote(path, safe='/')}"


def _home_url() -> str:
    try:
        return url_for("home.show", locale=locale.current())
    except BuildError:
        return "/"


def _is_machine() -> bool:
    return request.path.startswith(MACHINE_PATHS)


def _plainest(status: int, words: Words) -> Response:
    """A page without template, database and languages, for when one of these is what broke."""
    title, text = escape(_untranslated(words.title)), escape(_untranslated(words.text))
    return Response(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{title}</title><h1>{title}</h1><p>{text}</p><p><a href="/">Go to the start page</a></p>'
        f"<p><small>{status} · {escape(request_id.current())}</small></p></html>",
        mimetype="text/html",
    )


def _untranslated(words: Any) -> str:
    try:
        return str(words)
    except Exception:
        return str(getattr(words, "_args", ("",))[0])


def register(app: Flask) -> None:
    """Answer every refusal, every HTTP error and everything unexpected."""
    app.register_error_handler(refusals.Refusal, _answer)
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Exception, _answer)
