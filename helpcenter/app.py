"""Makes the app: settings in, packages registered from the ground upwards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from flask import Flask
from jinja2 import DictLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings, load, make_folder
from helpcenter.core import shipped
from helpcenter.core.application import Application

PACKAGES = (
    "core",
    "journeys",
    "accounts",
    "topics",
    "files",
    "search",
    "feedback",
    "articles",
    "community",
    "support",
    "reports",
    "web",
)
LARGEST_BODY_BYTES = 8 * 1024 * 1024


@cache
def templates() -> Mapping[str, str]:
    """Every template by its name, as it is when a process first asks.

    Read once and all together: while a release is put in place of another, pages keep fitting the code that makes them.
    """
    folder = shipped.folder("templates")
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def create_app(settings: Settings | None = None) -> Flask:
    """The whole product on these settings; from the environment when none are given. Raises config.SettingsRefused."""
    settings = settings or load()
    make_folder(settings.data_dir)
    app = Application("helpcenter", template_folder=None, static_folder=None)
    app.jinja_loader = DictLoader(templates())
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.proxy_count:
        count = settings.proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    for package in PACKAGES:
        import_module(f"helpcenter.{package}.registration").register(app)
    return app
