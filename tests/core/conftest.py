"""An app with a few routes of its own, to see what the ground does to every page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from flask import Blueprint, Flask, request
from sqlalchemy import text

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import limits
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import public_page, unkept_page
from tests.conftest import Browser

MakeApp = Callable[..., Flask]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and the certificate that its owner wrote without asking anybody."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing")
    path = tmp_path_factory.mktemp("certificate") / "own.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    )
    made = subprocess.run([*command.split(), "-keyout", "-", "-out", "-"], capture_output=True, check=True)
    path.write_bytes(made.stdout)
    return path


@pytest.fixture
def make_app(app: Flask, settings: Settings) -> MakeApp:
    """Makes another app on the same database, with other settings and the routes below /probe."""

    def make(**changes: object) -> Flask:
        return _made(replace(settings, **changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def probe(app: Flask, the_probe: Flask) -> Flask:
    """The app with the probe's routes; `probe_runs` in its extensions tells what public views ran for."""
    the_probe.extensions["probe_runs"].clear()
    the_probe.extensions["page_store"].clear()
    the_probe.extensions["kept_values"] = {}
    return the_probe


@pytest.fixture(scope="session")
def the_probe(the_app: Flask, settings: Settings) -> Flask:
    return _made(settings)


def _made(settings: Settings) -> Flask:
    made = create_app(settings)
    made.register_blueprint(_routes())
    made.test_client_class = Browser
    return made


def _change_from_elsewhere() -> None:
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text("UPDATE content_version SET version = version + 1"))


def _routes() -> Blueprint:
    blueprint = Blueprint("probe", __name__, url_prefix="/probe")
    runs: list[str] = []

    @blueprint.record
    def _remember(state: object) -> None:
        state.app.extensions["probe_runs"] = runs  # type: ignore[attr-defined]

    @blueprint.get("/<locale:locale>/page")
    @blueprint.get("/page", endpoint="page_without_locale")
    @public_page
    def page(locale: str = "") -> str:
        runs.append(request.full_path)
        made = f"run {len(runs)}"
        if "slow" in request.args:
            sleep(0.2)
        if "changes" in request.args:
            _change_from_elsewhere()
        return made

    @blueprint.get("/<locale:locale>/long")
    @public_page
    def long(locale: str) -> str:
        runs.append(request.full_path)
        return f"{locale} " * 1000

    @blueprint.get("/missing")
    @public_page
    def missing() -> tuple[str, int]:
        return "not here", 404

    @blueprint.get("/anew")
    @unkept_page
    def anew() -> tuple[str, int]:
        runs.append(request.full_path)
        return "made", int(request.args.get("status", 200))

    @blueprint.post("/write")
    def write() -> str:
        begin_write()
        content_changed()
        db.session.commit()
        return "written"

    @blueprint.route("/limited", methods=["GET", "POST"])
    @limits.limit("3 per minute", scope="probe")
    def limited() -> str:
        return "let through"

    @blueprint.get("/broken")
    def broken() -> str:
        raise ValueError("the person ben@example.org typed this")

    @blueprint.get("/reset/<token>")
    def reset(token: str) -> str:
        return "opened"

    return blueprint
