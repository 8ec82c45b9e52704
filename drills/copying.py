"""A copy is made while four people write, and brought back somewhere else: it holds what they were told before."""

from __future__ import annotations

from dataclasses import replace

from config import SQLITE_FILE
from drills.reading_back import compared
from drills.running_site import fresh_database
from drills.scene import Scene


def back_up(scene: Scene) -> None:
    """Copy the running site, bring the copy back into an empty folder and database, and look for everything there."""
    told = {kind: list(marks) for kind, marks in scene.writers.acknowledged.items()}
    copy, elsewhere = scene.outside / "copy.zip", scene.outside / "elsewhere"
    scene.run("backup", str(copy))
    scene.writers.wait_until_heard()
    url = fresh_database(scene.database_url)
    scene.run("restore", str(copy), "--into", str(elsewhere), database_url=url)
    asked = replace(scene.writers, acknowledged=told, errors=[])
    found = compared(asked, url or f"sqlite:///{elsewhere / SQLITE_FILE}")
    if found.words:
        raise AssertionError(f"the copy lacks what was acknowledged before it: {'; '.join(found.words)}")
