"""A site of an earlier release is brought up to this one, and the upgrade is killed on the way."""

from __future__ import annotations

import os
import signal
from time import monotonic

from flask_migrate import downgrade

from config import Settings
from drills.scene import SECRET, Scene
from helpcenter.app import create_app
from helpcenter.core import migration
from helpcenter.core.db import db

EARLIER = "0046"
"""The release before the search index could be in the database; what later ones added holds nothing of a drill."""
KILLED_AFTER = ("to run", "A backup of everything")
"""What the upgrade says last before it is killed: before the copy is made, and while the tables are changed."""


def upgrade(scene: Scene) -> float:
    """Stop the site, upgrade it with two interruptions, start it; seconds from the stop until all were heard again."""
    began = monotonic()
    scene.site.stop()
    _go_back(scene)
    for words in KILLED_AFTER:
        _kill_after(scene, words)
    scene.run("upgrade")
    said = scene.run("upgrade")
    if "to run" in said:
        raise AssertionError(f"an upgrade that was done has something to do: {said}")
    scene.start_again()
    scene.writers.wait_until_heard()
    return monotonic() - began


def _go_back(scene: Scene) -> None:
    settings = Settings(
        data_dir=scene.data_dir,
        database_url=scene.database_url,
        secret_key=SECRET,
        limits_enabled=False,
        log_level="ERROR",
    )
    app = create_app(settings)
    with app.app_context():
        migration.prepare(app)
        downgrade(directory=str(migration.FOLDER), revision=EARLIER)
        db.engine.dispose()


def _kill_after(scene: Scene, words: str) -> None:
    process = scene.begin("upgrade")
    assert process.stdout is not None
    said = ""
    while words not in said:
        if not (line := process.stdout.readline()):
            raise AssertionError(f"the upgrade ended before it could be killed: {said}")
        said += line
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
