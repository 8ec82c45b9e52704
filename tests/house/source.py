"""The source of the product as data, for the tests that hold its rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config import ROOT

PACKAGE = ROOT / "helpcenter"


@dataclass(frozen=True)
class Module:
    """A file of the package with its parsed source. `where` is its path below the package."""

    path: Path
    tree: ast.Module

    @property
    def where(self) -> str:
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def package(self) -> str:
        """The package it belongs to: 'core', 'articles', or for a file at the top its own name."""
        return self.where.split("/")[0].removesuffix(".py")

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and name of every import, also of those inside a function; a relative one begins with a dot."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                module = "." * node.level + (node.module or "")
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)

    def imports_at_top(self) -> Iterator[tuple[int, str]]:
        """Those that run when the module is imported: not those of a function, nor those for type checking."""
        top = {node.lineno for node in self.tree.body}
        return (one for one in self.imports() if one[0] in top)

    def reads(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of everything that is read as a.b, such as a function that is called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield node.lineno, ast.unparse(node)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package but generated migrations."""
    paths = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    return tuple(Module(path, ast.parse(path.read_text())) for path in paths)
