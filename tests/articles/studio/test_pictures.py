import re
from io import BytesIO

import pytest

from helpcenter.files.file import File
from tests.articles.studio.conftest import count, send
from tests.files.pictures import bomb, opened, photograph_on_its_side, picture

JSON = {"Accept": "application/json"}


def upload(browser, data=None, alt="The **Billing** page", headers=None, name="shot.png"):
    sent = {"alt": alt}
    if data is not None:
        sent["file"] = (BytesIO(data), name)
    return browser.post("/studio/pictures", data=sent, headers=headers)


def test_the_script_gets_the_address_and_the_markdown(ada):
    said = upload(ada, picture("PNG", (300, 200)), headers=JSON)
    assert said.status_code == 201
    assert said.json["markdown"] == f"![The **Billing** page]({said.json['url']})"
    assert (said.json["width"], said.json["height"]) == (300, 200)
    assert opened(ada.get(said.json["url"]).data).size == (300, 200)


def test_without_a_script_the_page_gives_the_markdown_to_paste(ada):
    answer = upload(ada, photograph_on_its_side(), alt='A "quoted" [name]')
    assert answer.status_code == 201
    assert re.search(r"!\[A &#34;quoted&#34; \(name\)\]\(/files/[\w-]{22}\.webp\)", answer.text)


@pytest.mark.parametrize(
    ("data", "alt", "said"),
    [
        (None, "words", "Choose a picture first."),
        (picture(), " ", "Describe what the picture shows"),
        (picture(), "words " * 51, "at most 300 characters"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "words", "SVG"),
        (b"GIF89a", "words", "damaged"),
        (bomb(), "words", "million pixels"),
        (picture() + b"\0" * 5_500_000, "words", "larger than 5 MB"),
    ],
)
def test_what_is_no_picture_or_has_no_words_is_refused_with_its_reason(ada, data, alt, said):
    answer = upload(ada, data, alt, headers=JSON)
    assert answer.status_code == 422
    assert said in answer.json["error"]
    page = upload(ada, data, alt)
    assert page.status_code == 422
    assert said in page.text
    assert count(File) == 0


def test_a_picture_is_as_public_as_the_articles_that_show_it(ada, cast, stranger, words):
    said = upload(ada, picture("PNG", (1600, 100)), headers=JSON).json
    address = ada.post("/studio/articles", data=words(body=f"Look: {said['markdown']}")).headers["Location"]

    def seen_by(*browsers):
        return [browser.get(said["url"]).status_code for browser in browsers]

    people = stranger, cast.browser("ben"), cast.browser("sam"), ada
    assert seen_by(*people) == [404, 404, 404, 200]
    shown = words(body=f"Look: {said['markdown']}", audience="members")
    send(ada, address, **shown, publish="1")
    assert seen_by(*people) == [404, 200, 200, 200]
    send(ada, address, **{**shown, "audience": "everyone"})
    assert seen_by(*people) == [200, 200, 200, 200]
    ada.post(f"{address}/archival")
    assert seen_by(*people) == [404, 404, 404, 200]
    ada.post(f"{address}/return")
    assert seen_by(*people) == [200, 200, 200, 200]
    send(ada, address, **words(body="No picture any more."), publish="1")
    assert seen_by(*people) == [404, 404, 404, 200]
