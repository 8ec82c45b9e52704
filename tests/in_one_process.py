"""`-p tests.in_one_process`: what the product does in a process of its own is done in that of the test.

That process is ended by a kill and knows nothing of who started it, so nobody could measure which lines it came by.
Tests of the process itself, and of texts that it has to be killed for, keep it.
"""

from __future__ import annotations

import pickle
from importlib import import_module
from typing import Any

import pytest

from helpcenter.core import worker

KEEP_IT = (
    "tests/core/test_worker.py",
    "tests/core/markdown/test_hostile_text.py",
    "tests/articles/importers/test_hostile_html.py",
)


@pytest.fixture(autouse=True)
def one_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the product call what it would send to the other process."""
    if not request.node.nodeid.startswith(KEEP_IT):
        monkeypatch.setattr(worker, "call", _call)


def _call(job: str, /, *args: Any, seconds: float = 2.0, **kwargs: Any) -> Any:
    module, _, name = job.partition(":")
    # Whatever travels is a copy, there and back.
    args, kwargs = pickle.loads(pickle.dumps((args, kwargs)))
    return pickle.loads(pickle.dumps(getattr(import_module(module), name)(*args, **kwargs)))
