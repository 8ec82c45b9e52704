import os
import time
from pathlib import Path

import pytest
from flask import Flask

from helpcenter.files import folder_store, storage, upload
from helpcenter.files.folder_store import ORPHAN_SECONDS, FolderStore
from tests.files.pictures import picture
from tests.files.stored import age_everything


def test_what_is_written_is_read_and_its_smaller_variant_too(app: Flask) -> None:
    storage.write("a.webp", b"large")
    storage.write("a.webp", b"small", small=True)
    assert (storage.read("a.webp"), storage.read("a.webp", small=True)) == (b"large", b"small")
    assert sorted(storage.kept()) == [("a.webp", False), ("a.webp", True)]


def test_a_file_that_is_not_there_is_said_as_the_disk_says_it(app: Flask) -> None:
    with pytest.raises(FileNotFoundError) as problem:
        storage.read("never.webp")
    assert problem.value.strerror


def test_machines_that_share_a_database_share_its_files(app: Flask) -> None:
    upload.store_picture(picture(), by=None)
    in_folder = [path for path in (app.config["SETTINGS"].data_dir / "files").rglob("*") if path.is_file()]
    assert bool(in_folder) == app.config["SETTINGS"].is_sqlite


def test_what_a_crash_left_without_a_row_is_swept_after_a_day(app: Flask) -> None:
    upload.prepare(picture("PNG", (1600, 20)))
    assert (storage.strays(), storage.sweep()) == (0, 0)
    age_everything()
    assert (storage.strays(), storage.sweep(), storage.strays()) == (2, 2, 0)
    assert list(storage.kept()) == []


def test_what_has_a_row_is_never_swept(app: Flask) -> None:
    upload.store_picture(picture("PNG", (1600, 20)), by=None)
    age_everything()
    assert storage.sweep() == 0
    assert len(list(storage.kept())) == 2


def test_half_a_file_of_a_killed_process_is_swept(tmp_path: Path) -> None:
    place = FolderStore(tmp_path)
    place.write("whole.webp", b"whole")
    half = place.path_of("whole.webp").with_name(".whole.webp")
    half.write_bytes(b"half")
    long_ago = time.time() - ORPHAN_SECONDS - 60
    os.utime(half, (long_ago, long_ago))
    assert [name for name, _ in place.kept()] == ["whole.webp"]
    assert place.sweep(lambda names: names) == 1
    assert place.read("whole.webp") == b"whole"


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder_store.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        FolderStore(tmp_path).write("whole.webp", b"whole")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
