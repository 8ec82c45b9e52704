"""An index that is gone, cut, scribbled over or of another version: one name for all of it, and one cure."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpcenter.search.document import Document
from helpcenter.search.engine import EngineDamaged
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from tests.search.conftest import document, found, query

DOCUMENTS = [document(n, f"Refund {n}", "Money comes back after some days. " * 20) for n in range(1, 40)]


def _build(path: Path) -> Path:
    return next(p for p in path.iterdir() if p.is_dir())


def _one(path: Path, suffix: str) -> Path:
    return next(p for p in _build(path).iterdir() if p.suffix == suffix)


def _cut(suffix: str, share: float) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        file = _one(path, suffix)
        os.truncate(file, int(file.stat().st_size * share))

    return cut


def _scribble(suffix: str, at: float, data: bytes) -> Callable[[Path], None]:
    def scribble(path: Path) -> None:
        file = _one(path, suffix)
        whole = bytearray(file.read_bytes())
        start = int(len(whole) * at)
        whole[start : start + len(data)] = data
        file.write_bytes(bytes(whole))

    return scribble


def _empty(path: Path) -> None:
    for file in _build(path).iterdir():
        file.unlink()


def _instead(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("no folder")


def _obstruct(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pointer(content: str) -> Callable[[Path], None]:
    def point(path: Path) -> None:
        (path / "current").write_text(content)

    return point


DAMAGES: dict[str, Callable[[Path], None]] = {
    "folder gone": shutil.rmtree,
    "a file in place of the folder": _instead,
    "build gone": lambda path: shutil.rmtree(_build(path)),
    "build emptied": _empty,
    "pointer gone": lambda path: (path / "current").unlink(),
    "pointer empty": _pointer(""),
    "pointer is no object": _pointer("[1]"),
    "pointer leads out": _pointer(json.dumps({"build": "../elsewhere", "version": "1.1"})),
    "pointer of another version": _pointer(json.dumps({"build": "build-1", "version": "0"})),
    "contents gone": lambda path: _one(path, ".toc").unlink(),
    "contents empty": _cut(".toc", 0),
    "contents cut": _cut(".toc", 0.5),
    "contents all zero": _scribble(".toc", 0, b"\0" * 60),
    "contents of rubbish": _scribble(".toc", 0.1, b"rubbish" * 2_000),
    "segment gone": lambda path: _one(path, ".seg").unlink(),
    "segment empty": _cut(".seg", 0),
    "segment cut": _cut(".seg", 0.7),
    "segment cut by a byte": _cut(".seg", 0.9999),
    "segment scribbled over in the beginning": _scribble(".seg", 0, b"\xff" * 40),
    "segment scribbled over in the middle": _scribble(".seg", 0.5, b"\0" * 40),
    "segment scribbled over at the end": _scribble(".seg", 0.99, b"\0" * 5),
    "checksum gone": lambda path: _one(path, ".sum").unlink(),
    "checksum of rubbish": _scribble(".sum", 0, b"{]"),
    # A folder answers whoever opens it with an error of the machine, as a disk that can not be read does.
    "pointer can not be opened": lambda path: _obstruct(path / "current"),
    "contents can not be opened": lambda path: _obstruct(_one(path, ".toc")),
    "segment can not be opened": lambda path: _obstruct(_one(path, ".seg")),
    "checksum can not be opened": lambda path: _obstruct(_one(path, ".sum")),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_has_one_name_and_one_cure(index_path: Path, name: str) -> None:
    WhooshEngine(index_path).rebuild(DOCUMENTS, applied=5)
    DAMAGES[name](index_path)
    engine = WhooshEngine(index_path)
    for act in (
        lambda: engine.search(query("refund")),
        lambda: engine.complete(query("ref", unfinished=True)),
        lambda: engine.correct(query("refnud")),
        lambda: engine.lookup([("article", 1)], query("refund")),
        lambda: engine.explain(query("refund"), ("article", 1)),
        lambda: engine.supposing([document(1, "Refund")]),
    ):
        with pytest.raises(EngineDamaged):
            act()
    assert engine.health().damage
    if index_path.is_file():
        index_path.unlink()
    assert engine.rebuild(DOCUMENTS, applied=6) == len(DOCUMENTS)
    assert engine.health().damage is None
    assert engine.search(query("refund")).total == len(DOCUMENTS)


@pytest.mark.parametrize("name", ["folder gone", "contents cut", "build gone", "pointer gone", "segment gone"])
def test_a_running_reader_notices_or_goes_on_rightly(index_path: Path, name: str) -> None:
    engine = WhooshEngine(index_path)
    engine.rebuild(DOCUMENTS)
    assert engine.search(query("refund")).total == len(DOCUMENTS)
    DAMAGES[name](index_path)
    try:
        assert engine.search(query("refund")).total == len(DOCUMENTS)
    except EngineDamaged:
        pass
    engine.rebuild(DOCUMENTS[:3])
    assert set(found(engine, "refund")) == {1, 2, 3}


def test_writing_a_damaged_index_is_refused_by_the_same_name(index_path: Path) -> None:
    engine = WhooshEngine(index_path)
    engine.rebuild(DOCUMENTS)
    DAMAGES["segment cut"](index_path)
    with pytest.raises(EngineDamaged):
        WhooshEngine(index_path).index([document(90, "Refund")])


def test_an_interrupted_rebuild_leaves_the_old_index_and_nothing_else(index_path: Path) -> None:
    engine = WhooshEngine(index_path)
    engine.rebuild(DOCUMENTS)

    def stopping() -> Iterator[Document]:
        yield DOCUMENTS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.rebuild(stopping())
    assert engine.search(query("refund")).total == len(DOCUMENTS)
    assert len([p for p in index_path.iterdir() if p.is_dir()]) == 1


def test_the_old_index_answers_while_the_new_one_is_built(index_path: Path) -> None:
    engine, seen = WhooshEngine(index_path), []
    engine.rebuild(DOCUMENTS[:2])

    def watched() -> Iterator[Document]:
        for one in DOCUMENTS:
            seen.append(engine.search(query("refund")).total)
            yield one

    progress: list[int] = []
    engine.rebuild(watched(), progress=progress.append)
    assert set(seen) == {2}
    assert progress[-1] == len(DOCUMENTS)
    assert engine.search(query("refund")).total == len(DOCUMENTS)
