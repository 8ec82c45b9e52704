from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import clock, health, migration
from helpcenter.search import drainer
from tests.search.damage import break_index
from tests.shelf import put_article


def test_a_process_is_up_without_asking_the_database(app: Flask, without_database: Flask) -> None:
    for one in (app, without_database):
        answer = one.test_client().get("/healthz")
        assert (answer.status_code, answer.json) == (200, {"status": "up"})
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_site_that_works_is_ready(app: Flask) -> None:
    drainer.drain()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ready", "problems": {}})


def test_a_site_without_its_database_is_not_ready(without_database: Flask) -> None:
    answer = without_database.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "database" in answer.json["problems"]  # type: ignore[index]


def test_a_damaged_index_is_told_and_does_not_take_the_site_away(app: Flask) -> None:
    drainer.drain()
    break_index()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "degraded", "problems": {"search index": "is damaged and waits to be built anew"}},
    )
    drainer.drain()
    assert app.test_client().get("/readyz").json == {"status": "ready", "problems": {}}


def test_an_index_that_nobody_brings_up_to_date_is_told(app: Flask) -> None:
    drainer.drain()
    put_article("Get a refund")
    assert app.test_client().get("/readyz").json == {"status": "ready", "problems": {}}
    with clock.moved(clock.now() + timedelta(minutes=11)):
        answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "degraded", "problems": {"search index": "is behind"}},
    )


def _raise() -> str:
    raise OSError("no such index: /srv/private")


@pytest.mark.parametrize(("check", "told"), [(lambda: "is damaged", "is damaged"), (_raise, "does not answer")])
def test_a_package_says_when_it_is_not_ready(
    app: Flask, settings: Settings, check: Callable[[], str | None], told: str
) -> None:
    made = create_app(settings)
    health.check(made, "a test's part", check)
    answer = made.test_client().get("/readyz")
    assert (answer.status_code, answer.json["problems"]["a test's part"]) == (503, told)  # type: ignore[index]


def test_a_name_of_a_check_is_taken_once(settings: Settings) -> None:
    made = create_app(settings)
    with pytest.raises(ValueError, match="registered already"):
        health.check(made, "database", lambda: None)


def test_a_database_that_waits_for_its_migrations_is_not_ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "standing", lambda _: migration.Standing("0001", 3))
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "migrations" in answer.json["problems"]  # type: ignore[index]


def test_a_data_folder_that_is_gone_is_not_ready(app: Flask, settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    made = create_app(replace(settings, data_dir=folder, database_url=settings.database_uri))
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
    assert "data folder" in made.test_client().get("/readyz").json["problems"]  # type: ignore[index]
