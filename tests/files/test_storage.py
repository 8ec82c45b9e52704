import os
import time

import pytest

from helpcenter.files import storage, upload
from tests.files.pictures import picture


def age(path) -> None:
    long_ago = time.time() - storage.ORPHAN_SECONDS - 60
    os.utime(path, (long_ago, long_ago))


def test_what_a_crash_left_without_a_row_is_swept_after_a_day(app):
    prepared = upload.prepare(picture("PNG", (1600, 20)))
    lost = [storage.path_of(prepared.name, small=small) for small in (False, True)]
    assert storage.sweep() == 0
    for path in lost:
        age(path)
    assert storage.sweep() == 2
    assert not any(path.exists() for path in lost)


def test_what_has_a_row_is_never_swept(app):
    file = upload.store_picture(picture("PNG", (1600, 20)), by=None)
    kept = [storage.path_of(file.name, small=small) for small in (False, True)]
    for path in kept:
        age(path)
    assert storage.sweep() == 0
    assert all(path.exists() for path in kept)


def test_half_a_file_of_a_killed_process_is_swept(app):
    file = upload.store_picture(picture(), by=None)
    half = storage.path_of(file.name).with_name(f".{file.name}")
    half.write_bytes(b"half")
    age(half)
    assert storage.sweep() == 1
    assert storage.path_of(file.name).exists()


def test_a_full_disk_leaves_no_half_file(app, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        upload.store_picture(picture(), by=None)
    folder = app.config["SETTINGS"].data_dir / "files"
    assert [path for path in folder.rglob("*") if path.is_file()] == []
