"""The pictures that lie beside an export: found by the path of their address, else by their name alone."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


class PictureFiles:
    """The pictures of a folder by their paths; none where the export is a single file."""

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self._paths: set[str] = set()
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for file in sorted(root.rglob("*")) if root is not None else ():
            if file.suffix.lower() in SUFFIXES and file.is_file():
                path = file.relative_to(root).as_posix() if root else ""
                self._paths.add(path)
                self._by_name[file.name].append(path)

    def path(self, address: str) -> str:
        """The path in the folder, from its root, of the picture an address names; '' where it is not there.

        A name that several files have counts only with more of its path.
        """
        try:
            parts = [part for part in unquote(urlsplit(address).path).split("/") if part not in ("", ".", "..")]
        except ValueError:
            return ""
        for start in range(len(parts)):
            path = "/".join(parts[start:])
            if path in self._paths:
                return path
        same = self._by_name.get(parts[-1], []) if parts else []
        if len(same) == 1:
            return same[0]
        # The nearest folder that the address names as well decides.
        fitting = [path for path in same if len(parts) > 1 and parts[-2] in path.split("/")[:-1]]
        return fitting[0] if len(fitting) == 1 else ""
