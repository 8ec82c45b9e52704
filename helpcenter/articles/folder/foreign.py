"""Front matter written for other programs: what means the same as one of our keys is taken, the rest is left out.

Known are the words of Docusaurus, Jekyll, Hugo, MkDocs and VitePress.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from helpcenter.articles.folder import front_matter
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.front_matter import FrontMatter
from helpcenter.articles.folder.yaml_text import Entry
from helpcenter.core.text import shortened

SAME = {
    "description": "summary",
    "excerpt": "summary",
    "lead": "summary",
    "sidebar_position": "order",
    "nav_order": "order",
    "weight": "order",
    "aliases": "redirect_from",
    "categories": "tags",
}
"""Their word for one of ours. Ours wins where a file has both."""

_DRAFT = {("draft", "true"), ("published", "false"), ("unlisted", "true"), ("draft", "yes"), ("published", "no")}
_FIRST_HEADING = re.compile(r"# +(.+?) *#* *(?:\{[^}]*\} *)?(?:\n|$)")


@dataclass(frozen=True)
class Read:
    """What a foreign file gives: our values, the body without a heading that repeats the title, what was left out."""

    values: FrontMatter
    body: str
    removed_lines: int
    findings: list[Finding]
    is_draft: bool


def read(split: front_matter.Split, stem: str) -> Read:
    """Our values from a file written for another program. `stem` names it when nothing else does."""
    ours, findings = _translated(split.entries)
    values, remarks = front_matter.lenient(ours)
    is_draft = any((key, str(entry.value).lower()) in _DRAFT for key, entry in split.entries.items())
    heading = _FIRST_HEADING.match(split.body)
    title = (
        values.title or (_plain(heading[1]) if heading else "") or stem.replace("-", " ").replace("_", " ").capitalize()
    )
    body = split.body
    if heading and _plain(heading[1]) == title:
        body = body[heading.end() :].lstrip("\n")
    removed = split.body[: len(split.body) - len(body)].count("\n")
    title = shortened(title, front_matter.LONGEST_TITLE)
    return Read(
        _with_title(values, title), body, removed, sorted(findings + remarks, key=lambda one: one.line), is_draft
    )


def _with_title(values: FrontMatter, title: str) -> FrontMatter:
    return FrontMatter(**{**vars(values), "title": title})


def _plain(heading: str) -> str:
    return re.sub(r"[*_`]+", "", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)).strip()


def _translated(entries: Mapping[str, Entry]) -> tuple[dict[str, Entry], list[Finding]]:
    ours = {
        key: entry for key, entry in entries.items() if key in front_matter.KEYS and key not in front_matter.OF_PLACE
    }
    findings = []
    for key, entry in entries.items():
        if key in ours:
            continue
        if SAME.get(key, key) in ours or key not in SAME:
            findings.append(
                Finding("", entry.line, f"left out: {front_matter.printable(key)} (not a key of ours)", Level.NOTE)
            )
        else:
            ours[SAME[key]] = _fitted(SAME[key], entry)
    return ours, findings


def _fitted(key: str, entry: Entry) -> Entry:
    if key == "summary" and isinstance(entry.value, str):
        return Entry(entry.line, shortened(entry.value, front_matter.LONGEST_SUMMARY))
    return entry


__all__ = ["SAME", "Read", "read"]
