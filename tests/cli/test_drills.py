"""What is promised when things go wrong, in short: `make drills` runs the same for longer, and the slow ones too."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from config import Settings
from drills.all import drills
from drills.can_not_run import CanNotRun
from drills.drill import POSTGRESQL, SQLITE, Drill
from drills.own_postgres import own_postgres, programs
from drills.running_site import fresh_database
from drills.scene import Scene, scene

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc")
SHORT = [drill for drill in drills() if not drill.is_long]
# A process dies on one database as on the other; what is lost with all of them at once is for the database to keep.
ON_BOTH = ("everything killed, started again",)


def cases(drills: Iterable[Drill]) -> list[ParameterSet]:
    return [
        pytest.param(
            drill,
            id=drill.name,
            marks=[] if SQLITE not in drill.databases or drill.name in ON_BOTH else [pytest.mark.alike],
        )
        for drill in drills
    ]


ON_ONE_SITE = cases(drill for drill in SHORT if not drill.needs_own_site)
ON_THEIR_OWN = cases(drill for drill in SHORT if drill.needs_own_site)


def check_applies(drill: Drill, database_url: str) -> None:
    if (POSTGRESQL if database_url else SQLITE) not in drill.databases:
        pytest.skip("it concerns the other database")


@pytest.fixture(scope="module")
def site(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with scene(fresh_database(settings.database_url), data_dir=tmp_path_factory.mktemp("drills") / "data") as where:
        yield where


@pytest.mark.parametrize("drill", ON_ONE_SITE)
def test_nothing_acknowledged_is_lost(drill: Drill, site: Scene) -> None:
    check_applies(drill, site.database_url)
    site.writers.errors.clear()
    assert drill.broken(drill.run_on(site)) == []


@pytest.mark.parametrize("drill", ON_THEIR_OWN)
def test_nothing_acknowledged_is_lost_on_a_special_site(drill: Drill, settings: Settings, tmp_path: Path) -> None:
    check_applies(drill, settings.database_url)
    try:
        assert drill.broken(drill.run(fresh_database(settings.database_url, "special"), tmp_path)) == []
    except CanNotRun as reason:
        pytest.skip(str(reason))


@pytest.mark.alike
def test_a_restart_of_postgresql_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    bin = programs()
    if bin is None:
        if os.environ.get("HELPCENTER_TESTS_COMPLETE") == "1":
            pytest.fail("PostgreSQL is missing, and every test must run")
        pytest.skip("PostgreSQL is missing")
    with own_postgres(bin) as postgres:
        (drill,) = [one for one in drills(postgres) if one.name == "database server restarted"]
        assert drill.broken(drill.run(postgres.fresh(), tmp_path)) == []
