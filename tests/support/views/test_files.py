"""Files beside a message: taken in, cleaned, kept while the form is not sent, and seen by nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from helpcenter.accounts import erasure
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.files import storage
from helpcenter.files.file import File
from helpcenter.search import drainer
from helpcenter.support import attachment
from helpcenter.support.attachment import Attachment
from helpcenter.support.said import messages
from tests.cast import Cast
from tests.files.pictures import photograph_on_its_side, picture
from tests.files.stored import age_everything
from tests.shelf import put_article
from tests.support.letters_to_us import COMPLAINT, kept, opened, written

SHOT = ("shot.jpg", photograph_on_its_side())
LOG = ("console.log", "Ошибка 500\n".encode())


def files(*sent: tuple[str, bytes]) -> list[tuple[BytesIO, str]]:
    return [(BytesIO(data), name) for name, data in sent]


def rows() -> list[Attachment]:
    db.session.rollback()
    return list(db.session.scalars(select(Attachment).order_by(Attachment.id)))


def attached(page: TestResponse) -> list[str]:
    """The keys of the files that a form which came back holds."""
    return re.findall(r'name="attached" value="(\w+)" checked', page.text)


def links(page: TestResponse) -> list[str]:
    return [one.replace("&amp;", "&") for one in re.findall(r'href="([^"]+/files/\d+[^"]*)"', page.text)]


def test_files_come_with_the_message_and_are_seen_by_its_writer_and_by_us(
    app: Flask, stranger: FlaskClient, cast: Cast
) -> None:
    sent = written(stranger, files=files(SHOT, LOG))
    page = stranger.get(sent.headers["Location"])
    shot, log = links(page)
    picture_sent = stranger.get(shot)
    assert picture_sent.mimetype == "image/webp"
    assert b"a secret comment" not in picture_sent.data and b"taken at home" not in picture_sent.data
    assert Image.open(BytesIO(picture_sent.data)).size == (20, 40)
    assert "sandbox" in picture_sent.headers["Content-Security-Policy"]
    text_sent = stranger.get(log)
    assert text_sent.text == "Ошибка 500\n"
    assert text_sent.mimetype == "text/plain"
    assert text_sent.headers["Content-Disposition"] == "attachment; filename*=UTF-8''console.log"
    for answer in (picture_sent, text_sent):
        assert answer.headers["Cache-Control"].find("no-store") >= 0
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    (row,) = kept()
    inbox = cast.browser("sam").get(f"/inbox/{row.id}")
    assert [cast.browser("sam").get(one).status_code for one in links(inbox)] == [200, 200]


def test_nobody_else_sees_a_file_of_a_conversation(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    sent = written(stranger, files=files(SHOT, LOG))
    (row,) = kept()
    with_key = links(stranger.get(sent.headers["Location"]))
    without_key = [one.partition("?")[0] for one in with_key]
    other = written(stranger, message="Another thing that I need to know of you.")
    key = other.headers["Location"].partition("key=")[2]
    for path in [*without_key, *(f"{one}?key={key}" for one in without_key)]:
        assert app.test_client().get(path).status_code == 404
        for who in ("ben", "ada", "mia"):
            assert cast.browser(who).get(path).status_code == 404
    name = db.session.scalars(select(File.name)).one()
    for who in ("ben", "ada", "sam", "root"):
        assert cast.browser(who).get(f"/files/{name}").status_code == 404
    assert cast.browser("ada").get(f"/inbox/{row.id}/files/{rows()[0].id}").status_code in (403, 404)


def test_a_file_of_a_note_is_ours_alone(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    row = opened()
    cast.browser("sam").post(f"/inbox/{row.id}/messages", data={"message": "Look.", "act": "note", "files": files(LOG)})
    (note,) = rows()
    assert cast.browser("sam").get(f"/inbox/{row.id}/files/{note.id}").status_code == 200
    assert stranger.get(f"/en/conversations/{row.id}/files/{note.id}?key={row.key}").status_code == 404


def test_a_form_that_comes_back_has_lost_no_file(app: Flask, stranger: FlaskClient) -> None:
    back = written(stranger, email="nonsense", files=files(SHOT))
    assert back.status_code == 422
    keys = attached(back)
    assert len(keys) == 1 and "shot.jpg" in back.text and COMPLAINT in back.text
    written(stranger, attached=keys, files=files(LOG))
    (row,) = kept()
    (message,) = messages(row, with_notes=True)
    assert [one.name for one in attachment.of_messages([message.id])[message.id]] == ["shot.jpg", "console.log"]


def test_a_file_that_is_taken_off_again_is_not_sent(app: Flask, stranger: FlaskClient) -> None:
    assert len(attached(written(stranger, email="nonsense", files=files(SHOT)))) == 1
    written(stranger)
    assert [one.message_id for one in rows()] == [None]


def test_answers_offered_before_sending_keep_the_files(app: Flask, stranger: FlaskClient) -> None:
    put_article("The invoice page stays white", body="Reload the invoice page with Ctrl and F5.")
    drainer.drain()
    offered = written(stranger, shown="", files=files(SHOT))
    assert offered.status_code == 200 and len(attached(offered)) == 1
    assert kept() == []


def test_nobody_takes_a_file_that_waits_for_the_message_of_another(app: Flask, stranger: FlaskClient) -> None:
    written(stranger, email="nonsense", files=files(SHOT))
    written(app.test_client(), attached=["0" * 32, "", "x"])
    assert [one.message_id for one in rows()] == [None]


def test_a_form_sent_twice_keeps_its_files_once(app: Flask, stranger: FlaskClient) -> None:
    page = written(stranger, email="nonsense", files=files(SHOT))
    began = re.search(r'name="began"[^>]*value="([^"]*)"', page.text)
    assert began
    data = {"email": "ben@example.org", "message": COMPLAINT, "began": began[1], "shown": "1"}
    headers = {"User-Agent": "Mozilla/5.0 Firefox/128.0"}
    with clock.moved(clock.now() + timedelta(seconds=60)):
        for _ in range(2):
            app.test_client().post("/en/contact", data={**data, "files": files(LOG)}, headers=headers)
    assert len(kept()) == 1
    assert len([one for one in rows() if one.message_id]) == 1


REFUSED = [
    (
        "run.exe",
        b"MZ\x90\x00\x03",
        "run.exe: Pictures (PNG, JPEG, WebP, GIF) and plain text of up to 1 MB can be added.",
    ),
    ("drawing.svg", b"<svg xmlns='x'/>", "drawing.svg: SVG drawings can carry scripts"),
    ("long.log", b"x" * (1024 * 1024 + 1), "long.log: Pictures (PNG, JPEG, WebP, GIF) and plain text of up to 1 MB"),
    (
        "huge.log",
        b"x" * (5 * 1024 * 1024 + 2),
        "huge.log: Pictures (PNG, JPEG, WebP, GIF) and plain text of up to 1 MB",
    ),
    ("half.png", picture()[:60], "half.png: The picture cannot be read"),
]


@pytest.mark.parametrize(("name", "data", "told"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_can_not_be_kept_is_told_with_every_word_and_the_other_files_kept(
    app: Flask, stranger: FlaskClient, name: str, data: bytes, told: str
) -> None:
    back = written(stranger, files=files(LOG, (name, data)))
    assert back.status_code == 422
    assert told in back.text and COMPLAINT in back.text
    assert len(attached(back)) == 1
    assert kept() == []


def test_more_files_than_a_form_takes_are_told(app: Flask, stranger: FlaskClient) -> None:
    back = written(stranger, files=files(*((f"{number}.log", b"x") for number in range(7))))
    assert back.status_code == 422
    assert "5 files at most." in back.text
    assert len(attached(back)) == 5


def test_a_form_that_a_program_filled_in_costs_no_picture(app: Flask, stranger: FlaskClient) -> None:
    assert written(stranger, website="http://spam.example", files=files(SHOT)).status_code == 422
    assert rows() == []
    assert db.session.scalars(select(File)).all() == []


def test_the_letters_name_the_files(app: Flask, cast: Cast) -> None:
    row = opened()
    cast.browser("sam").post(f"/inbox/{row.id}/messages", data={"message": "Look here.", "files": files(LOG)})
    letter = db.session.scalars(select(OutgoingMail)).one()
    assert "console.log" in letter.text


def test_what_no_message_took_is_forgotten_after_a_day(app: Flask, stranger: FlaskClient) -> None:
    written(stranger, email="nonsense", files=files(SHOT))
    written(stranger, files=files(LOG))
    with clock.moved(clock.now() + attachment.WAITS + timedelta(minutes=1)):
        attachment.forget_waiting()
    assert [one.name for one in rows()] == ["console.log"]
    assert db.session.scalars(select(File)).all() == []


def test_whoever_leaves_takes_their_files_along(app: Flask, cast: Cast) -> None:
    same = ("same.png", picture())
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    written(ben, files=files(same, LOG))
    written(cleo, email="cleo@example.org", files=files(same))
    assert "console.log" in str(erasure.export(cast.id_of("ben")))
    begin_write()
    erasure.erase(cast.id_of("ben"))
    db.session.commit()
    age_everything()
    storage.sweep()
    assert [one.name for one in rows()] == ["same.png"]
    (left,) = db.session.scalars(select(File.name))
    assert [name for name, is_small in storage.kept() if not is_small] == [left]


def test_the_name_of_a_file_is_one_that_every_database_keeps(app: Flask, stranger: FlaskClient) -> None:
    written(stranger, files=files(("a\u202e\x0bcod.log", b"x")))
    assert [row.name for row in rows()] == ["acod.log"]
