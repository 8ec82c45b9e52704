"""What ships speaks of the product alone."""

from __future__ import annotations

import re
import subprocess
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
