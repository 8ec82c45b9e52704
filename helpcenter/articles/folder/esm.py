"""The lines of a page that are program: imports and exports at the top of a block."""

from __future__ import annotations

import re

from helpcenter.articles.folder import jsx

_NAMES = r"\{[^{}'\"`;]*\}"
_MORE = rf"(?:{_NAMES}|\*[ \t]+as[ \t]+\w+)"
_IMPORT = re.compile(
    rf"import[ \t]+(?:(?:[A-Za-z_$][\w$]*|{_MORE})(?:[ \t]*,[ \t]*{_MORE})?[ \t\n]+from[ \t\n]+)?"
    r"(['\"])[^'\"\n]+\1[ \t]*;?[ \t]*(?=\n|$)"
)
_EXPORT = re.compile(
    r"export[ \t]+(?:(?:const|let|var)[ \t]+[\w${}\[\], \t]+=|(?:async[ \t]+)?function\b|class[ \t]+\w"
    r"|default[ \t]+(?:[\w$]+;?[ \t]*(?=\n|$)|function\b|class\b|async\b|\(|\{)|\{|\*[ \t]+from\b)"
)


def statement_end(text: str, start: int) -> int | None:
    """Where the import or export that begins at this start of a line ends; None when it is prose."""
    found = _IMPORT.match(text, start)
    if found:
        return found.end()
    return _export_end(text, start) if _EXPORT.match(text, start) else None


def _export_end(text: str, start: int) -> int:
    """A statement goes on until a line is blank outside of braces."""
    at = start
    while at < len(text):
        if text[at] == "{":
            at = jsx.expression_end(text, at) or at + 1
        elif re.compile(r"\n[ \t]*(?=\n|$)").match(text, at):
            return at
        else:
            at += 1
    return at


def has_statement(text: str) -> bool:
    """Whether a text whose code is blanked out has an import or export at the start of a block."""
    return any(statement_end(text, found.end()) for found in re.finditer(r"\A\s*|\n[ \t]*\n(?=[ie])", text))
