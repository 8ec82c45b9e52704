"""One change put in, and the tests run against it, in a process of its own that is forgotten afterwards.

The source on the disk stays as it is: the process is told another one when it imports the module.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing.context import BaseContext
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

FOUND, SURVIVED, HANGS, NOT_TESTED = "found", "survived", "hangs", "not tested"
OUTCOMES = {
    int(pytest.ExitCode.OK): SURVIVED,
    int(pytest.ExitCode.USAGE_ERROR): NOT_TESTED,
    int(pytest.ExitCode.NO_TESTS_COLLECTED): NOT_TESTED,
}
# What costs most to import and knows nothing of the product, once for all trials.
WARM = ["pytest", "hypothesis.strategies", "flask", "sqlalchemy.orm", "markdown", "PIL.Image"]
FORKS = multiprocessing.get_context("forkserver")
LOOKS_EVERY_SECONDS = 0.02


@dataclass(frozen=True)
class Trial:
    """`stages` are arguments of pytest, each for a run of its own after one that found nothing.

    `seconds` is how long they may take altogether before the change is said to hang them.
    """

    module: str
    path: Path
    source: str
    stages: Sequence[Sequence[str]]
    seconds: float
    only_its_routes: bool = False

    def outcome(self, processes: BaseContext = FORKS) -> str:
        """FOUND when a test failed or broke off, HANGS when they did not end in time, SURVIVED when all passed.

        NOT_TESTED when there was none to run, pytest was asked for what is not there, or `processes` begin with the
        module as it stands on the disk.
        """
        process = processes.Process(target=_run, args=(self,))  # type: ignore[attr-defined]
        process.start()
        until = time.monotonic() + self.seconds
        while process.is_alive():
            process.join(LOOKS_EVERY_SECONDS)
            if time.monotonic() > until:
                process.kill()
                process.join()
                return HANGS
        return OUTCOMES.get(process.exitcode or 0, FOUND)


class _Changed(SourceFileLoader):
    """Loads a module from a text that stands nowhere."""

    def __init__(self, fullname: str, path: str, source: str) -> None:
        super().__init__(fullname, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        return compile(self._source, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, trial: Trial) -> None:
        self._trial = trial

    def find_spec(self, fullname: str, *_: Any) -> ModuleSpec | None:
        if fullname != self._trial.module:
            return None
        loader = _Changed(fullname, str(self._trial.path), self._trial.source)
        return spec_from_file_location(fullname, self._trial.path, loader=loader)


class _ItsRoutes:
    """Of the table of routes leaves the rows whose view stands in the changed module."""

    def __init__(self, module: str) -> None:
        self._module = module

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        endpoints = _endpoints_of(self._module)
        out = [one for one in items if "endpoint" in _params(one) and _params(one)["endpoint"] not in endpoints]
        config.hook.pytest_deselected(items=out)
        items[:] = [one for one in items if one not in set(out)]


def _params(item: pytest.Item) -> dict[str, Any]:
    call = getattr(item, "callspec", None)
    return {} if call is None else dict(call.params)


def _endpoints_of(module: str) -> set[str]:
    """The routes that a module answers; of a module that asks before all routes of its blueprint, all of them."""
    from config import Settings  # only the trial may import the product: nothing of it is there before
    from helpcenter.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), secret_key="x" * 40, log_level="ERROR"))
    package, _, name = module.rpartition(".")
    within = package if name == "blueprint" else module
    views = {endpoint: f"{view.__module__}." for endpoint, view in app.view_functions.items()}
    return {endpoint for endpoint, module in views.items() if module.startswith(f"{within}.")}


def _run(trial: Trial) -> None:
    if trial.module in sys.modules:
        os._exit(pytest.ExitCode.USAGE_ERROR)
    sys.meta_path.insert(0, _Finder(trial))
    # What is told of a defect is of no use to anybody here.
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    code = int(pytest.ExitCode.TESTS_FAILED)
    with contextlib.suppress(SystemExit):
        code = _of_stages(trial)
    os._exit(code)


def _of_stages(trial: Trial) -> int:
    """OK when all passed that there are, NO_TESTS_COLLECTED when there are none; else what pytest said first."""
    code = int(pytest.ExitCode.NO_TESTS_COLLECTED)
    for stage in trial.stages:
        arguments = ["--exitfirst", "--numprocesses=0", "-p", "no:cacheprovider", *stage]
        said = int(pytest.main(arguments, plugins=[_ItsRoutes(trial.module)] if trial.only_its_routes else []))
        if said not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            return said
        if said == pytest.ExitCode.OK:
            code = said
    return code
