"""An import onto a full disk, which is no drill: nobody waits for it but whoever started it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from drills.asking import ask
from drills.can_not_run import CanNotRun
from drills.disk import fill, small_disk
from drills.running_site import until
from drills.scene import scene
from tests.cli.busy_import import bring_in, write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk of its own")


@pytest.mark.alike
def test_an_import_onto_a_full_disk_says_so_and_the_site_is_not_ready_until_there_is_room(tmp_path: Path) -> None:
    write(tmp_path / "articles", range(1, 40))
    try:
        with small_disk(tmp_path) as data_dir, scene(data_dir=data_dir) as where:
            ballast = fill(data_dir.parent)
            # A job that tidies up meanwhile gives a little room back.
            assert until(lambda: fill(data_dir.parent) and ask(where.site.port, "/readyz").status == 503)
            code, wrote = bring_in(tmp_path / "articles", data_dir, "")
            assert (code, "Traceback" in wrote) == (1, False), wrote
            assert "no space left" in wrote
            ballast.unlink()
            assert until(lambda: ask(where.site.port, "/readyz").status == 200)
    except CanNotRun as reason:
        pytest.skip(str(reason))
