"""A database server that goes away in the middle of a word and comes back. Whoever runs the drill owns the server."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from sqlalchemy import create_engine, text

from drills.drill import Fault
from drills.scene import Scene

OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def restarting(restart: Callable[[], None]) -> Fault:
    """A fault that restarts the server twice, as after a crash. No process of the site is replaced."""

    def fault(scene: Scene) -> float:
        before, slowest = scene.site.lasting(), 0.0
        for _ in range(2):
            restart()
            began = monotonic()
            scene.writers.wait_until_heard()
            slowest = max(slowest, monotonic() - began)
        if scene.site.lasting() != before:
            raise AssertionError("a process of the site was replaced")
        return slowest

    return fault


def end_connections(scene: Scene) -> float:
    """End every connection of the site, five times."""
    before, slowest = scene.site.lasting(), 0.0
    engine = create_engine(scene.read_from, isolation_level="AUTOCOMMIT")
    for _ in range(5):
        with engine.connect() as connection:
            connection.execute(text(OTHERS)).all()
        began = monotonic()
        scene.writers.wait_until_heard()
        slowest = max(slowest, monotonic() - began)
    engine.dispose()
    if scene.site.lasting() != before:
        raise AssertionError("a process of the site was replaced")
    return slowest
