"""Every small defect that a source could have: a boundary, a condition, a constant, a step left out.

A change is a stretch of the text and what stands there instead, so that the rest stays as it was written.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

OTHER_COMPARISONS = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
    "in": ("not in",),
    "not in": ("in",),
    "is": ("is not",),
    "is not": ("is",),
}
COMPARISON = re.compile(r"\bis\s+not\b|\bnot\s+in\b|\bis\b|\bin\b|<=|>=|==|!=|<|>")
OTHER_OPERATORS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
}
OTHER_CALLS = {"max": "min", "min": "max", "any": "all", "all": "any", "reversed": "list", "sorted": "list"}
ALWAYS = frozenset({"True", "False"})


@dataclass(frozen=True)
class Change:
    """`start` and `end` count bytes of the text, `rule` is the function or name that holds it.

    `words` tells it the same wherever the rule stands in its file: the lines as they were, and as they are with it.
    """

    start: int
    end: int
    new: str
    rule: str
    line: int
    words: str

    def made(self, source: str) -> str:
        """The source with this one change."""
        data = source.encode()
        return (data[: self.start] + self.new.encode() + data[self.end :]).decode()


def changes(source: str) -> list[Change]:
    """All of them in the order of the text, each of which still compiles."""
    found = sorted(set(_Reader(source).changes()), key=lambda one: (one.start, one.end, one.new))
    return [one for one in found if _compiles(one.made(source))]


def answers(source: str, names: Collection[str]) -> list[Change]:
    """Of every call of one of these names that it says yes, or no; of a step of its own that it is left out."""
    return [one for one in _Questions(source, names).changes() if _compiles(one.made(source))]


def _compiles(source: str) -> bool:
    try:
        compile(source, "<change>", "exec")
    except SyntaxError:
        return False
    return True


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _Reader:
    """Walks a source and tells what could be changed."""

    def __init__(self, source: str) -> None:
        self._data = source.encode()
        self._tree = ast.parse(source)
        self._lines = [0]
        for line in self._data.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def changes(self) -> Iterator[Change]:
        yield from self._in(self._tree, ())

    def _in(self, node: ast.AST, rule: tuple[str, ...]) -> Iterator[Change]:
        for child in ast.iter_child_nodes(node):
            if _is_text_alone(child):
                continue
            within = (*rule, name) if (name := _name(child, rule)) else rule
            for start, end, new in self._of(child):
                if new.encode() != self._data[start:end]:
                    yield self._change(start, end, new, ".".join(within) or "module")
            for kept in _read_further(child):
                yield from self._in(kept, within)

    def _change(self, start: int, end: int, new: str, rule: str) -> Change:
        line = self._data.count(b"\n", 0, start)
        before, after = self._lines[line], self._data.find(b"\n", end)
        old = self._data[before:after].decode()
        changed = self._data[before:start].decode() + new + self._data[end:after].decode()
        return Change(start, end, new, rule, line + 1, f"{rule}: {_one_line(old)} → {_one_line(changed)}")

    def _of(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        match node:
            case ast.Compare():
                yield from self._comparisons(node)
            case ast.BoolOp():
                yield from self._operands(node)
            case ast.UnaryOp(op=ast.Not()):
                yield (*self._span(node), self._text(node.operand))
            case ast.BinOp(op=op) if type(op) in OTHER_OPERATORS:
                yield from self._between(node.left, node.right, *OTHER_OPERATORS[type(op)])
            case ast.IfExp():
                yield (*self._span(node), self._text(node.body))
                yield (*self._span(node), self._text(node.orelse))
            case ast.If() | ast.While():
                yield from ((*self._span(node.test), always) for always in sorted(ALWAYS))
            case ast.comprehension():
                yield from ((*self._span(test), "True") for test in node.ifs)
            case ast.Set(elts=elements) | ast.List(elts=elements) if len(elements) > 1:
                yield from self._without_each(elements)
            case ast.Dict():
                yield from self._other_values(node)
            case ast.Call(func=ast.Name(id=name)) if name in OTHER_CALLS:
                yield (*self._span(node.func), OTHER_CALLS[name])
            # Of True and False the other one is tried.
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield (*self._span(value), "None")
            case ast.Expr(value=ast.Call()):
                yield (*self._span(node), "pass")
            case ast.Continue():
                yield (*self._span(node), "break")
            case ast.Constant():
                yield from self._constant(node)

    def _constant(self, node: ast.Constant) -> Iterator[tuple[int, int, str]]:
        match node.value:
            case bool():
                yield (*self._span(node), str(not node.value))
            case int() | float():
                yield (*self._span(node), str(node.value + 1))
            # A sentence is for people: what it says is looked at by whoever reads it.
            case str() if " " not in node.value and self._text(node).startswith('"'):
                yield (*self._span(node), f'"{node.value}XX"')

    def _comparisons(self, node: ast.Compare) -> Iterator[tuple[int, int, str]]:
        sides = (node.left, *node.comparators)
        for left, right in pairwise(sides):
            start, end = self._span(left)[1], self._span(right)[0]
            if found := COMPARISON.search(self._data[start:end].decode()):
                for other in OTHER_COMPARISONS[_one_line(found[0])]:
                    yield start + found.start(), start + found.end(), other

    def _operands(self, node: ast.BoolOp) -> Iterator[tuple[int, int, str]]:
        """Without each, and the other word between each two."""
        for place, value in enumerate(node.values):
            rest = [one for number, one in enumerate(node.values) if number != place]
            word = "and" if isinstance(node.op, ast.And) else "or"
            # Parentheses, since what stands around binds as it did.
            left = [f"({self._text(one)})" for one in rest]
            yield (*self._span(node), left[0] if len(left) == 1 else f"({f' {word} '.join(left)})")
            if place:
                yield from self._between(node.values[place - 1], value, word, "or" if word == "and" else "and")

    def _without_each(self, elements: Sequence[ast.expr]) -> Iterator[tuple[int, int, str]]:
        for place, element in enumerate(elements):
            start, end = self._span(element)
            if place:
                yield self._span(elements[place - 1])[1], end, ""
            else:
                yield start, self._span(elements[1])[0], ""

    def _other_values(self, node: ast.Dict) -> Iterator[tuple[int, int, str]]:
        """In a table whose values are names, each row with each of the others."""
        names = sorted({value.id for value in node.values if isinstance(value, ast.Name)})
        for value in node.values:
            if isinstance(value, ast.Name) and len(names) > 1:
                yield from ((*self._span(value), name) for name in names if name != value.id)

    def _between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> Iterator[tuple[int, int, str]]:
        start, end = self._span(left)[1], self._span(right)[0]
        place = self._data[start:end].find(old.encode())
        if place >= 0:
            yield start + place, start + place + len(old), new

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self._lines[node.lineno - 1] + node.col_offset, self._lines[node.end_lineno - 1] + node.end_col_offset

    def _text(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self._data[start:end].decode()


class _Questions(_Reader):
    """Walks a source and tells where certain questions are asked."""

    def __init__(self, source: str, names: Collection[str]) -> None:
        super().__init__(source)
        self._names = names
        self._alone: set[ast.expr] = set()

    def _of(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        match node:
            case ast.Expr(value=ast.Call() as call) if self._is_asked(call):
                self._alone.add(call)
                yield (*self._span(node), "pass")
            case ast.Call() if self._is_asked(node) and node not in self._alone:
                yield from ((*self._span(node), always) for always in sorted(ALWAYS))

    def _is_asked(self, call: ast.Call) -> bool:
        match call.func:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return name in self._names
        return False


def _is_text_alone(node: ast.AST) -> bool:
    """Whether a statement is a docstring or one below an attribute."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _name(node: ast.AST, rule: tuple[str, ...]) -> str | None:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if not rule:
            return name
    return None


def _read_further(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node is code of its own: no annotations, no names of what is imported, no decorators."""
    match node:
        case ast.AnnAssign(value=value):
            parts: list[ast.AST | None] = [value]
        case ast.FunctionDef(args=args, body=body):
            parts = [*args.defaults, *args.kw_defaults, *body]
        case ast.ClassDef(body=body):
            parts = [*body]
        case ast.JoinedStr() | ast.Import() | ast.ImportFrom():
            parts = []
        case _:
            yield node
            return
    yield from (_Only(part) for part in parts if part is not None)


class _Only(ast.AST):
    """A part, as the one child of something."""

    _fields = ("part",)

    def __init__(self, part: ast.AST) -> None:
        self.part = part
