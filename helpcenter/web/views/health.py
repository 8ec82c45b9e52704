"""Whether the process is up and whether the site can work, for whatever watches over it."""

from __future__ import annotations

import tempfile

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy import text

from config import Settings
from helpcenter.core import health, migration, pause
from helpcenter.core.db import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers. The database is not asked: restarting a process does not mend a database."""
    return _unkept(jsonify(status="up"))


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """The site can work: 200, or 503 with the names of what can not. What it can do without is named too."""
    found = list(health.problems())
    is_ready = not any(problem.is_vital for problem in found)
    status = "not ready" if not is_ready else "degraded" if found else "ready"
    answer = jsonify(status=status, problems={problem.name: problem.words for problem in found})
    return _unkept(answer), 200 if is_ready else 503


def _unkept(response: Response) -> Response:
    response.cache_control.no_store = True
    return response


def _database() -> str | None:
    return None if db.session.execute(text("SELECT 1")).scalar() == 1 else "does not answer"


def _migrations() -> str | None:
    now = migration.standing(db.session.connection())
    if now.is_newer:
        return "was made by a newer release"
    return "waits for `helpcenter upgrade`" if now.waiting else None


def _data_folder() -> str | None:
    settings: Settings = current_app.config["SETTINGS"]
    try:
        with tempfile.TemporaryFile(dir=settings.data_dir) as file:
            file.write(b"ready?")
    except OSError:
        return "can not be written"
    return None


def _changes() -> str | None:
    return "can not be saved: the site is being moved, or was" if pause.of(db.engine) else None


def register(app: Flask) -> None:
    """Both addresses, and the checks of the ground."""
    app.register_blueprint(blueprint)
    health.check(app, "database", _database)
    health.check(app, "migrations", _migrations)
    health.check(app, "data folder", _data_folder)
    health.check(app, "changes", _changes, is_vital=False)
