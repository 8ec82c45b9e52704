"""YAML in which every value is text, as people wrote it: no dates, no numbers, no yes that becomes true.

Aliases are refused (a page of them can unfold into gigabytes) and so are tags, which name types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

MOST_NESTED = 20
Text = str | tuple[str, ...]


class YamlRefused(ValueError):
    """The text is no plain YAML of keys with texts and lists; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Entry:
    """A key's value, a text or a list of texts, and the line of the key."""

    line: int
    value: Text | None


class _Loader(yaml.BaseLoader):
    """The base loader knows text, lists and mappings only."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise YamlRefused(event.start_mark.line + 1, "an alias (*name) is not allowed here")
        # Refused here and not at the end of the stack: each further bracket costs a look at all that are open.
        if self.depth == MOST_NESTED:
            raise YamlRefused(event.start_mark.line + 1, "nested too deeply")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Dumper(yaml.SafeDumper):
    """Lists stand indented below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def load(text: str) -> dict[str, Entry]:
    """The keys of a mapping. A value that is neither text nor a list of texts is None. Raises YamlRefused."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlRefused(mark.line + 1 if mark else 1, f"not readable as YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise YamlRefused(1, f"not readable as YAML: {str(error).splitlines()[0]}") from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise YamlRefused(node.start_mark.line + 1, "keys with values are expected here, as in title: Refunds")
    return _entries(node)


def _entries(node: yaml.MappingNode) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = _text(key)
        if name is None:
            raise YamlRefused(line, "a key is one word")
        if name in entries:
            raise YamlRefused(line, f"{name} is given twice, first in line {entries[name].line}")
        entries[name] = Entry(line, _value(value))
    return entries


def _value(node: yaml.Node) -> Text | None:
    if not isinstance(node, yaml.SequenceNode):
        return _text(node)
    items = [_text(item) for item in node.value]
    return None if None in items else tuple(item for item in items if item is not None)


def _text(node: yaml.Node) -> str | None:
    if not isinstance(node, yaml.ScalarNode):
        return None
    if node.tag != "tag:yaml.org,2002:str":
        raise YamlRefused(node.start_mark.line + 1, f"a type ({node.tag}) is not allowed here; every value is text")
    return str(node.value)


def dump(values: Mapping[str, object]) -> str:
    """Keys in the given order, one line each, lists below their key; other readers of YAML see text as text too."""
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
    return yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=10_000)
