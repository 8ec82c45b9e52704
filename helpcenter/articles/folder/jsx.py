"""The pieces of JSX that stand in MDX pages: tags, their attributes, and expressions in braces.

Nothing is run. An expression has a value when it is a literal, or one of the calls by which pages name a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_EXPRESSION = 20_000

_NAME = re.compile(r"<(/?)([A-Za-z][\w.-]*)?(?=[\s/>])")
# Possessive: a tag that never ends would have its blanks shared out between the two in every way there is.
_END = re.compile(r"\s*+(/?)\s*+>")
_ATTRIBUTE = re.compile(
    r"\s+([A-Za-z_@:][\w:@.-]*)(?:\s*=\s*(?:\"([^\"]{0,5000})\"|'([^']{0,5000})'|(?=(\{))|([^\s\"'<>`{}=]+)))?"
)
_SPREAD = re.compile(r"\s+(?=\{)")
_STRING = re.compile(r"(['\"])((?:\\.|(?!\1)[^\\\n])*)\1")
_FILE_CALL = re.compile(r"(?:useBaseUrl|require|withBase|url)\(\s*(['\"])([^'\"\n]+)\1\s*\)(?:\.default)?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Tag:
    """A tag from `start` to `end`. An attribute without a known value is None; `<>` has the name ''."""

    start: int
    end: int
    name: str
    attributes: Mapping[str, str | None]
    is_closing: bool = False
    is_empty: bool = False

    @property
    def is_component(self) -> bool:
        """Whether it names a component rather than an element of HTML."""
        return self.name == "" or self.name[0].isupper() or "." in self.name

    def text(self, *names: str) -> str:
        """The first of these attributes that has a value, '' when none has."""
        return next((value for name in names if (value := self.attributes.get(name))), "")


def tag_at(text: str, start: int) -> Tag | None:
    """The tag that begins here; None for a sign that is only a sign."""
    opening = _NAME.match(text, start)
    if opening is None:
        return None
    attributes: dict[str, str | None] = {}
    at = opening.end()
    while (end := _END.match(text, at)) is None:
        after = _attribute(text, at, attributes)
        if after is None:
            return None
        at = after
    return Tag(start, end.end(), opening[2] or "", attributes, bool(opening[1]), bool(end[1]))


def _attribute(text: str, at: int, attributes: dict[str, str | None]) -> int | None:
    spread = _SPREAD.match(text, at)
    if spread:
        return expression_end(text, spread.end())
    found = _ATTRIBUTE.match(text, at)
    if found is None:
        return None
    name, double, single, brace, bare = found.groups()
    if brace is None:
        attributes[name] = next((value for value in (double, single, bare) if value is not None), "")
        return found.end()
    end = expression_end(text, found.end())
    if end is not None:
        attributes[name] = value_of(text[found.end() + 1 : end - 1])
    return end


def expression_end(text: str, start: int) -> int | None:
    """Where the expression whose brace opens here ends; None when it never does, or is longer than 20,000 signs."""
    depth, at, last = 0, start, min(len(text), start + LONGEST_EXPRESSION)
    while at < last:
        sign = text[at]
        if sign in "'\"":
            string = _STRING.match(text, at)
            at = string.end() if string else at + 1
            continue
        if sign == "`":
            at = _template_end(text, at, last)
            continue
        if text.startswith("/*", at):
            closing = text.find("*/", at + 2, last)
            at = closing + 2 if closing >= 0 else last
            continue
        depth += (sign == "{") - (sign == "}")
        at += 1
        if depth == 0:
            return at
    return None


def _template_end(text: str, start: int, last: int) -> int:
    at = start + 1
    while at < last:
        if text[at] == "\\":
            at += 2
        elif text[at] == "`":
            return at + 1
        else:
            at += 1
    return last


def value_of(expression: str) -> str | None:
    """The text an expression stands for: of a literal, or of a call that names a file. None for any other."""
    expression = expression.strip()
    if string := _STRING.fullmatch(expression):
        return _unescaped(string[2])
    if expression.startswith("`") and expression.endswith("`") and len(expression) > 1 and "${" not in expression:
        return _unescaped(expression[1:-1]) if "`" not in re.sub(r"\\.", "", expression[1:-1]) else None
    if call := _FILE_CALL.fullmatch(expression):
        is_from_root = expression.startswith(("useBaseUrl", "withBase", "url"))
        return "/" + call[2].lstrip("/") if is_from_root and "://" not in call[2] else call[2]
    return expression if _NUMBER.fullmatch(expression) else None


def _unescaped(text: str) -> str:
    known = {"n": "\n", "t": "\t"}
    return re.sub(r"(?s)\\(.)", lambda match: known.get(match[1], match[1]), text)
