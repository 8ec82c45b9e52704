from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core.metrics import counter, counts
from helpcenter.core.metrics.route import ROUTES, number_of

HOLDING = """
import sys
from pathlib import Path
from helpcenter.core.metrics import counter, counts
counts.here.begin(Path(sys.argv[1]), "web")
for _ in range(int(sys.argv[2])):
    counts.here.add(counter.KEPT_HIT)
print(counts.here.path.name, flush=True)
sys.stdin.read()
"""


class Counting:
    """A process that counted so often and goes on living."""

    def __init__(self, folder: Path, times: int) -> None:
        command = [sys.executable, "-c", HOLDING, str(folder), str(times)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.file = self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


def hits(folder: Path) -> float:
    return counts.total(folder)[counter.KEPT_HIT] - counts.here.own()[counter.KEPT_HIT]


def test_what_several_processes_count_adds_up_and_survives_them(tmp_path: Path) -> None:
    first, second = Counting(tmp_path, 3), Counting(tmp_path, 4)
    assert hits(tmp_path) == 7
    assert {one.pid for one in counts.processes(tmp_path)} == {first.process.pid, second.process.pid}
    first.kill()
    assert hits(tmp_path) == 7
    assert [one.pid for one in counts.processes(tmp_path)].count(None) == 1
    third = Counting(tmp_path, 5)
    assert third.file == first.file, "it goes on where the one before ended"
    assert hits(tmp_path) == 12
    for process in (second, third):
        process.kill()
    assert len(list(tmp_path.iterdir())) == 2


def test_the_numbers_of_another_release_are_not_taken_for_ours(tmp_path: Path) -> None:
    one = Counting(tmp_path, 3)
    one.kill()
    path = tmp_path / one.file
    path.write_bytes(b"\0" + path.read_bytes()[1:])
    assert hits(tmp_path) == 0
    two = Counting(tmp_path, 2)
    two.kill()
    assert two.file == one.file and hits(tmp_path) == 2


def test_what_was_counted_before_the_file_was_there_is_kept_and_a_folder_that_can_not_be_made_harms_nobody(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    here = counts.Counts()
    here.add(counter.KEPT_HIT)
    here.begin(tmp_path / "file" / "below", "web")
    here.add(counter.KEPT_HIT)
    assert here.path is None and here.own()[counter.KEPT_HIT] == 2
    here.begin(tmp_path / "counts", "web")
    here.add(counter.KEPT_HIT)
    assert here.path is not None and here.own()[counter.KEPT_HIT] == 3
    assert counts.total(tmp_path / "counts")[counter.KEPT_HIT] == counts.here.own()[counter.KEPT_HIT] + 3
    assert here.path.stat().st_mode & 0o077 == 0


def test_where_there_is_no_place_for_another_file_a_process_counts_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for what in ("full disk", "full folder"):
        here = counts.Counts()
        with monkeypatch.context() as patch:
            if what == "full disk":
                patch.setattr(counts.os, "pwrite", lambda _file, _data, _at: 3)
            else:
                patch.setattr(counts, "MOST_PROCESSES", 0)
            here.begin(tmp_path / "counts", "web")
        here.add(counter.KEPT_HIT)
        assert here.path is None and here.own()[counter.KEPT_HIT] == 1, what
    assert counts.total(tmp_path / "counts")[counter.KEPT_HIT] == counts.here.own()[counter.KEPT_HIT]


def test_the_files_of_a_machine_that_is_gone_go_after_a_week(tmp_path: Path) -> None:
    for name, age in (("gone-0.counts", 8), ("elsewhere-0.counts", 6)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, times=(before := (tmp_path / name).stat().st_mtime - age * 86400, before))
    counts.Counts().begin(tmp_path, "web")
    assert not (tmp_path / "gone-0.counts").exists() and (tmp_path / "elsewhere-0.counts").exists()


@given(st.integers(0, len(ROUTES) - 1), st.integers(100, 599), st.floats(0, 100))
def test_a_request_raises_three_numbers_of_its_own(route: int, status: int, seconds: float) -> None:
    places = counter.places_of_request(route, status, seconds)
    of = (counter.REQUESTS, counter.DURATION_BUCKETS, counter.DURATION_SUM)
    assert all(one.start <= place < one.end for one, place in zip(of, places, strict=True))
    numbers = [0.0] * counter.LENGTH
    numbers[places[1]] = 1.0
    ((labels, _),) = [item for item in counter.DURATION_BUCKETS.items(numbers) if item[1]]
    assert labels["route"] == ROUTES[route] and seconds <= float(labels["le"])


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "home"),
        ("/en/", "home"),
        ("/ar/articles/12-refunds", "article"),
        ("/en/search", "search"),
        ("/studio/articles/new", "team"),
        ("/assets/site.0123456789ab.css", "asset"),
        ("/metrics", "machine"),
        ("/wp-login.php", "other"),
        ("/en/nowhere", "other"),
        ("", "home"),
    ],
)
def test_an_address_is_of_a_kind(path: str, route: str) -> None:
    assert ROUTES[number_of(path)] == route
