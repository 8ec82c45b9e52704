"""Uploaded files: rows whose bytes are gone, and bytes that no row names."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.doctor.finding import Finding
from helpcenter.doctor.ground import Ground
from helpcenter.files import storage
from helpcenter.files.file import File


def stored(_ground: Ground) -> Iterator[Finding]:
    """Compare both sides by name."""
    there = set(storage.kept())
    missing = [
        row.name
        for row in db.session.execute(select(File.name, File.small_width))
        if (row.name, False) not in there or (row.small_width and (row.name, True) not in there)
    ]
    if missing:
        yield Finding(
            "files-missing",
            f"The bytes of {len(missing)} uploaded pictures are gone, as of {missing[0]}",
            "Readers see a broken picture",
            "Bring back a backup, or upload them again; `helpcenter content check` names the pages.",
        )
    if left := storage.strays():
        yield Finding(
            "files-left",
            f"{left} stored files belong to nothing",
            "They take room, and pictures that somebody deleted are still on the disk",
            "The job process deletes them every day; at once:",
            "helpcenter files sweep",
        )
