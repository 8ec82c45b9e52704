"""A wheel in an empty environment brings all it needs: whatever is imported anywhere is there because it is named."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config import ROOT

OURS = {"config", "helpcenter"}


def imported(path: Path) -> Iterator[str]:
    """The first word of every import of a file, also of those inside a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def brought_by(requirements: list[Requirement]) -> set[str]:
    """The distributions that these bring along, and those that bring them, as an installer would find them."""
    found: set[tuple[str, str]] = set()
    waiting = requirements
    while waiting:
        one = waiting.pop()
        for extra in ("", *one.extras):
            name = canonicalize_name(one.name)
            if (name, extra) not in found:
                found.add((name, extra))
                waiting += [
                    inner for inner in needs(name) if not inner.marker or inner.marker.evaluate({"extra": extra})
                ]
    return {name for name, _ in found}


@cache
def needs(name: str) -> list[Requirement]:
    """What an installed distribution says that it needs."""
    return [Requirement(one) for one in requires(name) or []]


def test_whatever_the_product_imports_comes_with_its_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    brought = brought_by([Requirement(one) for one in project["dependencies"]])
    makers = packages_distributions()
    missing = set()
    for path in (ROOT / "config.py", *sorted((ROOT / "helpcenter").rglob("*.py"))):
        for module in set(imported(path)) - set(sys.stdlib_module_names) - OURS:
            if not {canonicalize_name(maker) for maker in makers.get(module, [])} & brought:
                missing.add(f"{path.relative_to(ROOT)} imports {module}")
    assert not missing, "name it among the dependencies in pyproject.toml"


def test_what_only_a_developer_needs_is_brought_to_nobody_else() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    brought = brought_by([Requirement(one) for one in project["dependencies"]])
    assert not {canonicalize_name(Requirement(one).name) for one in project["optional-dependencies"]["dev"]} & brought
