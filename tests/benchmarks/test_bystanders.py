"""Whose work is ours and whose is not while something is measured."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.bystanders import Bystanders, cpu_seconds_of, descendants

WAITING_BELOW = "import subprocess, sys; subprocess.run([sys.executable, '-uc', 'print(1); input()'])"


def test_what_a_process_of_ours_started_is_ours():
    parent = subprocess.Popen([sys.executable, "-c", WAITING_BELOW], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        # Said by the one below.
        assert parent.stdout.readline() == b"1\n"
        below = list(descendants(parent.pid))

        assert len(below) == 1
        assert {parent.pid, *below} <= set(descendants(os.getpid()))
    finally:
        parent.communicate(b"\n")


def test_a_process_that_is_gone_takes_nothing():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    assert cpu_seconds_of(gone.pid) == 0
    assert list(descendants(gone.pid)) == []


def test_others_take_a_share_of_the_whole():
    assert 0 <= Bystanders().share() <= 1
