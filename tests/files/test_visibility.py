import pytest

from helpcenter.accounts.viewer import STRANGER
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.core.subjects import Subject
from helpcenter.files import file as files
from helpcenter.files import upload
from helpcenter.files.visibility import visible_file
from tests.files.pictures import picture

PUBLIC, FOR_MEMBERS, HIDDEN = 1, 2, 3


@pytest.fixture
def shelf(app, monkeypatch):
    """A kind of thing of which one is public, one for members, one hidden."""

    def visible(ids, viewer, _locale):
        seen = {PUBLIC, FOR_MEMBERS} if viewer.id else {PUBLIC}
        return seen & set(ids)

    subject = Subject(url=lambda _id, _locale: "", titles=lambda _ids, _locale: {}, visible=visible)
    monkeypatch.setitem(app.extensions.setdefault("subjects", {}), "shelf", subject)


@pytest.fixture
def kept(app, cast):
    return upload.store_picture(picture("PNG", (1600, 20)), by=cast.id_of("ada"))


def show_on(file, *subject_ids, kind="shelf"):
    begin_write()
    for subject_id in subject_ids:
        files.show([file.name], kind=kind, subject_id=subject_id)
    db.session.commit()


def test_what_nothing_shows_yet_is_for_its_owner_and_for_editors(cast, kept):
    for name in ("ada", "root"):
        assert not visible_file(kept.name, cast.viewer(name)).is_public
    for viewer in (STRANGER, cast.viewer("ben"), cast.viewer("sam"), cast.viewer("mia")):
        with pytest.raises(NotFound):
            visible_file(kept.name, viewer)


def test_what_a_public_thing_shows_is_public(cast, kept, shelf):
    show_on(kept, PUBLIC)
    assert visible_file(kept.name, STRANGER).is_public
    assert visible_file(kept.name, cast.viewer("ben")).is_public


def test_what_a_members_thing_shows_is_for_members(cast, kept, shelf):
    show_on(kept, FOR_MEMBERS)
    assert not visible_file(kept.name, cast.viewer("ben")).is_public
    with pytest.raises(NotFound):
        visible_file(kept.name, STRANGER)


def test_one_public_use_among_hidden_ones_makes_it_public(kept, shelf):
    show_on(kept, HIDDEN, PUBLIC, FOR_MEMBERS)
    assert visible_file(kept.name, STRANGER).is_public


def test_a_thing_that_shows_it_no_longer_gives_no_sight_of_it(kept, shelf):
    show_on(kept, PUBLIC)
    begin_write()
    files.show([], kind="shelf", subject_id=PUBLIC)
    db.session.commit()
    with pytest.raises(NotFound):
        visible_file(kept.name, STRANGER)


def test_parts_of_one_thing_show_their_own_files(kept, shelf):
    begin_write()
    files.show([kept.name], kind="shelf", subject_id=PUBLIC, part="en")
    files.show([], kind="shelf", subject_id=PUBLIC, part="es")
    db.session.commit()
    assert visible_file(kept.name, STRANGER).is_public


def test_what_the_site_shows_is_public(kept):
    show_on(kept, 1, kind="site")
    assert visible_file(kept.name, STRANGER).is_public


@pytest.mark.parametrize(
    "name", ["", "nothing.webp", "A" * 22 + ".webp", "../secret_key", "x" * 500, "é" * 22 + ".webp"]
)
def test_a_name_of_nothing_is_not_found(cast, name):
    with pytest.raises(NotFound):
        visible_file(name, cast.viewer("root"))
