"""The numbered steps of an article, read from its Markdown: what each names, in the order in which it names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
HEADING = re.compile(r"#{1,6} +(.+)")
ITEM = re.compile(r"\d+\. +(.*)")
# A control in bold, a key between plus signs, or what the page says between quotation marks.
NAMED = re.compile(r"\*\*(?P<control>.+?)\*\*|\+\+(?P<key>\S+?)\+\+(?!\+)|“(?P<said>[^”]+)”")


@dataclass(frozen=True)
class Named:
    """One thing that a step names. `kind` is control, key or said."""

    kind: str
    words: str


@dataclass
class Instruction:
    """A numbered list of an article: `part` is the heading it stands below, '' for none."""

    article: str
    part: str
    steps: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """What it is called in the table of walks."""
        return self.article, self.part

    @property
    def names_controls(self) -> bool:
        """Whether it tells what to press; otherwise it is a list of something else."""
        return any(named.kind == "control" for step in self.steps for named in named_in(step))


def named_in(step: str) -> list[Named]:
    """What a step names, in its order."""
    return [Named(str(found.lastgroup), str(found[str(found.lastgroup)])) for found in NAMED.finditer(step)]


def instructions(text: str, article: str) -> list[Instruction]:
    """Every numbered list of a text that does not stand in code or within another block."""
    found: list[Instruction] = []
    part, in_list = "", False
    for line in _outside_code(text):
        heading, item = HEADING.fullmatch(line), ITEM.fullmatch(line)
        if heading:
            part, in_list = heading[1], False
        elif item:
            if not in_list:
                found.append(Instruction(article, part))
            found[-1].steps.append(item[1])
            in_list = True
        elif in_list and line.startswith("   "):
            found[-1].steps[-1] += f" {line.strip()}"
        elif line.strip():
            in_list = False
    return found


def instructions_below(folder: Path) -> list[Instruction]:
    """Those of every article of a folder."""
    paths = sorted(path for path in folder.rglob("*.md") if not path.name.startswith("_"))
    return [
        one
        for path in paths
        for one in instructions(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix())
    ]


def _outside_code(text: str) -> Iterator[str]:
    fence = ""
    for line in text.splitlines():
        mark = FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and line.strip() == mark[1] else fence
        elif mark:
            fence = mark[1]
        else:
            yield line
