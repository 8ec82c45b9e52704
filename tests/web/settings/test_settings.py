"""The settings page."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from helpcenter.core import site
from helpcenter.core.site import Site
from tests.cast import Cast

FILLED = {
    "name": "Acme Help",
    "accent": "#7A1F4D",
    "support_address": "help@acme.example",
    "default_locale": "es",
    "locales": ["en", "es"],
    "time_zone": "Europe/Madrid",
    "opens_0": "09:00",
    "closes_0": "17:30",
    "target_hours": "12",
    "urgent_target_hours": "1",
    "known_problem": "Payments are slow",
}


def kept(app: Flask) -> Site:
    with app.app_context():
        return site.current()


def picture() -> tuple[io.BytesIO, str]:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(file, "PNG")
    return io.BytesIO(file.getvalue()), "logo.png"


def test_an_admin_changes_the_site(app: Flask, cast: Cast) -> None:
    root = cast.browser("root")
    assert root.post("/settings", data=FILLED).status_code == 303
    now = kept(app)
    assert (now.name, now.accent, now.support_address) == ("Acme Help", "#7a1f4d", "help@acme.example")
    assert (now.locales, now.time_zone, now.hours) == (("es", "en"), "Europe/Madrid", ((0, 540, 1050),))
    assert now.known_problem == "Payments are slow"
    assert (now.target_hours, now.urgent_target_hours) == (12, 1)
    page = root.get("/settings").text
    assert "Acme Help" in page and 'value="09:00"' in page and "accent-7a1f4d.css" in page


def test_stop_words_are_kept_once_in_small_letters(app: Flask, cast: Cast) -> None:
    root = cast.browser("root")
    words = {"trust": "mature", "stop_words": "Casino\r\n free   money \n\ncasino"}
    assert root.post("/settings", data={**FILLED, **words}).status_code == 303
    assert (kept(app).trust, kept(app).stop_words) == ("mature", ("casino", "free money"))
    assert "casino\nfree money" in root.get("/settings").text
    assert root.post("/settings", data={**FILLED, "stop_words": "x" * 61}).status_code == 422
    assert root.post("/settings", data={**FILLED, "trust": "blind"}).status_code == 422


@pytest.mark.parametrize(("written", "cost"), [("8", "8"), ("7,50", "7.50"), ("", "")])
def test_a_conversation_costs_what_somebody_says(app: Flask, cast: Cast, written: str, cost: str) -> None:
    more = {"cost_per_conversation": written, "currency": " € "}
    root = cast.browser("root")
    assert root.post("/settings", data={**FILLED, **more}).status_code == 303
    assert (kept(app).cost_per_conversation, kept(app).currency) == (cost, "€")
    assert f'value="{cost}"' in root.get("/settings").text


@pytest.mark.parametrize(
    "more", [{"cost_per_conversation": "much"}, {"cost_per_conversation": "-1"}, {"currency": "x" * 9}]
)
def test_a_cost_that_is_no_number_is_refused(cast: Cast, more: dict[str, str]) -> None:
    assert cast.browser("root").post("/settings", data={**FILLED, **more}).status_code == 422


def test_hours_are_told_beside_the_way_to_us(cast: Cast, stranger: FlaskClient) -> None:
    cast.browser("root").post("/settings", data={**FILLED, "default_locale": "en"})
    assert 'class="hours"' in stranger.get("/en/").text


def test_days_left_empty_are_days_on_which_nobody_answers(app: Flask, cast: Cast) -> None:
    answer = cast.browser("root").post("/settings", data={**FILLED, "opens_6": "", "closes_6": ""})
    assert answer.status_code == 303
    assert kept(app).hours == ((0, 540, 1050),)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"accent": "#ffcc00"},
        {"accent": "red"},
        {"accent": "#7a1f4d;}"},
        {"support_address": "nonsense"},
        {"default_locale": "xx"},
        {"locales": ["xx"]},
        {"video_hosts": "localhost"},
        {"video_hosts": "1.2.3.4"},
        {"video_hosts": "*.example"},
        {"video_hosts": "\n".join(f"v{number}.example" for number in range(31))},
        {"time_zone": "Mars/Base"},
        {"closes_0": "08:00"},
        {"closes_0": ""},
        {"opens_0": ""},
        {"opens_0": "nine"},
        {"known_problem": "x" * 201},
        {"target_hours": "0"},
        {"target_hours": "401"},
        {"urgent_target_hours": "2.5"},
        {"urgent_target_hours": ""},
        {"logo": (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "logo.svg")},
    ],
)
def test_what_can_not_be_is_refused_and_nothing_changes(app: Flask, cast: Cast, changed: dict[str, object]) -> None:
    page = cast.browser("root").post("/settings", data={**FILLED, **changed})
    assert page.status_code == 422 and 'class="error-summary"' in page.text
    assert "Payments" in page.text or "known_problem" in changed
    assert kept(app) == Site()


def test_a_pale_accent_is_told_its_contrast(cast: Cast) -> None:
    page = cast.browser("root").post("/settings", data={**FILLED, "accent": "#ffcc00"})
    assert "1.4 to 1" in page.text and "4.5 to 1" in page.text


def test_a_logo_is_shown_to_everybody_and_can_be_taken_away(app: Flask, cast: Cast) -> None:
    root, stranger = cast.browser("root"), app.test_client()
    root.post("/settings", data={**FILLED, "logo": picture()})
    url = kept(app).logo
    assert stranger.get(url).status_code == 200 and url in root.get("/settings").text
    root.post("/settings", data=FILLED)
    assert kept(app).logo == url
    root.post("/settings", data={**FILLED, "remove_logo": "y"})
    assert kept(app).logo == "" and stranger.get(url).status_code == 404


def test_only_the_named_fields_are_taken(app: Flask, cast: Cast) -> None:
    cast.browser("root").post("/settings", data={**FILLED, "logo": "/evil.png", "hours": "always", "values": "x"})
    assert kept(app).logo == "" and kept(app).hours == ((0, 540, 1050),)


@pytest.mark.parametrize("name", ["ben", "ada", "sam", "mia"])
def test_only_admins_may(app: Flask, cast: Cast, name: str) -> None:
    browser = cast.browser(name)
    assert browser.get("/settings").status_code == 403
    assert browser.post("/settings", data=FILLED).status_code == 403
    assert kept(app) == Site()


def test_everything_that_is_wrong_is_told_at_once(cast: Cast) -> None:
    svg = (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "logo.svg")
    page = cast.browser("root").post("/settings", data={**FILLED, "name": "", "closes_0": "08:00", "logo": svg}).text
    summary = page.split('class="error-summary"')[1].split("</div>")[0]
    assert [f'href="#{name}"' in summary for name in ("name", "logo", "closes_0")] == [True] * 3
    assert "3 things" in summary and "Monday, to" in summary


def test_a_good_logo_beside_something_wrong_has_to_be_chosen_again_and_the_page_says_so(app: Flask, cast: Cast) -> None:
    page = cast.browser("root").post("/settings", data={**FILLED, "name": "", "logo": picture()})
    assert page.status_code == 422 and "choose it again" in page.text
    assert kept(app) == Site()


def test_a_form_that_came_back_without_a_file_speaks_of_none(cast: Cast) -> None:
    assert "choose it again" not in cast.browser("root").post("/settings", data={**FILLED, "name": ""}).text


@pytest.mark.parametrize(
    ("code", "label"), [("en", "Sunday, from"), ("es", "Domingo, desde"), ("ru", "Воскресенье, с"), ("ar", "الأحد، من")]
)
def test_every_hour_names_its_day_in_every_language(cast: Cast, code: str, label: str) -> None:
    assert label in cast.browser("root").get(f"/settings?lang={code}").text


@pytest.mark.parametrize(("code", "words"), [("en", "Enter hours and minutes"), ("ar", "اكتب الساعات والدقائق")])
def test_a_malformed_hour_is_told_in_every_language(cast: Cast, code: str, words: str) -> None:
    page = cast.browser("root").post(f"/settings?lang={code}", data={**FILLED, "opens_0": "nine"}).text
    assert words in page and "Not a valid" not in page


def test_hosts_of_videos_are_kept_once_as_addresses_name_them(app: Flask, cast: Cast) -> None:
    root = cast.browser("root")
    assert (
        root.post("/settings", data={**FILLED, "video_hosts": "Vimeo.com\r\n\r\nbücher.example vimeo.com"}).status_code
        == 303
    )
    assert kept(app).video_hosts == ("vimeo.com", "xn--bcher-kva.example")
    assert "vimeo.com\nxn--bcher-kva.example" in root.get("/settings").text


def test_what_is_no_host_is_told_and_stays_to_be_mended(cast: Cast) -> None:
    page = cast.browser("root").post("/settings", data={**FILLED, "video_hosts": "vimeo.com\nhttps://youtube.com/"})
    assert page.status_code == 422
    assert "“https://youtube.com/” is not the name of a site." in page.text
    assert "vimeo.com\nhttps://youtube.com/</textarea>" in page.text.replace("\r\n", "\n")
