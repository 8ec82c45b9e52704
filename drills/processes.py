"""Processes that are killed, one after the other or all at once."""

from __future__ import annotations

import os
import signal
from time import monotonic

from drills.running_site import until
from drills.scene import Scene


def kill_web_processes(scene: Scene) -> float:
    """Kill each web process in turn. Seconds until the slowest was replaced and everybody was heard again."""
    slowest = 0.0
    before = scene.site.workers()
    for victim in before:
        began = monotonic()
        os.kill(victim, signal.SIGKILL)
        if not until(lambda: victim not in scene.site.workers() and len(scene.site.workers()) == len(before)):  # noqa: B023
            raise TimeoutError("a killed web process does not come back")
        scene.writers.wait_until_heard()
        slowest = max(slowest, monotonic() - began)
    return slowest


def kill_jobs(scene: Scene) -> float:
    """Kill the process that sends mail, indexes and tidies up. Nobody who writes notices."""
    (victim,) = scene.site.children(" jobs run ")
    os.kill(victim, signal.SIGKILL)
    began = monotonic()
    if not until(lambda: scene.site.children(" jobs run ") - {victim}):
        raise TimeoutError("the killed process for jobs does not come back")
    scene.writers.wait_until_heard()
    return monotonic() - began


def kill_everything(scene: Scene) -> float:
    """Kill every process of the site at once and start it again, as after a power cut."""
    scene.kill()
    began = monotonic()
    scene.start_again()
    scene.writers.wait_until_heard()
    return monotonic() - began


def write_from_four(scene: Scene) -> float | None:
    """Nothing goes wrong but that four processes write into one database."""
    for _ in range(4):
        scene.writers.wait_until_heard()
    return None
