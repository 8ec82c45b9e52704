"""What a function of the product may come to, by following every name in it: for rules about all routes at once.

A name that is imported or defined at the top of its module is followed for certain. A method is followed by its name
alone, to every method that is called so: where that matters, it is asked for with `loosely`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from flask import Flask

from tests.house.source import Module, modules

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """A function or a method with what it names: other functions for certain, and methods by their last word."""

    node: FunctionNode
    named: frozenset[str]
    methods: frozenset[str]


@dataclass
class Source:
    """Every function by its dotted name, and every method by its last word."""

    functions: dict[str, Function] = field(default_factory=dict)
    methods: dict[str, set[str]] = field(default_factory=dict)


def function_of(app: Flask, endpoint: str) -> str:
    """The dotted name of the view behind an endpoint."""
    view = app.view_functions[endpoint]
    return f"{view.__module__}.{view.__qualname__}"


@cache
def reached(start: str, *, loosely: bool = False) -> frozenset[str]:
    """Everything a function may come to, and the function itself."""
    known, found, left = _source(), set(), [start]
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        function = known.functions.get(name)
        if function is None:
            continue
        left += function.named
        if loosely:
            left += [one for word in function.methods for one in known.methods.get(word, ())]
    return frozenset(found)


def named(name: str) -> frozenset[str]:
    """What a function itself names; nothing for what is not ours."""
    function = _source().functions.get(name)
    return function.named if function else frozenset()


def decorators(name: str) -> list[ast.expr]:
    """What stands above a function."""
    return _source().functions[name].node.decorator_list


@cache
def _source() -> Source:
    source = Source()
    for module in modules():
        names = dict(_names(module))
        for node, owner in _functions(module):
            dotted = f"{_dotted(module)}.{owner}{node.name}"
            source.functions[dotted] = Function(node, frozenset(_followed(node, names)), frozenset(_words(node)))
            if owner:
                source.methods.setdefault(node.name, set()).add(dotted)
                # Whoever makes one may come to what each method of it comes to, its making first.
                source.methods.setdefault(owner.rstrip("."), set()).add(dotted)
    return source


def _dotted(module: Module) -> str:
    return "helpcenter." + module.where.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _functions(module: Module) -> Iterator[tuple[FunctionNode, str]]:
    """Those at the top of a module, and the methods of its classes; what is defined within belongs to its function."""
    for node in module.tree.body:
        if isinstance(node, FunctionNode):
            yield node, ""
        elif isinstance(node, ast.ClassDef):
            yield from ((one, f"{node.name}.") for one in node.body if isinstance(one, FunctionNode))


def _names(module: Module) -> Iterator[tuple[str, str]]:
    """What each name means within a module."""
    for node in module.tree.body:
        if isinstance(node, FunctionNode):
            yield node.name, f"{_dotted(module)}.{node.name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((one.asname or one.name, f"{node.module}.{one.name}") for one in node.names)
        elif isinstance(node, ast.Import):
            yield from ((one.asname or one.name, one.name) for one in node.names)


def _followed(node: FunctionNode, names: dict[str, str]) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute | ast.Name):
            first, *rest = ast.unparse(one).split(".")
            if first in names:
                yield ".".join([names[first], *rest])


def _words(node: FunctionNode) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            yield ast.unparse(one.func).rsplit(".", 1)[-1]
