"""What Markdown pages of site builders carry for JavaScript: imports, components, expressions. None of it is shown.

A component loses its tags and keeps what it holds, tabs become tabs, an attribute in braces keeps the text it names.
A text without any sign of components is left exactly as it is.
"""

import re
from html import escape

LONGEST_TAG = 5_000

_FENCED = r"^(?P<edge>[ >]*)(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ >]*(?P=fence)[`~]* *$"
_TOKENS = re.compile(
    rf"(?P<code>{_FENCED}|(?P<ticks>`+)(?!`)[^`](?:[^`]|(?!(?P=ticks)(?!`))`)*?(?P=ticks)(?!`))"
    r"|(?P<module>^(?:import\s+(?:[\w*{][^;'\"]{0,500}?\sfrom\s+)?['\"][^'\"\n]+['\"];?"
    r"|export\s[^\n]*(?:\n(?!\s*\n)[^\n]*)*)[ ]*$)"
    r"|(?P<comment>\{/\*.*?\*/\})"
    r"|(?P<tag></?(?P<name>[A-Za-z][\w.-]*)(?=[\s/>]))"
    r"|(?P<expression>(?<!\\)\{(?:\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`|\w+(?:\.\w+)*(?:\((?:[^{}\n]|\{[^{}\n]*\})*\))?)\})",
    re.MULTILINE | re.DOTALL,
)
_SIGN = re.compile(
    r"^import\s[^\n]*['\"];?[ ]*$|^export\s+(?:const|default|function|let)\b|</?[A-Z]\w*[\s/>]|=\{|\{/\*", re.MULTILINE
)
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*("[^"]*"|'[^']*'|\{))?""")
_LITERAL = re.compile(r""""([^"\n]*)"|'([^'\n]*)'|`([^`$]*)`""")
_GONE = "\x1a"
_RENAMED = {"classname": "class"}


def without_components(text: str) -> str:
    """The text without imports, exports, components, and expressions in braces; code is left alone."""
    if not _SIGN.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_GONE, "").expandtabs(4)
    parts: list[str] = []
    at = 0
    while token := _TOKENS.search(text, at):
        parts.append(text[at : token.start()])
        put, at = _replaced(text, token)
        parts.append(put)
    parts.append(text[at:])
    return _moved_out("".join(parts).split("\n"))


def _replaced(text: str, token: re.Match[str]) -> tuple[str, int]:
    """What takes the place of a token, and where the text goes on."""
    if token["code"]:
        return token[0], token.end()
    if token["module"] or token["comment"]:
        return _GONE, token.end()
    if token["expression"]:
        literal = _LITERAL.fullmatch(token[0][1:-1])
        return (literal[1] or literal[2] or "") if literal and literal[3] is None else "", token.end()
    end = _tag_end(text, token.end())
    if end is None:
        return token[0], token.end()
    return _tag(token["name"], text[token.start() : end], text[token.end() : end]), end


def _tag_end(text: str, at: int) -> int | None:
    """Where a tag ends whose attributes may hold quotes and braces; None where it does not."""
    depth, quote = 0, ""
    for place in range(at, min(len(text), at + LONGEST_TAG)):
        sign = text[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'`":
            quote = sign
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == ">" and depth <= 0:
            return place + 1
    return None


def _tag(name: str, whole: str, inner: str) -> str:
    closes = whole.startswith("</")
    if name == "Tabs":
        return "\n\n</tab-group>\n\n" if closes else '\n\n<tab-group class="tabs">\n\n'
    if name == "TabItem":
        if closes:
            return "\n\n</section>\n\n"
        given = _attributes(inner)
        title = given.get("label") or given.get("value", "")
        return f'\n\n<section class="tab"><p class="tab-title">{escape(title)}</p>\n\n'
    if name[0].isupper() or "." in name:
        return _GONE
    if "={" not in whole.replace(" ", ""):
        return whole
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in _attributes(inner).items())
    return f"<{name}{attributes}{' /' if whole.endswith('/>') else ''}>"


def _attributes(inner: str) -> dict[str, str]:
    """The attributes of a tag that are texts, those in braces included where they name one."""
    found: dict[str, str] = {}
    at = 0
    while match := _ATTRIBUTE.search(inner, at):
        at = match.end()
        name, value = _RENAMED.get(match[1].lower(), match[1].lower()), match[2]
        if value == "{":
            end = _brace_end(inner, at)
            literal = _LITERAL.search(inner[at:end])
            at = end
            if literal and not inner[match.end() :].startswith("{"):
                found[name] = literal[1] or literal[2] or literal[3] or ""
        else:
            found[name] = value[1:-1] if value else ""
    return found


def _brace_end(text: str, at: int) -> int:
    depth = 1
    while at < len(text) and depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at


def _moved_out(lines: list[str]) -> str:
    """The lines without the places where something was, what stood within a component moved out to where it began."""
    kept: list[str] = []
    shift, base = 0, None
    for line in lines:
        columns = len(line) - len(line.lstrip(" "))
        if line.strip() and not line.replace(_GONE, "").strip():
            base = max(0, columns - shift) if base is None else base
            kept.append("")
            continue
        if line.strip() and base is not None:
            shift, base = max(0, columns - base), None
        elif line.strip() and columns < shift:
            shift = 0
        kept.append(line[min(shift, columns) :].replace(_GONE, ""))
    return "\n".join(kept)
