"""What is examined: settings that may make no sense, and below them whatever can be reached."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from config import SQLITE_FILE, Settings
from helpcenter.doctor.finding import Finding

HERE = ("localhost", "127.0.0.1", "::1", "")


@dataclass(frozen=True)
class Ground:
    """`problems` are the reasons to refuse the settings; those that can not be read have their defaults."""

    settings: Settings
    environ: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether people come from elsewhere."""
        return urlsplit(self.settings.base_url).hostname not in (None, *HERE)

    @property
    def sqlite_file(self) -> str:
        """Where the database lies; '' for one that is no file."""
        if not self.settings.is_sqlite:
            return ""
        return urlsplit(self.settings.database_uri).path[1:] or str(self.settings.data_dir / SQLITE_FILE)


Check = Callable[[Ground], Iterator[Finding]]


def become_the_owner(ground: Ground) -> None:
    """Let root look with the eyes of whoever the data folder belongs to: what it left there they could not write."""
    with suppress(OSError):
        owner = ground.settings.data_dir.stat()
        if os.geteuid() == 0 and owner.st_uid != 0:
            os.setegid(owner.st_gid)
            os.seteuid(owner.st_uid)
