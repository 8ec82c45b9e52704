"""Replaces the processes of a running site by new ones, with the code and the settings of now.

The new web processes are there before the old ones leave, and both take people from the same sockets meanwhile. If the
new ones can not start, nothing has changed.
"""

from __future__ import annotations

import logging
import os
import subprocess
from contextlib import suppress
from subprocess import Popen
from time import monotonic

import config
from helpcenter.cli import supervisor
from helpcenter.cli.listening import Listening, words
from helpcenter.cli.supervisor import PATIENCE_SECONDS, Child

START_SECONDS = 120
"""So long the new web processes may take to read their code and make the app; slow disks included."""
KILL_SECONDS = 1
log = logging.getLogger("helpcenter.supervisor")


def web_words(parent: str, listening: Listening) -> tuple[str, ...]:
    """The command of the web processes."""
    return "serve", "web", parent, "--sockets", words(listening.numbers)


def _say_what_stays(listening: Listening) -> None:
    """One warning where a setting changed that the open sockets decide; whoever changed it would wait in vain."""
    settings, problems = config.examine()
    stays = {"HOST": listening.host, "PORT": listening.port, "WORKERS": len(listening.numbers)}
    changed = [name for name, now in stays.items() if getattr(settings, name.lower()) != now]
    if changed and not problems:
        names = " and ".join(f"HELPCENTER_{name}" for name in changed)
        log.warning("a reload does not change %s; restart the site for that", names)


class Renewal:
    """One reload: a migration where one waits, new web processes, a new job process."""

    def __init__(self, web: Child, jobs: Child, listening: Listening) -> None:
        log.info("the processes are replaced")
        _say_what_stays(listening)
        self._web, self._jobs, self._listening = web, jobs, listening
        parent = str(os.getpid())
        self._ready, theirs = os.pipe()
        os.set_blocking(self._ready, False)
        # They read their code meanwhile, and wait for the word to go.
        self._new = Child("web", (*web_words(parent, listening), "--wait", "--ready", str(theirs)))
        descriptors = [*listening.numbers, theirs]
        self._new.adopt(supervisor.start(*self._new.words, stdin=subprocess.PIPE, pass_fds=descriptors))
        os.close(theirs)
        self._prepare: Popen[bytes] | None = supervisor.start("serve", "prepare", parent)
        self._old = Child("web", web.words)
        self._loaded, self._until = 0, 0.0
        self._next = self._prepared

    def step(self) -> bool:
        """Do what can be done now without waiting; whether it is over."""
        return self._next()

    def stop(self) -> list[Child]:
        """Give up; what was started and has to end."""
        preparing = Child("prepare", ())
        if self._prepare is not None:
            preparing.adopt(self._prepare)
        return [self._old, self._new, preparing]

    def _prepared(self) -> bool:
        if self._prepare is None or self._prepare.poll() is None:
            return False
        if self._prepare.returncode:
            return self._refused("the database can not be brought up to date, or a setting makes no sense")
        self._prepare = None
        self._new.tell(b"go\n")
        self._until, self._next = monotonic() + START_SECONDS, self._begun
        return False

    def _begun(self) -> bool:
        """Wait for a sign of each of the new web processes, then let the old ones go."""
        with suppress(BlockingIOError):
            self._loaded += len(os.read(self._ready, 256))
        new = self._new.process
        if new is None or new.poll() is not None or monotonic() > self._until:
            return self._refused("the new web processes do not start")
        if self._loaded < len(self._listening.numbers):
            return False
        os.close(self._ready)
        if self._web.process is not None:
            self._old.adopt(self._web.process)
        self._web.adopt(new)
        self._new.process = None
        self._old.stop()
        self._jobs.begin_anew()
        self._until, self._next = monotonic() + PATIENCE_SECONDS, self._left
        return False

    def _left(self) -> bool:
        old = self._old.process
        if old is not None and old.poll() is None:
            if monotonic() > self._until:
                old.kill()
            return False
        if self._jobs.leave_until is not None or self._jobs.process is None:
            return False
        log.info("new processes do the work now")
        return True

    def _refused(self, reason: str) -> bool:
        self._new.stop()
        self._new.wait_or_kill(monotonic() + KILL_SECONDS)
        os.close(self._ready)
        log.error("nothing is replaced: %s; the site goes on as before", reason)
        return True
