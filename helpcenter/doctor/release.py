"""Whether what is installed is whole: the libraries this release names, and translations made from its texts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from re import MULTILINE, compile
from shlex import quote

from config import ROOT
from helpcenter.doctor.finding import Finding
from helpcenter.doctor.ground import Ground

REQUIREMENTS = ROOT / "requirements.txt"
TRANSLATIONS = ROOT / "helpcenter" / "translations"
# What stands under a condition is for other systems or other releases of Python.
PINNED = compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)\s*\\?$", MULTILINE)
MOST_NAMED = 3


def libraries(_ground: Ground) -> Iterator[Finding]:
    """Whether each library is there as this release was tested with it."""
    strange = [name for name, wanted in PINNED.findall(REQUIREMENTS.read_text()) if _installed(name) != wanted]
    if strange:
        more = f" and {len(strange) - MOST_NAMED} more" if len(strange) > MOST_NAMED else ""
        yield Finding(
            "libraries",
            f"Not installed as this release needs them: {', '.join(strange[:MOST_NAMED])}{more}",
            "Pages may break where a library is older than the code that uses it",
            command=f"{quote(sys.executable)} -m pip install --require-hashes -r {quote(str(REQUIREMENTS))}",
        )


def translations(_ground: Ground) -> Iterator[Finding]:
    """Whether the translations that are read were made from those that are written."""
    old = [path.parts[-3] for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")) if _is_old(path)]
    if old:
        yield Finding(
            "translations",
            f"The translations are not compiled or old: {', '.join(old)}",
            "Pages appear in English, or with words of an older release",
            command=f"{quote(str(Path(sys.executable).with_name('pybabel')))} compile -d {quote(str(TRANSLATIONS))}",
        )


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _is_old(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
