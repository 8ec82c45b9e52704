"""One of two hosts is lost in the middle of writing: its cable is pulled, and it never says goodbye."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from drills.can_not_run import CanNotRun
from drills.hosts import NETWORK, Host, hosts
from drills.own_postgres import own_postgres, programs
from drills.running_site import RunningSite, until
from drills.scene import SECRET, Scene, scene

PATIENCE_SECONDS = 5.0
"""So long a proxy waits for a host before it asks the other one."""


@contextmanager
def also_on(host: Host, scene: Scene, folder: Path, **environ: str) -> Iterator[RunningSite]:
    """The same site on a second host, with a data folder of its own and the database of the first."""
    settings = {"HELPCENTER_LIMITS_ENABLED": "no", "HELPCENTER_SECRET_KEY": SECRET, **environ}
    site = RunningSite(folder, scene.database_url, log_level="ERROR", host=host, **settings)
    try:
        if not until(site.answers):
            raise RuntimeError(f"the second host does not start: {site.stop()}")
        yield site
    finally:
        site.stop()


@contextmanager
def two_hosts(folder: Path) -> Iterator[Scene]:
    """A site on two hosts, with a database outside of both. Raises CanNotRun."""
    bin = programs()
    if bin is None:
        raise CanNotRun("PostgreSQL is not installed")
    with (
        hosts(2) as (first, second),
        own_postgres(bin, NETWORK) as postgres,
        scene(postgres.fresh(), data_dir=folder / "one", host=first) as where,
        also_on(second, where, folder / "two") as other,
    ):
        where.others.append(other)
        yield where


def lose(scene: Scene) -> float:
    """Lose the first host while all four write to it; seconds until the second one heard all of them."""
    if scene.host is None:
        raise ValueError("the scene is not on a host of its own")
    writers = scene.writers
    writers.ways = [*writers.ways, *((other.address, other.port) for other in scene.others)]
    writers.patience_seconds = PATIENCE_SECONDS
    began = monotonic()
    scene.host.cut_off()
    scene.kill()
    writers.wait_until_heard()
    return monotonic() - began
