"""What somebody else does while the product is at work: it is over before the work goes on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask


def meanwhile(monkeypatch: pytest.MonkeyPatch, app: Flask, module: Any, name: str, act: Callable[[], object]) -> None:
    """Have `act` done, once, when the function of this name is called next; it fails where the act fails."""
    right = getattr(module, name)

    def in_another_tab() -> None:
        with app.app_context():
            act()

    def interrupted(*given: Any, **more: Any) -> Any:
        monkeypatch.setattr(module, name, right)
        with ThreadPoolExecutor(1) as other:
            other.submit(in_another_tab).result()
        return right(*given, **more)

    monkeypatch.setattr(module, name, interrupted)
