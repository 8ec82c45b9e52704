"""Functions run in processes of their own. These begin with the whole product read, which would take longer than the rest."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

from helpcenter.app import PACKAGES

SECONDS = 120
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["helpcenter.app", *(f"helpcenter.{package}.registration" for package in PACKAGES)])


def begun(function: Callable[..., Any], *arguments: Any) -> BaseProcess:
    """A process that calls a function of a module; it shares nothing with this one."""
    process = _processes.Process(target=function, args=arguments)
    process.start()
    return process


def ended(process: BaseProcess) -> int:
    """Its exit code, once it is over: below zero the number of the signal that killed it."""
    process.join(SECONDS)
    code = process.exitcode
    if code is None:
        process.kill()
        raise TimeoutError(f"it did not end within {SECONDS} seconds")
    return code
