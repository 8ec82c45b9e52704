"""Reading JSON as those interfaces give it: pages of lists, and single things, gathered by what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from helpcenter.articles.folder.reading import FolderRefused
from helpcenter.core import clock

Item = Mapping[str, Any]
SUFFIX = ".json"
MOST_MEGABYTES = 512
LARGEST = 2**31 - 1
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_NO_SIGN = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


class Lists:
    """The things that were found, by the plural of what they are, in the order of the files.

    `plurals` are the names of lists, each with the name of a single one.
    """

    def __init__(self, plurals: Mapping[str, str]) -> None:
        self.plurals = plurals
        self.items: dict[str, list[Item]] = {plural: [] for plural in plurals}
        self.unknown: list[str] = []

    def of(self, plural: str) -> list[Item]:
        """What was found of a kind."""
        return self.items[plural]

    def take(self, name: str, content: Any) -> None:
        """Take what a file holds. Raises FolderRefused, naming the file."""
        found = list(self._found(name, content)) if isinstance(content, dict) else []
        if not found:
            self.unknown.append(name)
        for plural, items in found:
            self.items[plural] += self._checked(name, plural, items)

    def _found(self, name: str, content: Item) -> Iterator[tuple[str, list[Any]]]:
        for plural, single in self.plurals.items():
            if plural in content:
                held = content[plural]
                # One of the systems puts a page's numbers beside its items.
                held = held.get("items") if isinstance(held, dict) else held
                if not isinstance(held, list):
                    raise FolderRefused(f"{name}: {plural} is no list")
                yield plural, held
            if isinstance(content.get(single), dict):
                yield plural, [content[single]]

    def _checked(self, name: str, plural: str, items: list[Any]) -> list[Item]:
        for number, item in enumerate(items, start=1):
            if not isinstance(item, dict):
                raise FolderRefused(f"{name}: number {number} of {plural} is no object")
        return items


def read(path: Path, lists: Lists) -> Lists:
    """Everything a file holds, or all the files of a folder. Raises FolderRefused with one line that names the file."""
    files = [path] if path.is_file() else sorted(_json_files(path))
    if not files:
        raise FolderRefused(f"there is no file that ends with {SUFFIX} in {path}")
    for file in files:
        lists.take(str(file), _content(file))
    if not any(lists.items.values()):
        wanted = " or ".join(lists.plurals)
        raise FolderRefused(f"{path}: nothing of what is needed is in it, such as a list named {wanted}")
    return lists


def _json_files(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for file in folder.rglob(f"*{SUFFIX}"):
        if any(part.startswith(".") for part in file.relative_to(folder).parts) or not file.is_file():
            continue
        # An export is unpacked as somebody else packed it.
        if not file.resolve().is_relative_to(root):
            raise FolderRefused(f"{file}: a link that leads out of the folder")
        yield file


def _content(file: Path) -> Any:
    try:
        if file.stat().st_size > MOST_MEGABYTES * 1024 * 1024:
            raise FolderRefused(f"{file}: larger than {MOST_MEGABYTES} MB; save it in several pages")
        written = file.read_bytes().decode("utf-8-sig")
        content = json.loads(written)
        return _whole(content) if _NO_SIGN.search(written) else content
    except json.JSONDecodeError as error:
        raise FolderRefused(f"{file}: no JSON, line {error.lineno}: {error.msg}") from None
    except UnicodeDecodeError:
        raise FolderRefused(f"{file}: not UTF-8") from None
    except FolderRefused:
        raise
    except (RecursionError, ValueError):
        raise FolderRefused(f"{file}: no JSON that one of these systems writes") from None
    except OSError as error:
        raise FolderRefused(f"{file}: can not be read: {error.strerror}") from None


def _whole(value: Any) -> Any:
    """The same without what no file and no database holds: halves of signs, and the sign that is none."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return {_whole(key): _whole(one) for key, one in value.items()} if isinstance(value, dict) else value


def text(item: Item, *names: str) -> str:
    """The first of these values that says something, as text; '' for none."""
    for name in names:
        value = item.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return ""


def number(item: Item, name: str) -> int | None:
    """A value as a whole number; None where it is none, or one that no column holds."""
    value = item.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return int(value) if -LARGEST <= value <= LARGEST else None


def words(item: Item, name: str) -> tuple[str, ...]:
    """A list of texts, each once."""
    value = item.get(name)
    found = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found if isinstance(one, str) and one.strip()))


def objects(item: Item, name: str) -> list[Item]:
    """A list of objects."""
    value = item.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def moment(item: Item, *names: str) -> datetime | None:
    """The first of these values that is a time: written out, or in seconds since 1970.

    Some systems write the year 1 for never, so what is before 1990 or yet to come is no time.
    """
    latest = clock.now() + timedelta(days=1)
    found = (_moment(item.get(name)) for name in names)
    return next((one for one in found if one is not None and EARLIEST <= one <= latest), None)


def _moment(value: object) -> datetime | None:
    try:
        if isinstance(value, str) and value:
            found = datetime.fromisoformat(value.replace("Z", "+00:00"))
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        if isinstance(value, int | float) and not isinstance(value, bool) and value:
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def merged(items: Iterable[Item], key: str = "id") -> dict[str, dict[str, Any]]:
    """Things by their id; of several of the same, each value that says something is kept, the last said first."""
    result: dict[str, dict[str, Any]] = {}
    for item in items:
        if name := text(item, key):
            known = result.setdefault(name, {})
            known.update({field: value for field, value in item.items() if field not in known or value is not None})
    return result
