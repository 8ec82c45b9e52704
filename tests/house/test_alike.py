from __future__ import annotations

import ast
from pathlib import Path

from config import ROOT
from tests import alike


def test_every_test_that_is_left_out_on_the_second_database_is_there() -> None:
    functions = {path: _functions(ROOT / path) for path in {name.partition("::")[0] for name in alike.names()}}
    gone = [name for name in alike.names() if name.rpartition("::")[2] not in functions[name.partition("::")[0]]]
    assert gone == [], "take it out of tests/alike.txt"


def test_what_depends_on_more_than_statements_is_never_left_out() -> None:
    assert [name for name in alike.names() if alike.ALWAYS.search(name)] == []


def _functions(path: Path) -> set[str]:
    if not path.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}
