from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from flask.testing import FlaskClient
from sqlalchemy import func, select

from helpcenter.accounts import erasure
from helpcenter.community.answer import Answer
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.files import waiting
from helpcenter.files.file import File
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.community.posts import put_answer, put_question
from tests.community.views.test_question import address
from tests.files.pictures import picture
from tests.shelf import put_topic


def send(browser: FlaskClient, alt: str = "A red button", size: tuple[int, int] = (40, 30)) -> dict[str, str]:
    data = {"file": (BytesIO(picture(size=size)), "shot.png"), "alt": alt}
    answer = browser.post("/en/questions/pictures", data=data, headers={"Accept": "application/json"})
    return {**answer.get_json(), "status": str(answer.status_code)}


def kept() -> int:
    return db.session.scalar(select(func.count(File.id))) or 0


def test_whoever_may_read_the_post_sees_its_picture(cast: Cast, stranger: FlaskClient) -> None:
    public, inside = put_question(cast), put_question(cast, topic_id=put_topic("in", "In", audience=Audience.MEMBERS))
    cleo = cast.browser("cleo")
    for asked, others in ((public, 200), (inside, 404)):
        sent = send(cleo, size=(40, 30 + asked))
        assert (sent["status"], sent["markdown"]) == ("201", f"![A red button]({sent['url']})")
        assert stranger.get(sent["url"]).status_code == 404 and cleo.get(sent["url"]).status_code == 200
        cleo.post(f"/en/questions/{asked}/answers", data={"text": f"Press it.\n\n{sent['markdown']}"})
        assert stranger.get(sent["url"]).status_code == others
        assert cast.browser("ben").get(sent["url"]).status_code == 200
    page = stranger.get(address(public)).text
    assert 'alt="A red button"' in page and 'width="40"' in page


def test_a_picture_needs_an_account_and_words(cast: Cast, stranger: FlaskClient) -> None:
    assert stranger.post("/en/questions/pictures").status_code == 401
    assert "Describe" in send(cast.browser("cleo"), alt="")["error"]
    assert kept() == 0


def test_what_is_no_picture_is_told_to_the_editor(cast: Cast) -> None:
    data = {"file": (BytesIO(b"no picture"), "shot.png"), "alt": "A red button"}
    answer = cast.browser("cleo").post("/en/questions/pictures", data=data)
    assert answer.status_code == 422 and answer.get_json()["error"].startswith("This is not a PNG")
    assert kept() == 0


def test_nobody_opens_the_picture_of_somebody_else(cast: Cast, stranger: FlaskClient) -> None:
    private = send(cast.browser("ben"))
    put_answer(cast, put_question(cast), "cleo", f"Look: {private['markdown']}")
    assert stranger.get(private["url"]).status_code == 404
    assert cast.browser("cleo").get(private["url"]).status_code == 404


def test_without_scripts_a_picture_comes_with_the_form(cast: Cast, stranger: FlaskClient) -> None:
    asked, cleo = put_question(cast), cast.browser("cleo")
    path, shot = f"/en/questions/{asked}/answers", picture()
    for alt, text, status in (("", "Kept words.", 422), ("The <button>", "Press it.", 303)):
        data = {"text": text, "picture": (BytesIO(shot), "shot.png"), "picture_alt": alt}
        answer = cleo.post(path, data=data)
        assert answer.status_code == status
        assert status == 303 or "Kept words.</textarea>" in answer.text
    assert "![The <button>](/files/" in db.session.scalars(select(Answer.text)).one()
    wrong = cleo.post(path, data={"text": "Mine.", "picture": (BytesIO(b"no picture"), "x.png"), "picture_alt": "X"})
    assert wrong.status_code == 422 and "This is not a PNG" in wrong.text and "Mine.</textarea>" in wrong.text
    assert "/files/" in stranger.get(address(asked)).text


def test_what_was_never_posted_is_forgotten_and_what_was_stays(cast: Cast) -> None:
    cleo, start = cast.browser("cleo"), clock.now()
    send(cleo)
    posted = send(cleo, size=(50, 50))
    put_answer(cast, put_question(cast), "cleo", posted["markdown"])
    assert waiting.forget_abandoned() == 0
    with clock.moved(start + timedelta(days=4)):
        assert waiting.forget_abandoned() == 1
    assert [file.url for file in db.session.scalars(select(File))] == [posted["url"]]


def test_a_picture_that_was_edited_out_is_forgotten_after_a_while(cast: Cast, stranger: FlaskClient) -> None:
    cleo = cast.browser("cleo")
    sent = send(cleo)
    answer = put_answer(cast, put_question(cast), "cleo", f"Press. {sent['markdown']}")
    page = cleo.get(f"/en/answers/{answer}/edit").text
    seen = page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    cleo.post(f"/en/answers/{answer}/edit", data={"text": "Press.", "seen": seen})
    assert stranger.get(sent["url"]).status_code == 404
    with clock.moved(clock.now() + timedelta(days=4)):
        assert waiting.forget_abandoned() == 1


def test_pictures_leave_with_their_person(cast: Cast, stranger: FlaskClient) -> None:
    sent = send(cast.browser("cleo"))
    put_answer(cast, put_question(cast), "cleo", sent["markdown"])
    begin_write()
    erasure.erase(cast.id_of("cleo"))
    db.session.commit()
    assert (stranger.get(sent["url"]).status_code, kept()) == (404, 0)
