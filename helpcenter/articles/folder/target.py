"""Writing into a folder: never outside of it, never over what was changed there and not imported yet."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.report import Outcome, Report
from helpcenter.files import storage

NOT_IMPORTED = "changed here and not imported yet; it stays as it is"


class Target:
    """A folder that is written into."""

    def __init__(self, directory: Path, report: Report) -> None:
        self.directory = directory
        self.report = report

    def write(self, path: str, text: str, known_sha256: str) -> bool:
        """Whether the file now says this. One that says something we do not know is left alone and reported."""
        target = self._within(path)
        if target is None:
            return False
        data = text.encode()
        there = target.read_bytes() if target.is_file() else None
        if there is not None and there != data and sha256(there).hexdigest() != known_sha256:
            self.report.add(path, Outcome.CONFLICT)
            self.report.findings.append(Finding(path, 0, NOT_IMPORTED, Level.WARNING))
            return False
        self.report.add(path, Outcome.UNCHANGED if there == data else Outcome.EXPORTED)
        if there != data:
            self._put(target, data)
        return True

    def write_picture(self, path: str, name: str) -> None:
        """Put the picture of this name where none stands yet: the folder's own is the better one."""
        target = self._within(path)
        if target is None or target.exists():
            return
        try:
            self._put(target, storage.read(name))
        except OSError as error:
            self.report.findings.append(Finding(path, 0, f"the picture can not be written: {error.strerror}"))

    def _within(self, path: str) -> Path | None:
        target = self.directory / path
        if target.resolve().is_relative_to(self.directory):
            return target
        self.report.findings.append(Finding(path, 0, "a link leads out of the folder here"))
        return None

    @staticmethod
    def _put(target: Path, data: bytes) -> None:
        # Written beside and renamed, so that a file is never half there.
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = target.with_name(f".{target.name}.new")
        scratch.write_bytes(data)
        scratch.replace(target)
