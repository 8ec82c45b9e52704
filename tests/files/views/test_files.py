import pytest

from helpcenter.core.db import begin_write, db
from helpcenter.files import file as files
from helpcenter.files import storage, upload
from tests.files.pictures import opened, picture
from tests.files.stored import lose


@pytest.fixture
def draft_picture(cast):
    return upload.store_picture(picture("PNG", (1600, 20)), by=cast.id_of("ada"))


@pytest.fixture
def logo(draft_picture):
    begin_write()
    files.show([draft_picture.name], kind="site", subject_id=1)
    db.session.commit()
    return draft_picture


def test_a_public_picture_is_kept_for_a_year_and_can_not_act(stranger, logo):
    answer = stranger.get(logo.url)
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.data == storage.read(logo.name)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer.cache_control.public
    assert answer.cache_control.immutable
    assert "Set-Cookie" not in answer.headers


def test_an_unchanged_picture_is_not_sent_again(stranger, logo):
    etag = stranger.get(logo.url).headers["ETag"]
    assert stranger.get(logo.url, headers={"If-None-Match": etag}).status_code == 304
    assert stranger.get(logo.small_url, headers={"If-None-Match": etag}).status_code == 200


def test_the_small_variant_is_smaller(stranger, logo):
    assert opened(stranger.get(logo.small_url).data).width == 800


def test_a_narrow_picture_is_its_own_small_variant(cast):
    kept = upload.store_picture(picture(), by=cast.id_of("ada"))
    answer = cast.browser("ada").get(f"/files/small/{kept.name}")
    assert answer.data == storage.read(kept.name)


def test_a_picture_of_a_draft_is_its_editors_alone_and_no_shared_cache_keeps_it(cast, stranger, draft_picture):
    answer = cast.browser("ada").get(draft_picture.url)
    assert answer.status_code == 200
    assert answer.cache_control.private
    assert not answer.cache_control.public
    for address in (draft_picture.url, draft_picture.small_url):
        assert stranger.get(address).status_code == 404
        assert cast.browser("ben").get(address).status_code == 404


def test_a_file_whose_bytes_are_gone_is_not_found(stranger, logo):
    lose(logo.name)
    assert stranger.get(logo.url).status_code == 404


@pytest.mark.parametrize(
    "address", ["/files/../secret_key", "/files/%2e%2e%2fsecret_key", "/files/small/", "/files/secret_key"]
)
def test_nothing_else_of_the_data_folder_is_sent(stranger, app, address):
    assert stranger.get(address).status_code == 404
