"""What ships with the product besides its code: `templates`, `static` and `articles`, which is the manual."""

from __future__ import annotations

from pathlib import Path

from config import ROOT, SHIPPED

FOLDERS = ("templates", "static", "articles")


def folder(name: str) -> Path:
    """Where one of FOLDERS lies: inside the package once it is installed, at the root of a checkout.

    Raises ValueError for another name.
    """
    if name not in FOLDERS:
        raise ValueError(f"{name} does not ship with the product")
    return (SHIPPED if SHIPPED.is_dir() else ROOT) / name
