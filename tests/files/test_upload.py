import subprocess
import sys
from unittest.mock import Mock

import pytest
from sqlalchemy import func, select

from helpcenter.core import worker
from helpcenter.core.db import begin_write, db
from helpcenter.files import file as files
from helpcenter.files import storage, upload
from helpcenter.files.file import File
from helpcenter.files.picture import PictureRefused, Reason
from tests.files.pictures import opened, picture


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(File))


def test_a_stored_picture_lies_on_disk_under_the_name_of_its_row(app, cast):
    file = upload.store_picture(picture("PNG", (1600, 900)), by=cast.id_of("ada"))
    kept = storage.read(file.name)
    assert (len(kept), opened(kept).size) == (file.bytes, (file.width, file.height)) == (file.bytes, (1600, 900))
    assert opened(storage.read(file.name, small=True)).width == file.small_width


def test_the_name_says_nothing_about_the_picture_and_is_never_the_same(app):
    names = {upload.store_picture(picture(color=(shade, 0, 0)), by=None).name for shade in range(5)}
    assert len(names) == 5
    assert all(len(name) == 27 for name in names)


def test_not_even_whoever_has_the_picture_itself_can_tell_its_name(app):
    # Whether it was sent to somebody could be asked by its address otherwise.
    assert len({upload.prepare(picture()).name for _ in range(3)}) == 3


def test_the_same_picture_twice_is_kept_once(app, cast):
    first = upload.store_picture(picture(), by=cast.id_of("ada"))
    second = upload.store_picture(picture(), by=cast.id_of("root"))
    assert (first.name, second.owner_id, count()) == (second.name, cast.id_of("ada"), 1)


def test_two_who_send_the_same_at_the_same_moment_share_it(app):
    ours, theirs = upload.prepare(picture()), upload.prepare(picture())
    begin_write()
    kept = upload.keep(ours, by=None)
    also = upload.keep(theirs, by=None)
    db.session.commit()
    assert kept.name == also.name == ours.name
    assert count() == 1


def test_a_refused_upload_leaves_nothing(app, settings):
    with pytest.raises(PictureRefused):
        upload.store_picture(b"<svg/>", by=None)
    assert count() == 0
    assert not list(storage.kept())


@pytest.mark.parametrize(
    ("problem", "reason"),
    [(worker.WorkerTimedOut("20 s"), Reason.TOO_SLOW), (worker.WorkerDied("killed"), Reason.BROKEN)],
)
def test_a_picture_that_a_decoder_does_not_survive_is_refused(app, monkeypatch, problem, reason):
    monkeypatch.setattr(worker, "call", Mock(side_effect=problem))
    with pytest.raises(PictureRefused) as refused:
        upload.store_picture(picture(), by=None)
    assert refused.value.reason == reason
    assert not list(storage.kept())


def test_importing_again_finds_the_picture_by_where_it_came_from(app):
    first = upload.store_picture(picture(color=(1, 1, 1)), by=None, source_key="images/start.png")
    assert files.by_source("images/start.png").name == first.name
    changed = upload.store_picture(picture(color=(2, 2, 2)), by=None, source_key="images/start.png")
    assert files.by_source("images/start.png").name == changed.name != first.name
    assert files.by_source("images/other.png") is None


def test_two_places_may_hold_the_same_picture(app):
    upload.store_picture(picture(), by=None, source_key="a.png")
    upload.store_picture(picture(), by=None, source_key="b.png")
    assert files.by_source("a.png").id == files.by_source("b.png").id


def test_no_web_process_loads_a_decoder():
    code = "import sys, helpcenter.files.upload, helpcenter.files.registration; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
