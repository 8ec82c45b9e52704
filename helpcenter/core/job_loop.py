"""The loop of the job process: on any number of hosts, and one of them works at a time.

Each rule runs in a thread of its own, so that a mail server that takes minutes to answer does not hold up the index.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from time import monotonic

from flask import Flask

from helpcenter.core import clock, jobs, lease, logs, pause
from helpcenter.core.jobs import Outcome, Rule, Run
from helpcenter.core.metrics import counts
from helpcenter.core.metrics.machine import folder_of

LEASE = "jobs"
LEASE_SECONDS = 20
RENEW_SECONDS = 5
TICK_SECONDS = 0.5
PATIENCE_SECONDS = 8
log = logging.getLogger("helpcenter.jobs")


class Loop:
    """Runs what is due while it holds the lease, until `stop` is set."""

    def __init__(self, app: Flask, stop: Event, unpause: Callable[[], bool] = lambda: False) -> None:
        """`unpause` ends a pause that whoever began it left behind, and says whether there was one."""
        self._app = app
        self._unpause = unpause
        self._run = Run(lease.new_holder(), stop)
        self._outcomes: dict[str, Outcome] = {}
        self._kept: dict[str, datetime] = {}
        self._threads: dict[str, Thread] = {}
        self._holds = False
        self._waited = False
        self._renew_at = 0.0
        self._is_paused = False

    def run(self) -> None:
        """Work until asked to stop, then wait a little for what is running and give the lease back."""
        counts.here.begin(folder_of(self._app), "jobs")
        while not self._run.stop.is_set():
            try:
                self._step()
            except Exception as problem:
                self._holds = False
                if not pause.is_pause(problem):
                    logs.failure("the job loop failed and goes on")
                elif not self._is_paused:
                    log.warning("no jobs run while the site is being moved, or after it was")
                self._is_paused = pause.is_pause(problem)
            self._run.stop.wait(TICK_SECONDS)
        self._finish()

    def _step(self) -> None:
        if monotonic() >= self._renew_at:
            self._renew_at = monotonic() + RENEW_SECONDS
            self._renew()
        if self._holds:
            for rule in jobs.rules(self._app).values():
                if rule.name not in self._alive() and self._next_at(rule) <= clock.now():
                    self._start(rule)

    def _renew(self) -> None:
        held = self._holds
        self._holds = False
        if self._is_paused and self._unpause():
            log.warning("a copy to another database was ended before it was done; people can write again")
        with self._app.app_context():
            self._holds = lease.take(LEASE, self._run.holder, LEASE_SECONDS)
            self._is_paused = False
            if self._holds and not held:
                self._outcomes.clear()
                self._kept = jobs.kept_times()
                # Told when another process had them before; at a start everybody knows.
                log.log(logging.INFO if self._waited else logging.DEBUG, "jobs run here now")
            self._waited = not self._holds

    def _alive(self) -> set[str]:
        return {name for name, thread in self._threads.items() if thread.is_alive()}

    def _next_at(self, rule: Rule) -> datetime:
        outcome = self._outcomes.get(rule.name)
        if outcome:
            return outcome.next_at
        return self._kept.get(rule.name, clock.now()) if rule.is_kept else clock.now()

    def _start(self, rule: Rule) -> None:
        thread = Thread(target=self._work, args=(rule,), name=f"job-{rule.name}", daemon=True)
        self._threads[rule.name] = thread
        thread.start()

    def _work(self, rule: Rule) -> None:
        before = self._outcomes.get(rule.name)
        with jobs.running(self._run):
            self._outcomes[rule.name] = jobs.run_one(self._app, rule, before.failures if before else 0)

    def _finish(self) -> None:
        last = monotonic() + PATIENCE_SECONDS
        for thread in self._threads.values():
            thread.join(max(0.0, last - monotonic()))
        if self._holds and not self._alive():
            with self._app.app_context():
                self._give_back()

    def _give_back(self) -> None:
        try:
            lease.give_back(LEASE, self._run.holder)
        except Exception as problem:
            if not pause.is_pause(problem):
                raise
