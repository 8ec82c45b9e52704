"""Makes the app: settings in, packages registered from the ground upwards."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Settings, load, make_folder

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


def create_app(settings: Settings | None = None) -> Flask:
    """The whole product on these settings; from the environment when none are given. Raises config.SettingsRefused."""
    settings = settings or load()
    make_folder(settings.data_dir)
    app = Flask("helpcenter", template_folder=str(ROOT / "templates"), static_folder=None)
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
