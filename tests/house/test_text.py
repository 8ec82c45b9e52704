"""What ships speaks of the product alone."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from config import ROOT

SUFFIXES = {".py", ".md", ".html", ".txt", ".css", ".js", ".toml", ".xml", ".po", ".pot", ".yml", ".yaml", ".sh", ""}
# Assembled from parts, so that this file does not hold the words it looks for.
ORIGINS = re.compile(
    "|".join(
        (
            r"\bissue\s+#?\d+\b",
            "shared/" + "design",
            r"\bhouse" + r"\.md\b",
            "/tmp/" + "hc",
            r"\b(anth" + r"ropic|clau" + r"de|open" + r"ai|chat" + r"gpt|copi" + r"lot)\b",
            r"\b(written|generated|made) (by|with) (an? )?(ai|llm|language model|model|assistant|agent)\b",
            "co-" + "authored-by",
            r"\bas an ai\b",
        )
    ),
    re.IGNORECASE,
)
LONG = 100
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
LISTED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
FILES = [name for name in LISTED if Path(name).suffix in SUFFIXES and (ROOT / name).is_file()]


@pytest.mark.skipif(not FILES, reason="not a checkout")
def test_no_file_tells_how_it_came_about_or_is_left_unfinished() -> None:
    found = []
    for name in FILES:
        try:
            text = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if ORIGINS.search(line) or UNFINISHED.search(line):
                found.append(f"{name}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)


@pytest.mark.skipif(not FILES, reason="not a checkout")
def test_no_commit_does_either() -> None:
    told = subprocess.run(["git", "log", "--format=%h %B"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not [line for line in told.splitlines() if ORIGINS.search(line)]


def test_no_page_of_the_manual_says_a_paragraph_twice() -> None:
    pages = {path: path.read_text().split("\n\n") for path in (ROOT / "articles").rglob("*.md")}
    assert len(pages) > 100
    twice = [
        f"{path.relative_to(ROOT)}: {part[:80]}"
        for path, parts in pages.items()
        for part, times in Counter(parts).items()
        if times > 1 and len(part) > LONG
    ]
    assert twice == []
