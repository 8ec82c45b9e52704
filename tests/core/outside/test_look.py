"""One look at a page of another site. Only these tests may look at this machine: by an argument, not by a setting."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from helpcenter.core.outside import connection, look
from helpcenter.core.outside.look import Answer, Look, look_at
from helpcenter.core.outside.public_address import NotPublic
from tests.core.outside import other_site
from tests.core.outside.other_site import OtherSite

AGENT = "HelpCenter-LinkCheck/1 (+https://help.example.org)"


@pytest.fixture
def other() -> Iterator[OtherSite]:
    with other_site.running() as site:
        yield site


def looked(url: str) -> Look:
    return look_at(url, AGENT, allowed=lambda addresses: addresses)


def test_a_page_that_answers_is_asked_once_for_its_head_by_somebody_with_a_name(other: OtherSite) -> None:
    other.answers["/page?a=b%20c"] = (200, "")
    assert looked(f"{other.url}/page?a=b%20c") == Look(Answer.FINE, 200)
    assert other.asked == ["HEAD /page?a=b%20c"] and other.agents == {AGENT}


def test_letters_of_any_alphabet_are_asked_for_as_browsers_do(other: OtherSite) -> None:
    other.answers["/%D1%81?q=%D8%A7"] = (200, "")
    assert looked(f"{other.url}/с?q=ا").answer == Answer.FINE


def test_a_server_that_does_not_know_head_is_asked_as_a_browser_asks(other: OtherSite) -> None:
    other.answers = {"HEAD /page": (405, ""), "GET /page": (200, "")}
    assert looked(f"{other.url}/page").answer == Answer.FINE
    assert other.asked == ["HEAD /page", "GET /page"]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (204, Answer.FINE),
        (401, Answer.CLOSED),
        (403, Answer.CLOSED),
        (404, Answer.GONE),
        (410, Answer.GONE),
        (451, Answer.CLOSED),
        (500, Answer.FAULT),
        (999, Answer.CLOSED),
    ],
)
def test_what_a_status_means(other: OtherSite, status: int, answer: Answer) -> None:
    other.answers["/page"] = (status, "")
    assert looked(f"{other.url}/page") == Look(answer, status)


def test_who_asks_for_patience_is_asked_once(other: OtherSite) -> None:
    other.answers["/page"] = (429, "")
    found = looked(f"{other.url}/page")
    assert found.asks_for_patience and not found.answer.is_failure and other.asked == ["HEAD /page"]


def test_redirects_are_followed_and_five_are_enough(other: OtherSite) -> None:
    other.answers = {f"/{number}": (302, f"/{number + 1}") for number in range(6)} | {"/6": (200, "")}
    assert looked(f"{other.url}/1").answer == Answer.FINE
    assert looked(f"{other.url}/0").answer == Answer.CIRCLE


def test_a_circle_says_nothing_of_readers_who_keep_cookies(other: OtherSite) -> None:
    other.answers["/page"] = (302, "/page")
    found = looked(f"{other.url}/page").answer
    assert found == Answer.CIRCLE and found.reached_a_server and not found.is_failure


@pytest.mark.parametrize(
    "leads", ["http://[", "http://[::1", "//[x]/", "http://other.example:port/", "http://a:99999/"]
)
def test_a_redirect_to_what_is_no_address_raises_nothing(other: OtherSite, leads: str) -> None:
    other.answers["/page"] = (302, leads)
    assert looked(f"{other.url}/page").answer == Answer.NO_CONNECTION


def test_a_redirect_in_bare_utf_8_leads_where_a_browser_goes(other: OtherSite) -> None:
    other.answers = {"/page": (302, "/ü?q=с".encode().decode("latin-1")), "/%C3%BC?q=%D1%81": (200, "")}
    assert looked(f"{other.url}/page").answer == Answer.FINE


def test_every_hop_is_judged_anew(other: OtherSite) -> None:
    other.answers = {"/page": (301, "http://127.0.0.2/inside")}

    def first_only(addresses: list[tuple[str, int]]) -> list[tuple[str, int]]:
        if addresses[0][0] != "127.0.0.1":
            raise NotPublic
        return addresses

    assert look_at(f"{other.url}/page", AGENT, allowed=first_only).answer == Answer.REFUSED
    other.answers = {"/page": (301, "file:///etc/passwd")}
    assert looked(f"{other.url}/page").answer == Answer.REFUSED


def test_who_drips_is_left(other: OtherSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "LONGEST_SECONDS", 0.4)
    other.answers["/page"] = (200, "slowly")
    assert looked(f"{other.url}/page").answer == Answer.SLOW


def test_nobody_there_is_told_from_a_name_that_is_not_known(other: OtherSite) -> None:
    assert looked("http://127.0.0.1:1/").answer == Answer.NO_CONNECTION
    assert looked("http://nowhere.invalid/").answer == Answer.NO_NAME
    assert looked(f"http://{'a' * 70}.example/").answer == Answer.NO_NAME


def test_where_one_address_of_a_name_takes_no_connection_the_next_is_asked(other: OtherSite) -> None:
    found = look_at(f"{other.url}/page", AGENT, allowed=lambda addresses: [("127.0.0.1", 1), *addresses])
    assert found == Look(Answer.GONE, 404) and other.asked == ["HEAD /page", "GET /page"]


def test_a_name_of_many_silent_addresses_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def connect(_address: object, *, timeout: float) -> socket.socket:
        waits.append(timeout)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(connection, "monotonic", iter([0.0, 0.0, 15.0, 20.0]).__next__)
    many = [(f"8.8.8.{number}", 80) for number in range(9)]
    assert look_at("http://127.0.0.1/", AGENT, allowed=lambda _: many).answer == Answer.SLOW
    assert waits == [10.0, 5.0]


def test_plain_words_where_tls_is_due_are_a_broken_connection(other: OtherSite) -> None:
    assert looked(other.url.replace("http:", "https:") + "/").answer == Answer.NO_CONNECTION
