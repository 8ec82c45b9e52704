from __future__ import annotations

import errno
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from helpcenter.backup import archive, data_folder, restoring, shelf, snapshot
from helpcenter.backup.digest import Digest
from helpcenter.backup.refusal import Refused
from helpcenter.core import clock, migration
from helpcenter.core.db import begin_write, db
from helpcenter.files import storage
from tests.backup.conftest import Elsewhere
from tests.cast import Cast

pytestmark = pytest.mark.alike


@pytest.fixture
def written(app: Flask, cast: Cast, tmp_path: Path) -> Path:
    cast.id_of("ada")
    return archive.write(app, tmp_path / "site.zip")


def test_only_its_owner_may_read_it(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert [path.name for path in written.parent.iterdir()] == ["site.zip"]


def test_one_that_was_cut_off_or_changed_anywhere_is_refused(written: Path, tmp_path: Path) -> None:
    whole, other = written.read_bytes(), tmp_path / "other.zip"
    for at in {0, 1, 4, *range(0, len(whole), len(whole) // 30), *range(len(whole) - 100, len(whole), 7)}:
        other.write_bytes(whole[:at])
        with pytest.raises(Refused):
            archive.verify(other)
        other.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Refused):
            archive.verify(other)
    other.write_bytes(whole + b"\n")
    with pytest.raises(Refused):
        archive.verify(other)
    assert archive.verify(written).rows > 0


def test_what_is_no_archive_is_called_so(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG" * 100)
    with pytest.raises(Refused, match=r"picture.png is no archive of this product"):
        archive.verify(picture)
    with pytest.raises(Refused, match="No such file"):
        archive.verify(tmp_path / "nothing.zip")
    with pytest.raises(Refused, match="Is a directory"):
        archive.verify(tmp_path)


def test_a_damaged_one_touches_nothing(written: Path, elsewhere: Elsewhere) -> None:
    place = elsewhere("sqlite", bare=True)
    written.write_bytes(written.read_bytes()[:-1])
    with pytest.raises(Refused, match="cut off"):
        restoring.restore(written, place)
    assert not place.data_dir.exists()


def test_one_of_a_newer_release_is_refused_before_anything_is_touched(
    app: Flask, tmp_path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as ahead:
        ahead.setattr(migration, "revision", lambda _: "9999")
        newer = archive.write(app, tmp_path / "newer.zip")
    place = elsewhere("sqlite", bare=True)
    with pytest.raises(Refused, match="newer than this one: update first"):
        restoring.restore(newer, place)
    assert not place.data_dir.exists()


def test_nothing_is_ever_overwritten(app: Flask, written: Path, tmp_path: Path) -> None:
    before = written.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        archive.write(app, written)
    with pytest.raises(Refused, match="no folder"):
        archive.write(app, tmp_path / "missing" / "site.zip")
    assert written.read_bytes() == before


def test_where_there_is_no_site_yet_none_is_written(fresh: Flask, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no site yet"):
        archive.write(fresh, tmp_path / "site.zip")
    assert not list(tmp_path.glob("*.zip"))


def test_a_full_disk_leaves_nothing_behind(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.write("a.webp", b"bytes")

    def full(*_: object, **__: object) -> bytes:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(storage, "read", full)
    target = tmp_path / "copies"
    target.mkdir()
    with pytest.raises(OSError, match="full"):
        archive.write(app, target / "site.zip")
    assert list(target.iterdir()) == []


def test_uploaded_files_are_in_it_and_one_that_was_deleted_meanwhile_is_not_missed(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.write("Ab.webp", b"\x00large")
    storage.write("Ab.webp", b"small", small=True)
    listed = [*storage.kept(), ("gone.webp", False)]
    monkeypatch.setattr(storage, "kept", lambda: iter(listed))
    with archive.opened(archive.write(app, tmp_path / "site.zip")) as reader:
        assert set(reader.files()) == {("Ab.webp", False, b"\x00large"), ("Ab.webp", True, b"small")}
    assert archive.verify(tmp_path / "site.zip").files == 2


def test_it_holds_the_secret_key_of_the_folder_but_none_of_the_environment(app: Flask, tmp_path: Path) -> None:
    settings = app.config["SETTINGS"]
    path = settings.data_dir / data_folder.KEY
    assert not archive.verify(archive.write(app, tmp_path / "without.zip")).has_key
    path.write_text("another key, which the environment overrides")
    try:
        assert not archive.verify(archive.write(app, tmp_path / "overridden.zip")).has_key
        path.write_text(f"{settings.secret_key}\n")
        assert archive.verify(archive.write(app, tmp_path / "with.zip")).has_key
    finally:
        path.unlink()
    told = "".join(path.read_bytes().decode("latin-1") for path in tmp_path.glob("without.zip"))
    assert settings.secret_key not in told


def test_what_is_committed_later_is_not_in_it(app: Flask, cast: Cast) -> None:
    with snapshot.taken(db.engine) as connection:
        begin_write()
        db.session.execute(text("INSERT INTO tag (name) VALUES ('late')"))
        db.session.commit()
        assert connection.scalar(text("SELECT count(*) FROM tag")) == 0
    with snapshot.taken(db.engine) as connection:
        assert connection.scalar(text("SELECT count(*) FROM tag")) == 1


def test_a_checksum_knows_a_changed_row_and_not_the_order() -> None:
    def told(*lines: bytes) -> tuple[int, str]:
        digest = Digest()
        assert list(digest.passing(lines)) == list(lines)
        return digest.rows, digest.checksum

    assert told(b"a", b"b", b"b") == told(b"b", b"a", b"b")
    assert told(b"a", b"b", b"b") != told(b"a", b"a", b"b")
    assert told(b"a") != told(b"b")
    assert told() != told(b"")


def test_old_copies_leave_and_other_files_stay(app: Flask, tmp_path: Path) -> None:
    settings = app.config["SETTINGS"]
    made = []
    for hours in range(3):
        with clock.moved(clock.now() + timedelta(hours=hours)):
            for _ in range(2):
                made.append(shelf.next_path(settings, tmp_path))
                made[-1].touch()
    unfinished = tmp_path / f".{made[0].name}.0123abcd.part"
    for path in (unfinished, tmp_path / "helpcenter-keep-me.zip"):
        path.touch()
    assert set(shelf.prune(tmp_path, 3)) == {*made[:3], unfinished}
    assert sorted(tmp_path.iterdir()) == sorted([*made[3:], tmp_path / "helpcenter-keep-me.zip"])


def test_a_copy_without_a_name_lies_in_a_folder_of_its_own(app: Flask) -> None:
    path = shelf.next_path(app.config["SETTINGS"])
    assert path.parent == app.config["SETTINGS"].data_dir / "backups"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert shelf.NAME.fullmatch(path.name)
